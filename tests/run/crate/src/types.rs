//! The exported struct `Point` and the imported type `Thing`, which several topics pass around.

use std::cell::Cell;
use wasm_bindgen::prelude::*;

thread_local! {
    static ALIVE: Cell<i32> = const { Cell::new(0) };
}

/// Counts the live objects that contain it.
struct Token;

impl Token {
    fn new() -> Token {
        ALIVE.with(|n| n.set(n.get() + 1));
        Token
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        ALIVE.with(|n| n.set(n.get() - 1));
    }
}

#[wasm_bindgen]
pub struct Point {
    pub x: i32,
    pub y: f64,
    _token: Token,
}

#[wasm_bindgen]
impl Point {
    #[wasm_bindgen(constructor)]
    pub fn new(x: i32, y: f64) -> Point {
        Point { x, y, _token: Token::new() }
    }
}

/// How many `Point`s Rust holds at this moment.
#[wasm_bindgen]
pub fn points_alive() -> i32 {
    ALIVE.with(|n| n.get())
}

#[wasm_bindgen]
extern "C" {
    /// A class of the host: `new wbt.Thing(name, size)`.
    #[wasm_bindgen(js_namespace = wbt)]
    #[derive(Clone)]
    pub type Thing;

    #[wasm_bindgen(method, getter)]
    pub fn name(this: &Thing) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn size(this: &Thing) -> u32;
}
