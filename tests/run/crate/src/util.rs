//! Helpers of every topic, and the exports that every module has.

use std::str::FromStr;
use wasm_bindgen::prelude::*;

/// The value that `text` spells, or a JavaScript Error that quotes it.
#[allow(dead_code)]
pub fn parse<T: FromStr>(text: &str) -> T {
    match text.parse() {
        Ok(value) => value,
        Err(_) => wasm_bindgen::throw_str(&format!("test program: cannot parse {text:?}")),
    }
}

/// The `WebAssembly.Memory` of this module.
#[wasm_bindgen]
pub fn wasm_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// Grows the memory by `pages`, which detaches every view JavaScript holds; false if refused.
#[wasm_bindgen]
pub fn grow(pages: usize) -> bool {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_grow(0, pages) != usize::MAX;
    #[cfg(not(target_arch = "wasm32"))]
    return pages == 0;
}
