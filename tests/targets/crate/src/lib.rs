//! Everything whose shape depends on the target: classes, functions, imports of modules, snippets, start functions.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Math)]
    fn hypot(a: f64, b: f64) -> f64;
    #[wasm_bindgen(js_name = structuredClone)]
    fn structured_clone(value: &JsValue) -> JsValue;
}

#[cfg(feature = "local")]
#[wasm_bindgen(module = "/js/local.js")]
extern "C" {
    fn local_twice(v: u32) -> u32;
    type LocalClass;
    #[wasm_bindgen(constructor)]
    fn new(v: u32) -> LocalClass;
    #[wasm_bindgen(method, getter)]
    fn doubled(this: &LocalClass) -> u32;
}

#[cfg(feature = "local")]
#[wasm_bindgen]
pub fn use_local(v: u32) -> u32 {
    local_twice(v) + LocalClass::new(v).doubled()
}

/// A file whose name means something else in a URL.
#[cfg(feature = "odd")]
#[wasm_bindgen(module = "/js/50%25 #1.js")]
extern "C" {
    fn odd_half(v: u32) -> u32;
}

#[cfg(feature = "odd")]
#[wasm_bindgen]
pub fn use_odd(v: u32) -> u32 {
    odd_half(v)
}

#[cfg(feature = "inline")]
#[wasm_bindgen(inline_js = "export function inline_greet(name) { return `hello, ${name}`; }")]
extern "C" {
    fn inline_greet(name: &str) -> String;
}

#[cfg(feature = "inline")]
#[wasm_bindgen]
pub fn use_inline(name: &str) -> String {
    inline_greet(name)
}

#[cfg(feature = "raw")]
#[wasm_bindgen(raw_module = "./raw.js")]
extern "C" {
    fn raw_thrice(v: u32) -> u32;
}

#[cfg(feature = "raw")]
#[wasm_bindgen]
pub fn use_raw(v: u32) -> u32 {
    raw_thrice(v)
}

#[cfg(feature = "start")]
static STARTED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

#[cfg(feature = "start")]
#[wasm_bindgen(start)]
pub fn begin() {
    STARTED.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
}

#[cfg(feature = "start")]
#[wasm_bindgen]
pub fn started() -> u32 {
    STARTED.load(std::sync::atomic::Ordering::Relaxed)
}

/// A class.
#[wasm_bindgen]
pub struct Counter {
    value: u32,
}

#[wasm_bindgen]
impl Counter {
    #[wasm_bindgen(constructor)]
    pub fn new(value: u32) -> Counter {
        Counter { value }
    }

    pub fn increment(&mut self) -> u32 {
        self.value += 1;
        self.value
    }
}

/// A function with an imported one inside.
#[wasm_bindgen]
pub fn hypotenuse(a: f64, b: f64) -> f64 {
    hypot(a, b)
}

#[wasm_bindgen]
pub fn copy(value: &JsValue) -> JsValue {
    structured_clone(value)
}

#[wasm_bindgen]
pub fn reverse(text: &str) -> String {
    text.chars().rev().collect()
}

#[wasm_bindgen]
pub fn sum(counters: Vec<Counter>) -> u32 {
    counters.iter().map(|c| c.value).sum()
}

#[wasm_bindgen(js_name = delete)]
pub fn remove() -> u32 {
    42
}

#[wasm_bindgen]
pub fn refuse() -> Result<u32, JsValue> {
    Err(JsValue::from_str("refused"))
}
