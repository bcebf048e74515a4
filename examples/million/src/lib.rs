//! A vector of exported structs, as in wasm-bindgen issue 4352: JavaScript makes a million objects and passes them in one call.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub struct PartialTestData {
    pub a: u32,
    pub b: f64,
    pub c: f64,
}

#[wasm_bindgen]
impl PartialTestData {
    #[wasm_bindgen(constructor)]
    pub fn new(a: u32, b: f64, c: f64) -> PartialTestData {
        PartialTestData { a, b, c }
    }
}

/// The sum of all fields of all elements.
#[wasm_bindgen]
pub fn process_data(data: Vec<PartialTestData>) -> f64 {
    data.iter().map(|item| f64::from(item.a) + item.b + item.c).sum()
}

/// Bytes of linear memory at this moment.
#[wasm_bindgen]
pub fn memory_bytes() -> usize {
    core::arch::wasm32::memory_size(0) * 65536
}
