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

// A slice is lent to an import, as a view, beside something that the import takes over, which is freed.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn lend_bytes(lent: &[u8], taken: String) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn lend_numbers(lent: &[f64], taken: Vec<String>) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn lend_mutable(lent: &mut [i32], taken: Vec<u8>) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn lend_last(first: JsValue, taken: Option<String>, lent: &[u16], last: JsValue) -> String;
}

// A slice is lent to an import, which returns the view of it.
#[wasm_bindgen]
extern "C" {
    pub type Bytes;
    #[wasm_bindgen(js_namespace = wbt)]
    fn lent_back(lent: &[u8]) -> Bytes;
    #[wasm_bindgen(js_namespace = wbt)]
    fn lent_back_maybe(lent: &[u8]) -> Option<Bytes>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn lent_back_or_thrown(lent: &mut [u8]) -> Result<Option<Bytes>, JsValue>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn sum_of_bytes(bytes: &Bytes) -> f64;
}

/// What the views returned hold: right after each of `n` calls, while all are kept, so that their handles take more and more memory.
/// -1: nothing was returned, -2: thrown.
#[wasm_bindgen]
pub fn call_lent_back(how: u32, n: usize) -> Vec<f64> {
    let mut lent = [1, 2, 3];
    let mut kept = Vec::with_capacity(n);
    let mut sums = Vec::with_capacity(n);
    for _ in 0..n {
        let bytes = match how {
            0 => Ok(Some(lent_back(&lent))),
            1 => Ok(lent_back_maybe(&lent)),
            _ => lent_back_or_thrown(&mut lent),
        };
        sums.push(match &bytes {
            Ok(Some(bytes)) => sum_of_bytes(bytes),
            Ok(None) => -1.0,
            Err(_) => -2.0,
        });
        kept.push(bytes);
    }
    sums
}

#[wasm_bindgen]
pub fn call_lend_bytes(n: usize, text: &str) -> String {
    let lent: Vec<u8> = (1..=n).map(|i| i as u8).collect();
    lend_bytes(&lent, text.to_string())
}

#[wasm_bindgen]
pub fn call_lend_numbers(n: usize, text: &str) -> String {
    let lent: Vec<f64> = (1..=n).map(|i| i as f64 + 0.5).collect();
    lend_numbers(&lent, vec![text.to_string(), text.to_uppercase()])
}

#[wasm_bindgen]
pub fn call_lend_mutable(n: usize, text: &str) -> String {
    let mut lent = vec![-1; n];
    let told = lend_mutable(&mut lent, text.as_bytes().to_vec());
    format!("{told} {lent:?}")
}

#[wasm_bindgen]
pub fn call_lend_last(n: usize, text: &str, value: &JsValue) -> String {
    let lent: Vec<u16> = (1..=n).map(|i| 1000 * i as u16).collect();
    lend_last(value.clone(), Some(text.to_string()), &lent, value.clone())
}
