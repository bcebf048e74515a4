//! Numbers and bool, as argument and result of exports and of imports.

use crate::util::parse;
use wasm_bindgen::prelude::*;

/// For one type: `show` takes an argument, `make` gives a result, `echo` does both, and `call` passes a value
/// to the import `take` and shows what came back.
macro_rules! scalar {
    ($($t:ident $show:ident $make:ident $echo:ident $call:ident $take:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take(v: $t) -> $t;
        }
        #[wasm_bindgen]
        pub fn $show(v: $t) -> String {
            format!("{v:?}")
        }
        #[wasm_bindgen]
        pub fn $make(text: &str) -> $t {
            parse(text)
        }
        #[wasm_bindgen]
        pub fn $echo(v: $t) -> $t {
            v
        }
        #[wasm_bindgen]
        pub fn $call(text: &str) -> String {
            format!("{:?}", $take(parse(text)))
        }
    )* };
}

scalar! {
    i8 show_i8 make_i8 echo_i8 call_i8 take_i8;
    u8 show_u8 make_u8 echo_u8 call_u8 take_u8;
    i16 show_i16 make_i16 echo_i16 call_i16 take_i16;
    u16 show_u16 make_u16 echo_u16 call_u16 take_u16;
    i32 show_i32 make_i32 echo_i32 call_i32 take_i32;
    u32 show_u32 make_u32 echo_u32 call_u32 take_u32;
    i64 show_i64 make_i64 echo_i64 call_i64 take_i64;
    u64 show_u64 make_u64 echo_u64 call_u64 take_u64;
    isize show_isize make_isize echo_isize call_isize take_isize;
    usize show_usize make_usize echo_usize call_usize take_usize;
    f32 show_f32 make_f32 echo_f32 call_f32 take_f32;
    f64 show_f64 make_f64 echo_f64 call_f64 take_f64;
    bool show_bool make_bool echo_bool call_bool take_bool;
}

/// Many arguments of mixed widths keep their order.
#[wasm_bindgen]
pub fn mixed(a: u8, b: f64, c: i64, d: bool, e: f32, f: u64, g: i16, h: usize) -> String {
    format!("{a} {b} {c} {d} {e} {f} {g} {h}")
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_mixed(a: u8, b: f64, c: i64, d: bool, e: f32, f: u64, g: i16, h: usize) -> f64;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_nothing();
}

#[wasm_bindgen]
pub fn call_mixed() -> f64 {
    take_mixed(255, 0.1, i64::MIN, true, 1.5, u64::MAX, -2, usize::MAX)
}

#[wasm_bindgen]
pub fn call_nothing() {
    take_nothing()
}
