use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "targets-dependency")]
extern "C" {
    fn dependency_name() -> String;
    #[wasm_bindgen(js_name = default)]
    fn dependency_default(v: u32) -> u32;
}

#[wasm_bindgen(module = "@targets/other")]
extern "C" {
    #[wasm_bindgen(js_name = "a constant")]
    fn other_constant() -> JsValue;
}

#[wasm_bindgen]
pub fn use_npm(v: u32) -> String {
    format!("{} {}", dependency_name(), dependency_default(v))
}

#[wasm_bindgen]
pub fn constant() -> JsValue {
    other_constant()
}
