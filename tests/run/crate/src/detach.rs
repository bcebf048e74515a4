//! Programs in which user code, run by a conversion, grows the memory. The exports of the other topics do most of
//! the work; here is what only this topic needs.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn grow_f64(v: f64) -> Option<f64>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn grow_i64(v: f64) -> Option<i64>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn grow_string(v: &str) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn grow_bytes(v: &str) -> Vec<u8>;
}

#[wasm_bindgen]
pub fn call_grow_f64(v: f64) -> String {
    format!("{:?}", grow_f64(v))
}

#[wasm_bindgen]
pub fn call_grow_i64(v: f64) -> String {
    format!("{:?}", grow_i64(v))
}

#[wasm_bindgen]
pub fn call_grow_string(v: &str) -> String {
    grow_string(v)
}

#[wasm_bindgen]
pub fn call_grow_bytes(v: &str) -> Vec<u8> {
    grow_bytes(v)
}

/// A `&mut` slice whose callee grows the memory before it writes.
#[wasm_bindgen]
pub fn grow_and_fill(v: &mut [u8], pages: usize) {
    crate::util::grow(pages);
    v.fill(7);
}

/// Many results that Rust allocates, so that the memory grows by itself.
#[wasm_bindgen]
pub fn blocks(n: usize, size: usize) -> Vec<u8> {
    let mut all: Vec<Vec<u8>> = (0..n).map(|i| vec![i as u8; size]).collect();
    all.pop().unwrap_or_default()
}
