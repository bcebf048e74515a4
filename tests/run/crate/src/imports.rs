//! Imported functions and types: names and namespaces, `catch`, values owned and borrowed, methods, getters.

use crate::types::Thing;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Names.
    fn wbtPlain(a: i32) -> i32;
    #[wasm_bindgen(js_name = wbtOther)]
    fn renamed(a: i32) -> i32;
    #[wasm_bindgen(js_namespace = ["wbt", "deep"])]
    fn nested(a: i32) -> i32;
    #[wasm_bindgen(js_namespace = Math)]
    fn hypot(a: f64, b: f64) -> f64;

    // Exceptions.
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_unit() -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_i32(v: i32) -> Result<i32, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_i64(v: i64) -> Result<i64, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_u64(v: u64) -> Result<u64, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_f64(v: f64) -> Result<f64, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_bool(v: bool) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_string(v: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_value(v: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_bytes(v: &[u8]) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn try_thing(v: &Thing) -> Result<Thing, JsValue>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn may_throw(v: i32) -> i32;

    // Values.
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_value(v: JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_value_ref(v: &JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_value_mix(a: &JsValue, b: JsValue, c: &JsValue, d: JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_thing(v: Thing) -> Thing;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_thing_ref(v: &Thing) -> Thing;
    #[wasm_bindgen(js_namespace = wbt)]
    fn recurse(depth: u32, v: &JsValue) -> u32;

    // Methods of the imported type.
    #[wasm_bindgen(method)]
    fn describe(this: &Thing) -> String;
    #[wasm_bindgen(method)]
    fn plus(this: &Thing, n: i32) -> Thing;
    #[wasm_bindgen(method)]
    fn merge(this: &Thing, other: &Thing, last: Thing) -> Thing;
    #[wasm_bindgen(method, js_name = renamedMethod)]
    fn original_method(this: &Thing) -> f64;
    #[wasm_bindgen(method, catch)]
    fn fail(this: &Thing, message: &str) -> Result<i32, JsValue>;
    #[wasm_bindgen(method, getter, js_name = renamedGetter)]
    fn original_getter(this: &Thing) -> i32;
    #[wasm_bindgen(method, getter, catch)]
    fn failing(this: &Thing) -> Result<i32, JsValue>;
}

// Upstream's glue for crates up to 0.2.92 cannot even be loaded with such an import.
#[cfg(feature = "since93")]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["wbt", "deep"], js_name = "with-dash")]
    fn dashed(a: i32) -> i32;
}

#[wasm_bindgen]
pub fn call_plain(a: i32) -> i32 {
    wbtPlain(a)
}

#[wasm_bindgen]
pub fn call_renamed(a: i32) -> i32 {
    renamed(a)
}

#[wasm_bindgen]
pub fn call_nested(a: i32) -> i32 {
    nested(a)
}

#[cfg(feature = "since93")]
#[wasm_bindgen]
pub fn call_dashed(a: i32) -> i32 {
    dashed(a)
}

#[wasm_bindgen]
pub fn call_hypot(a: f64, b: f64) -> f64 {
    hypot(a, b)
}

/// What a `catch` import gave: its value in words, or the thrown value itself.
fn told<T: std::fmt::Debug>(r: Result<T, JsValue>) -> JsValue {
    match r {
        Ok(v) => JsValue::from_str(&format!("ok {v:?}")),
        Err(e) => e,
    }
}

#[wasm_bindgen]
pub fn call_try_unit() -> JsValue {
    told(try_unit())
}

#[wasm_bindgen]
pub fn call_try_i32(v: i32) -> JsValue {
    told(try_i32(v))
}

#[wasm_bindgen]
pub fn call_try_i64(v: i64) -> JsValue {
    told(try_i64(v))
}

#[wasm_bindgen]
pub fn call_try_u64(v: u64) -> JsValue {
    told(try_u64(v))
}

#[wasm_bindgen]
pub fn call_try_f64(v: f64) -> JsValue {
    told(try_f64(v))
}

#[wasm_bindgen]
pub fn call_try_bool(v: bool) -> JsValue {
    told(try_bool(v))
}

#[wasm_bindgen]
pub fn call_try_string(v: &str) -> JsValue {
    told(try_string(v))
}

/// Passes on both: the value of Ok as the result, that of Err as an exception.
#[wasm_bindgen]
pub fn call_try_value(v: JsValue) -> Result<JsValue, JsValue> {
    try_value(v)
}

#[wasm_bindgen]
pub fn call_try_bytes(v: &[u8]) -> JsValue {
    told(try_bytes(v))
}

#[wasm_bindgen]
pub fn call_try_thing(v: &Thing) -> Result<Thing, JsValue> {
    try_thing(v)
}

/// Several exceptions in one call, none of which may get lost or mixed up.
#[wasm_bindgen]
pub fn call_try_many(n: i32) -> String {
    let parts: Vec<String> = (0..n)
        .map(|i| match try_i32(i) {
            Ok(v) => format!("{v}"),
            Err(e) => format!("!{}", e.as_f64().unwrap_or(f64::NAN)),
        })
        .collect();
    parts.join(",")
}

#[wasm_bindgen]
pub fn call_may_throw(v: i32) -> i32 {
    may_throw(v)
}

#[wasm_bindgen]
pub fn call_value(v: JsValue) -> JsValue {
    take_value(v)
}

/// An argument borrowed by the export and borrowed again by the import.
#[wasm_bindgen]
pub fn call_value_ref(v: &JsValue) -> JsValue {
    take_value_ref(v)
}

#[wasm_bindgen]
pub fn call_value_mix(a: JsValue, b: &JsValue, c: JsValue, d: &JsValue) -> JsValue {
    take_value_mix(&a, b.clone(), d, c)
}

#[wasm_bindgen]
pub fn echo_value(v: JsValue) -> JsValue {
    v
}

#[wasm_bindgen]
pub fn clone_value(v: &JsValue) -> JsValue {
    v.clone()
}

#[wasm_bindgen]
pub fn echo_thing(v: Thing) -> Thing {
    v
}

#[wasm_bindgen]
pub fn call_thing(v: Thing) -> Thing {
    take_thing(v)
}

#[wasm_bindgen]
pub fn call_thing_ref(v: &Thing) -> Thing {
    take_thing_ref(v)
}

/// Borrowed arguments nested through JavaScript: `wbt.recurse` calls back in here.
#[wasm_bindgen]
pub fn call_recurse(depth: u32, v: &JsValue) -> u32 {
    if v.is_undefined() {
        return 0;
    }
    recurse(depth, v) + u32::from(v.is_object())
}

/// Holds `n` clones at once, then passes the last one on.
#[wasm_bindgen]
pub fn many_clones(v: &JsValue, n: u32) -> JsValue {
    let clones: Vec<JsValue> = (0..n).map(|_| v.clone()).collect();
    clones.last().map_or(JsValue::UNDEFINED, |c| take_value_ref(c))
}

#[wasm_bindgen]
pub fn thing_describe(t: &Thing) -> String {
    format!("{}/{}/{}", t.describe(), t.name(), t.size())
}

#[wasm_bindgen]
pub fn thing_plus(t: &Thing, n: i32) -> Thing {
    t.plus(n).plus(n)
}

#[wasm_bindgen]
pub fn thing_merge(a: &Thing, b: &Thing, c: Thing) -> Thing {
    a.merge(b, c)
}

#[wasm_bindgen]
pub fn thing_renamed(t: &Thing) -> f64 {
    t.original_method() + f64::from(t.original_getter())
}

#[wasm_bindgen]
pub fn thing_fail(t: &Thing, message: &str) -> JsValue {
    told(t.fail(message))
}

#[wasm_bindgen]
pub fn thing_failing(t: &Thing) -> JsValue {
    told(t.failing())
}
