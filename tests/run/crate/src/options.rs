//! `Option` of numbers and bool.

use crate::util::parse;
use wasm_bindgen::prelude::*;

/// As in `scalars`; the text `None` stands for none.
macro_rules! option {
    ($($t:ident $show:ident $make:ident $call:ident $take:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take(v: Option<$t>) -> Option<$t>;
        }
        #[wasm_bindgen]
        pub fn $show(v: Option<$t>) -> String {
            format!("{v:?}")
        }
        #[wasm_bindgen]
        pub fn $make(text: &str) -> Option<$t> {
            (text != "None").then(|| parse(text))
        }
        #[wasm_bindgen]
        pub fn $call(text: &str) -> String {
            format!("{:?}", $take((text != "None").then(|| parse(text))))
        }
    )* };
}

option! {
    i8 opt_show_i8 opt_make_i8 opt_call_i8 opt_take_i8;
    u8 opt_show_u8 opt_make_u8 opt_call_u8 opt_take_u8;
    i16 opt_show_i16 opt_make_i16 opt_call_i16 opt_take_i16;
    u16 opt_show_u16 opt_make_u16 opt_call_u16 opt_take_u16;
    i32 opt_show_i32 opt_make_i32 opt_call_i32 opt_take_i32;
    u32 opt_show_u32 opt_make_u32 opt_call_u32 opt_take_u32;
    i64 opt_show_i64 opt_make_i64 opt_call_i64 opt_take_i64;
    u64 opt_show_u64 opt_make_u64 opt_call_u64 opt_take_u64;
    isize opt_show_isize opt_make_isize opt_call_isize opt_take_isize;
    usize opt_show_usize opt_make_usize opt_call_usize opt_take_usize;
    f32 opt_show_f32 opt_make_f32 opt_call_f32 opt_take_f32;
    f64 opt_show_f64 opt_make_f64 opt_call_f64 opt_take_f64;
    bool opt_show_bool opt_make_bool opt_call_bool opt_take_bool;
}

/// Options between other arguments: the pairs must not shift what follows.
#[wasm_bindgen]
pub fn opt_mixed(a: Option<u32>, b: f64, c: Option<f64>, d: Option<u64>, e: bool, f: Option<i8>) -> String {
    format!("{a:?} {b:?} {c:?} {d:?} {e:?} {f:?}")
}
