//! Little but crossings: what an export does is as cheap as a result that depends on the arguments can be. bench/rows.mjs calls them.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub struct Point {
    /// A field: its getter and setter are made by the macro.
    pub x: u32,
    y: u32,
}

#[wasm_bindgen]
impl Point {
    #[wasm_bindgen(constructor)]
    pub fn new(x: u32, y: u32) -> Point {
        Point { x, y }
    }

    pub fn plus(&self, n: u32) -> u32 {
        self.x + self.y + n
    }
}

#[wasm_bindgen]
pub fn points_in(points: Vec<Point>) -> f64 {
    points.iter().map(|p| f64::from(p.x) + f64::from(p.y)).sum()
}

#[wasm_bindgen]
pub fn points_out(n: u32) -> Vec<Point> {
    (0..n).map(|x| Point { x, y: 1 }).collect()
}

#[wasm_bindgen]
pub fn strings_in(strings: Vec<String>) -> usize {
    strings.iter().map(|s| s.len()).sum()
}

#[wasm_bindgen]
pub fn strings_out(n: u32) -> Vec<String> {
    (0..n).map(|i| TEXT[i as usize % 64..][..11].to_string()).collect()
}

#[wasm_bindgen]
extern "C" {
    /// A class of JavaScript's.
    #[wasm_bindgen(js_namespace = crossings)]
    pub type Thing;

    #[wasm_bindgen(js_namespace = crossings)]
    fn sum(a: u32, b: u32) -> u32;

    #[wasm_bindgen(js_namespace = crossings)]
    fn next(text: &str) -> String;
}

#[wasm_bindgen]
pub fn things_in(things: Vec<Thing>) -> usize {
    things.len()
}

#[wasm_bindgen]
pub fn numbers_in(numbers: &[f64]) -> f64 {
    numbers[0] + numbers[numbers.len() - 1]
}

#[wasm_bindgen]
pub fn numbers_in_place(numbers: &mut [f64]) {
    numbers[0] += 1.0;
}

#[wasm_bindgen]
pub fn numbers_out(n: usize, first: f64) -> Vec<f64> {
    let mut numbers = vec![0.0; n];
    numbers[0] = first;
    numbers
}

#[wasm_bindgen]
pub fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[wasm_bindgen]
pub fn string_in(text: &str) -> usize {
    text.len()
}

static TEXT: &str = "The quick brown fox jumps over the lazy dog, and the dog sleeps on as if nothing at all had happened to \
    it this morning or on any other.";

/// `n` characters.
#[wasm_bindgen]
pub fn string_out(n: usize) -> String {
    if n <= 100 {
        return TEXT[..n].to_string();
    }
    let mut text = String::with_capacity(n);
    while text.len() + 100 <= n {
        text.push_str(&TEXT[..100]);
    }
    text
}

/// Calls the imported function `n` times.
#[wasm_bindgen]
pub fn call_sum(n: u32, start: u32) -> u32 {
    (0..n).fold(start, |total, i| sum(total, i & 7))
}

/// Sends a text to the imported function and what comes back again, `n` times.
#[wasm_bindgen]
pub fn call_next(n: u32, text: String) -> String {
    (0..n).fold(text, |text, _| next(&text))
}

/// Calls the function with the value, `n` times.
#[wasm_bindgen]
pub fn call_back(n: u32, function: &Function, value: &JsValue) -> Result<u32, JsValue> {
    let mut calls = 0;
    for _ in 0..n {
        calls += u32::from(function.call1(&JsValue::UNDEFINED, value)?.is_undefined());
    }
    Ok(calls)
}

#[wasm_bindgen]
pub fn optional(value: Option<f64>) -> Option<f64> {
    value.map(|v| v + 1.0)
}

#[wasm_bindgen]
pub fn fallible(value: i32) -> Result<i32, JsError> {
    if value < 0 {
        return Err(JsError::new("negative"));
    }
    Ok(value + 1)
}
