//! Arrays of exported structs. `Plain` and `Text` only cross in arrays; of `Seen` and `Helped` the same functions also make
//! values of single instances, so that addresses may not take their place; `Sent` goes to an import as well.

use std::cell::Cell;
use wasm_bindgen::prelude::*;

thread_local!(static ALIVE: Cell<i32> = const { Cell::new(0) });

/// What counts how many there are.
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
pub fn alive() -> i32 {
    ALIVE.with(|n| n.get())
}

macro_rules! structs {
    ($($name:ident)*) => {$(
        #[wasm_bindgen]
        pub struct $name {
            pub n: u32,
            _token: Token,
        }

        #[wasm_bindgen]
        impl $name {
            #[wasm_bindgen(constructor)]
            pub fn new(n: u32) -> $name {
                $name { n, _token: Token::new() }
            }
        }
    )*};
}

structs!(Plain Seen Helped Sent);

#[wasm_bindgen]
pub struct Text {
    text: String,
    _token: Token,
}

#[wasm_bindgen]
impl Text {
    #[wasm_bindgen(constructor)]
    pub fn new(text: String) -> Text {
        Text { text, _token: Token::new() }
    }

    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.text.clone()
    }
}

#[wasm_bindgen]
impl Plain {
    /// Calls `arrays.during` while it is borrowed.
    pub fn borrow(&self) -> u32 {
        during();
        self.n
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = arrays)]
    fn during();
    #[wasm_bindgen(js_namespace = arrays)]
    fn see(value: &JsValue);
    #[wasm_bindgen(js_namespace = arrays)]
    fn send(values: Vec<Sent>) -> Vec<Sent>;
}

#[wasm_bindgen]
pub fn plain(n: u32) -> Vec<Plain> {
    (0..n).map(Plain::new).collect()
}

#[wasm_bindgen]
pub fn plain_back(v: Vec<Plain>) -> Vec<Plain> {
    v.into_iter().rev().collect()
}

#[wasm_bindgen]
pub fn plain_maybe(n: u32) -> Option<Vec<Plain>> {
    (n > 0).then(|| plain(n))
}

#[wasm_bindgen]
pub fn plain_result(n: u32) -> Result<Vec<Plain>, JsValue> {
    if n > 0 {
        Ok(plain(n))
    } else {
        Err("none".into())
    }
}

#[wasm_bindgen]
pub fn plain_sum(v: Vec<Plain>) -> f64 {
    v.iter().map(|one| f64::from(one.n)).sum()
}

#[wasm_bindgen]
pub fn texts(n: u32) -> Box<[Text]> {
    (0..n).map(|i| Text::new("é".repeat(i as usize % 50))).collect()
}

/// Two arrays and a text in one call.
#[wasm_bindgen]
pub fn mixed(a: Option<Vec<Plain>>, text: &str, b: Vec<Text>) -> String {
    let sum: i64 = a.map_or(-1, |a| a.iter().map(|one| i64::from(one.n)).sum());
    let length: usize = b.iter().map(|one| one.text.len()).sum();
    format!("{sum} {text} {length}")
}

#[wasm_bindgen]
pub fn seen(n: u32) -> Vec<Seen> {
    see(&JsValue::from(Seen::new(77)));
    (0..n).map(Seen::new).collect()
}

#[inline(never)]
fn helper(n: u32) -> JsValue {
    JsValue::from(Helped::new(n))
}

#[wasm_bindgen]
pub fn helped(n: u32) -> Vec<Helped> {
    see(&helper(88));
    (0..n).map(Helped::new).collect()
}

#[wasm_bindgen]
pub fn sent(n: u32) -> Vec<Sent> {
    send((0..n).map(Sent::new).collect())
}
