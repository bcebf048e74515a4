//! Slices, vectors and boxed slices of numbers.

use wasm_bindgen::prelude::*;

/// For one type: exports that reverse what they get (`slice`, `vector`, `boxed`, `reverse` in place), and exports
/// that pass their argument on to an import (`relay` as a slice, `give` by value, `fill` as `&mut`).
macro_rules! numbers {
    ($($t:ident $slice:ident $vector:ident $boxed:ident $reverse:ident
       $relay:ident $take_slice:ident $give:ident $take_vec:ident $fill:ident $take_mut:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take_slice(v: &[$t]) -> Vec<$t>;
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take_vec(v: Vec<$t>) -> Box<[$t]>;
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take_mut(v: &mut [$t]);
        }
        #[wasm_bindgen]
        pub fn $slice(v: &[$t]) -> Vec<$t> {
            v.iter().rev().copied().collect()
        }
        #[wasm_bindgen]
        pub fn $vector(mut v: Vec<$t>) -> Vec<$t> {
            v.reverse();
            v
        }
        #[wasm_bindgen]
        pub fn $boxed(mut v: Box<[$t]>) -> Box<[$t]> {
            v.reverse();
            v
        }
        #[wasm_bindgen]
        pub fn $reverse(v: &mut [$t]) {
            v.reverse();
        }
        #[wasm_bindgen]
        pub fn $relay(v: Vec<$t>) -> Vec<$t> {
            $take_slice(&v)
        }
        #[wasm_bindgen]
        pub fn $give(v: Vec<$t>) -> Box<[$t]> {
            $take_vec(v)
        }
        #[wasm_bindgen]
        pub fn $fill(mut v: Vec<$t>) -> Vec<$t> {
            $take_mut(&mut v);
            v
        }
    )* };
}

numbers! {
    i8 slice_i8 vec_i8 boxed_i8 reverse_i8
        relay_i8 take_slice_i8 give_i8 take_vec_i8 fill_i8 take_mut_i8;
    u8 slice_u8 vec_u8 boxed_u8 reverse_u8
        relay_u8 take_slice_u8 give_u8 take_vec_u8 fill_u8 take_mut_u8;
    i16 slice_i16 vec_i16 boxed_i16 reverse_i16
        relay_i16 take_slice_i16 give_i16 take_vec_i16 fill_i16 take_mut_i16;
    u16 slice_u16 vec_u16 boxed_u16 reverse_u16
        relay_u16 take_slice_u16 give_u16 take_vec_u16 fill_u16 take_mut_u16;
    i32 slice_i32 vec_i32 boxed_i32 reverse_i32
        relay_i32 take_slice_i32 give_i32 take_vec_i32 fill_i32 take_mut_i32;
    u32 slice_u32 vec_u32 boxed_u32 reverse_u32
        relay_u32 take_slice_u32 give_u32 take_vec_u32 fill_u32 take_mut_u32;
    i64 slice_i64 vec_i64 boxed_i64 reverse_i64
        relay_i64 take_slice_i64 give_i64 take_vec_i64 fill_i64 take_mut_i64;
    u64 slice_u64 vec_u64 boxed_u64 reverse_u64
        relay_u64 take_slice_u64 give_u64 take_vec_u64 fill_u64 take_mut_u64;
    isize slice_isize vec_isize boxed_isize reverse_isize
        relay_isize take_slice_isize give_isize take_vec_isize fill_isize take_mut_isize;
    usize slice_usize vec_usize boxed_usize reverse_usize
        relay_usize take_slice_usize give_usize take_vec_usize fill_usize take_mut_usize;
    f32 slice_f32 vec_f32 boxed_f32 reverse_f32
        relay_f32 take_slice_f32 give_f32 take_vec_f32 fill_f32 take_mut_f32;
    f64 slice_f64 vec_f64 boxed_f64 reverse_f64
        relay_f64 take_slice_f64 give_f64 take_vec_f64 fill_f64 take_mut_f64;
}

/// Two copied-back slices, a plain one between them: each gets its own buffer.
#[wasm_bindgen]
pub fn swap_slices(a: &mut [u8], offset: &[u32], b: &mut [u8]) {
    for (x, y) in a.iter_mut().zip(b.iter_mut()) {
        std::mem::swap(x, y);
    }
    if let (Some(x), Some(n)) = (a.first_mut(), offset.first()) {
        *x = x.wrapping_add(*n as u8);
    }
}

/// A long result without an input of the same size.
#[wasm_bindgen]
pub fn count_up(n: u32) -> Vec<u32> {
    (0..n).collect()
}

/// Sum of a slice that Rust only reads.
#[wasm_bindgen]
pub fn sum_f64(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |n, x| n + x)
}
