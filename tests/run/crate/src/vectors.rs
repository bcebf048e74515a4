//! Vectors whose elements are handles: strings, JavaScript values, imported types, exported structs.

use crate::types::{Point, Thing};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_strings(v: Vec<String>) -> Vec<String>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_values(v: Vec<JsValue>) -> Vec<JsValue>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_value_box(v: Box<[JsValue]>) -> Box<[JsValue]>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_things(v: Vec<Thing>) -> Vec<Thing>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_points(v: Vec<Point>) -> Vec<Point>;
}

#[wasm_bindgen]
pub fn echo_strings(v: Vec<String>) -> Vec<String> {
    v
}

/// Every string, each followed by `;`.
#[wasm_bindgen]
pub fn join_strings(v: Vec<String>) -> String {
    v.iter().flat_map(|s| [s.as_str(), ";"]).collect()
}

#[wasm_bindgen]
pub fn make_strings(n: u32) -> Vec<String> {
    (0..n).map(|i| format!("s{i}")).collect()
}

#[wasm_bindgen]
pub fn call_strings(n: u32) -> String {
    join_strings(take_strings(make_strings(n)))
}

#[wasm_bindgen]
pub fn echo_values(v: Vec<JsValue>) -> Vec<JsValue> {
    v
}

#[wasm_bindgen]
pub fn echo_value_box(v: Box<[JsValue]>) -> Box<[JsValue]> {
    v
}

/// Numbers of the vector added up, everything else counted as 1000.
#[wasm_bindgen]
pub fn sum_values(v: Vec<JsValue>) -> f64 {
    v.iter().fold(0.0, |n, x| n + x.as_f64().unwrap_or(1000.0))
}

/// Every value twice, through clones made in Rust.
#[wasm_bindgen]
pub fn double_values(v: Vec<JsValue>) -> Vec<JsValue> {
    v.iter().flat_map(|x| [x.clone(), x.clone()]).collect()
}

#[wasm_bindgen]
pub fn make_values(n: u32) -> Vec<JsValue> {
    (0..n).map(JsValue::from).collect()
}

#[wasm_bindgen]
pub fn call_values(n: u32) -> f64 {
    sum_values(take_values(make_values(n)))
}

#[wasm_bindgen]
pub fn call_value_box(v: Box<[JsValue]>) -> Box<[JsValue]> {
    take_value_box(v)
}

#[wasm_bindgen]
pub fn reverse_things(mut v: Vec<Thing>) -> Vec<Thing> {
    v.reverse();
    v
}

/// Sizes added up, read through the imported getter.
#[wasm_bindgen]
pub fn sum_things(v: Vec<Thing>) -> f64 {
    v.iter().fold(0.0, |n, x| n + f64::from(x.size()))
}

#[wasm_bindgen]
pub fn call_things(v: Vec<Thing>) -> f64 {
    sum_things(take_things(v))
}

#[wasm_bindgen]
pub fn sum_points(v: Vec<Point>) -> f64 {
    v.iter().fold(0.0, |n, p| n + f64::from(p.x) + p.y)
}

#[wasm_bindgen]
pub fn make_points(n: i32) -> Vec<Point> {
    (0..n).map(|i| Point::new(i, 0.5)).collect()
}

#[wasm_bindgen]
pub fn reverse_points(mut v: Vec<Point>) -> Vec<Point> {
    v.reverse();
    v
}

#[wasm_bindgen]
pub fn call_points(n: i32) -> f64 {
    sum_points(take_points(make_points(n)))
}

/// Two vectors of handles in one call.
#[wasm_bindgen]
pub fn zip_strings(names: Vec<String>, points: Vec<Point>, tail: &str) -> Vec<String> {
    names.iter().zip(&points).map(|(s, p)| format!("{s}={},{}{tail}", p.x, p.y)).collect()
}
