//! Attributes of exports: statics, accessors, fields, declarations, `start`, variable arguments.

use crate::types::Thing;
use std::cell::Cell;
use wasm_bindgen::prelude::*;

thread_local! {
    static STARTED: Cell<u32> = const { Cell::new(0) };
    static LEVEL: Cell<u32> = const { Cell::new(1) };
}

/// Runs when the module is instantiated, and again when called.
#[wasm_bindgen(start)]
pub fn begin() {
    STARTED.with(|n| n.set(n.get() + 1));
}

#[wasm_bindgen]
pub fn started() -> u32 {
    STARTED.with(Cell::get)
}

#[wasm_bindgen(typescript_custom_section)]
const TEXT: &'static str = "export type Pair = [number, string]; export interface Undeclared { v: number; }";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Pair")]
    pub type PairType;
    #[wasm_bindgen(typescript_type = "(a: number) => string")]
    pub type FunctionType;
}

#[wasm_bindgen]
pub fn echo_pair(v: PairType) -> PairType {
    v
}

#[wasm_bindgen]
pub fn echo_function(v: Option<FunctionType>) -> Option<FunctionType> {
    v
}

#[wasm_bindgen]
pub fn echo_pairs(v: Vec<PairType>) -> Vec<PairType> {
    v
}

#[wasm_bindgen]
pub fn echo_functions(v: Vec<FunctionType>) -> Vec<FunctionType> {
    v
}

/// Static members, and members of all kinds.
#[wasm_bindgen]
pub struct Members {
    n: u32,
}

#[wasm_bindgen]
impl Members {
    #[wasm_bindgen(constructor)]
    pub fn new(n: u32) -> Members {
        Members { n }
    }

    /// A static getter.
    #[wasm_bindgen(getter)]
    pub fn level() -> u32 {
        LEVEL.with(Cell::get)
    }

    #[wasm_bindgen(setter)]
    pub fn set_level(v: u32) {
        LEVEL.with(|n| n.set(v));
    }

    #[wasm_bindgen(getter, js_name = readOnly)]
    pub fn only() -> String {
        String::from("static")
    }

    #[wasm_bindgen(js_name = makeTwo)]
    pub fn two(a: u32, b: Option<u32>) -> Vec<Members> {
        vec![Members { n: a }, Members { n: b.unwrap_or(0) }]
    }

    pub fn maybe(n: u32) -> Option<Members> {
        (n > 0).then_some(Members { n })
    }

    pub fn fallible(n: u32) -> Result<Members, JsError> {
        Members::maybe(n).ok_or_else(|| JsError::new("zero"))
    }

    /// Consumes and returns: a builder.
    pub fn add(mut self, n: u32) -> Members {
        self.n += n;
        self
    }

    #[wasm_bindgen(js_name = "toString")]
    pub fn text(&self) -> String {
        format!("Members({})", self.n)
    }

    #[wasm_bindgen(getter)]
    pub fn n(&self) -> Option<u32> {
        (self.n > 0).then_some(self.n)
    }

    #[wasm_bindgen(setter)]
    pub fn set_n(&mut self, n: Option<u32>) -> Result<(), JsError> {
        self.n = n.ok_or_else(|| JsError::new("no number"))?;
        Ok(())
    }

    /// A setter without its getter.
    #[wasm_bindgen(setter = doubled)]
    pub fn set_doubled(&mut self, n: u32) {
        self.n = 2 * n;
    }
}

/// Every field's getter clones.
#[wasm_bindgen(getter_with_clone)]
pub struct Cloned {
    pub text: String,
    pub maybe_text: Option<String>,
    pub list: Vec<f64>,
    pub maybe_list: Option<Vec<u8>>,
    pub value: JsValue,
    pub thing: Option<Thing>,
    #[wasm_bindgen(readonly)]
    pub fixed: String,
    #[wasm_bindgen(skip)]
    pub hidden: String,
    #[wasm_bindgen(js_name = otherName, readonly)]
    pub number: i16,
}

#[wasm_bindgen]
impl Cloned {
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Cloned {
        Cloned {
            text: text.to_owned(),
            maybe_text: None,
            list: vec![0.5],
            maybe_list: None,
            value: JsValue::NULL,
            thing: None,
            fixed: String::from("fixed"),
            hidden: String::from("hidden"),
            number: -7,
        }
    }
}

#[wasm_bindgen(inspectable)]
pub struct Inspected {
    pub a: i32,
    pub b: Option<f64>,
    #[wasm_bindgen(skip)]
    pub c: u8,
}

#[wasm_bindgen]
impl Inspected {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Inspected {
        Inspected { a: -1, b: Some(0.5), c: 1 }
    }

    #[wasm_bindgen(getter)]
    pub fn both(&self) -> f64 {
        f64::from(self.a) + self.b.unwrap_or(0.0) + f64::from(self.c)
    }
}

#[wasm_bindgen(skip_typescript)]
pub struct Undeclared {
    #[wasm_bindgen(skip_typescript)]
    pub v: i32,
}

#[wasm_bindgen(skip_typescript)]
pub fn undeclared(v: i32) -> Undeclared {
    Undeclared { v }
}

/// The last parameter takes the rest.
#[wasm_bindgen(variadic)]
pub fn rest_values(first: u32, rest: Vec<JsValue>) -> Vec<JsValue> {
    std::iter::once(JsValue::from(first)).chain(rest).collect()
}

/// Upstream's declaration of such a parameter is no TypeScript.
#[wasm_bindgen(variadic, skip_typescript)]
pub fn rest_numbers(rest: &[f64]) -> f64 {
    rest.iter().sum()
}

#[wasm_bindgen(variadic)]
pub fn rest_strings(rest: Vec<String>) -> String {
    rest.join("+")
}

#[wasm_bindgen(variadic)]
pub fn rest_value(rest: JsValue) -> JsValue {
    rest
}

/// What follows a conversion that throws must not have happened.
#[wasm_bindgen]
pub fn three_owned(a: String, b: Members, c: char, d: Vec<JsValue>, e: Members) -> String {
    format!("{a} {} {c} {} {}", b.n, d.len(), e.n)
}

#[wasm_bindgen]
pub fn two_strings(a: &str, b: Option<String>) -> String {
    format!("{a}{}", b.unwrap_or_default())
}

#[wasm_bindgen]
pub fn many_lists(a: &str, b: Vec<f64>, c: Vec<JsValue>, d: Option<Vec<u8>>) -> String {
    format!("{a} {b:?} {} {d:?}", c.len())
}

#[cfg(feature = "since100")]
#[wasm_bindgen(unchecked_return_type = "1 | 2", return_description = "one or two")]
pub fn described(
    #[wasm_bindgen(js_name = "theFirst", unchecked_param_type = "'a' | 'b'", param_description = "a or b")] first: String,
    #[wasm_bindgen(param_description = "any number")] second: Option<f64>,
) -> u32 {
    1 + u32::from(first == "b" || second.is_some())
}

#[cfg(feature = "since114")]
#[wasm_bindgen]
pub fn described_optional(#[wasm_bindgen(unchecked_optional_param_type = "1 | 2")] v: JsValue) -> JsValue {
    v
}

#[cfg(feature = "since107")]
#[wasm_bindgen(private)]
pub struct Concealed {
    pub v: i32,
}

#[cfg(feature = "since107")]
#[wasm_bindgen]
pub fn concealed(v: i32) -> Concealed {
    Concealed { v }
}
