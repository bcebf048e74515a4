//! `String` and `&str`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_str(s: &str) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_string(s: String) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_three(a: &str, b: String, c: &str) -> String;
}

#[wasm_bindgen]
pub fn echo_str(s: &str) -> String {
    s.to_owned()
}

#[wasm_bindgen]
pub fn echo_string(s: String) -> String {
    s
}

/// The UTF-8 bytes Rust got, so that a wrong encoding cannot be undone by the decoder.
#[wasm_bindgen]
pub fn str_bytes(s: &str) -> Vec<u8> {
    s.as_bytes().to_vec()
}

/// The string with these UTF-8 bytes; U+FFFD where they are none.
#[wasm_bindgen]
pub fn str_from_bytes(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[wasm_bindgen]
pub fn str_len(s: &str) -> usize {
    s.len()
}

/// Rust builds on what JavaScript made, which needs length and capacity to be right.
#[wasm_bindgen]
pub fn str_append(mut s: String, tail: &str) -> String {
    s.push_str(tail);
    s
}

#[wasm_bindgen]
pub fn call_str(s: &str) -> String {
    take_str(s)
}

#[wasm_bindgen]
pub fn call_string(s: String) -> String {
    take_string(s)
}

#[wasm_bindgen]
pub fn call_three(a: String, b: &str, c: &str) -> String {
    take_three(&a, b.to_owned(), c)
}

/// `text` times `n`, made in Rust.
#[wasm_bindgen]
pub fn str_repeat(text: &str, n: usize) -> String {
    text.repeat(n)
}
