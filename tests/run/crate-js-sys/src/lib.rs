//! A program that links js-sys and web-sys: their metadata describes hundreds of items, of which it reaches a few.

use js_sys::{Array, Date, JsString, Math, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub fn array_of(n: u32) -> Array {
    let array = Array::new();
    for i in 0..n {
        array.push(&JsValue::from(i));
    }
    array
}

#[wasm_bindgen]
pub fn array_len(array: &Array) -> u32 {
    array.length()
}

#[wasm_bindgen]
pub fn reflect_get(object: &JsValue, key: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &JsValue::from_str(key))
}

#[wasm_bindgen]
pub fn reflect_set(object: &JsValue, key: &str, value: JsValue) -> Result<bool, JsValue> {
    Reflect::set(object, &JsValue::from_str(key), &value)
}

#[wasm_bindgen]
pub fn object_keys(object: &Object) -> Array {
    Object::keys(object)
}

/// A JavaScript array of the bytes `0, 1, …, n - 1`, copied from Rust memory.
#[wasm_bindgen]
pub fn bytes(n: u32) -> Uint8Array {
    let data: Vec<u8> = (0..n).map(|i| i as u8).collect();
    Uint8Array::from(&data[..])
}

#[wasm_bindgen]
pub fn bytes_sum(array: &Uint8Array) -> u32 {
    array.to_vec().iter().map(|b| u32::from(*b)).sum()
}

#[wasm_bindgen]
pub fn date_now() -> f64 {
    Date::now()
}

#[wasm_bindgen]
pub fn math_floor(x: f64) -> f64 {
    Math::floor(x)
}

/// A promise as a value: neither awaited nor made here.
#[wasm_bindgen]
pub fn promise_echo(promise: js_sys::Promise) -> js_sys::Promise {
    promise
}

#[wasm_bindgen]
pub fn js_string_len(s: JsString) -> u32 {
    s.length()
}

#[wasm_bindgen]
pub fn header(name: &str, value: &str) -> Result<String, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.append(name, value)?;
    headers.append(name, "second")?;
    Ok(headers.get(name)?.unwrap_or_default())
}

#[wasm_bindgen]
pub fn url_host(url: &str) -> Result<String, JsValue> {
    Ok(web_sys::Url::new(url)?.host())
}
