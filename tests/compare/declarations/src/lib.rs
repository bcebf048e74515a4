//! Everything that shows in the declarations: comments, optional parameters, overridden types, accessors, enums, …
//! Nothing here is called; what the programs do is the run-time suite's business.

#![allow(non_snake_case, clippy::too_many_arguments)]

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SHAPE: &'static str = r#"
/** A shape that Rust only passes on. */
export interface Shape {
    kind: "circle" | "square";
    size?: number;
}

export type Callback = (shape: Shape, index: number) => void;
"#;

#[wasm_bindgen(typescript_custom_section)]
const MORE: &'static str = "export type Sizes = readonly number[];";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Shape")]
    pub type Shape;
    #[wasm_bindgen(typescript_type = "Callback")]
    pub type Callback;
    #[wasm_bindgen(typescript_type = "Shape | null")]
    pub type MaybeShape;
    #[wasm_bindgen(typescript_type = "Map<string, Shape>")]
    pub type Shapes;
    /// An imported class without a type of its own.
    pub type Opaque;
    #[wasm_bindgen(extends = js_sys::Object, js_name = Renamed)]
    pub type Imported;
}

/// One line.
#[wasm_bindgen]
pub fn documented() {}

/// Several lines, a list and an empty line:
///
/// * one
///     * indented
/// * `code` and <b>tags</b>
///
/// ```js
/// documented_more(1, "two");
/// ```
#[wasm_bindgen]
pub fn documented_more(number: f64, text: &str) -> String {
    format!("{number}{text}")
}

/** A comment in one block,
 * of two lines. */
#[wasm_bindgen]
pub fn documented_block(value: u8) -> u8 {
    value
}

/// In the glue there is no comment.
#[wasm_bindgen(skip_jsdoc)]
pub fn without_jsdoc(value: u8) -> u8 {
    value
}

#[wasm_bindgen(skip_typescript)]
pub fn undeclared(value: u8) -> u8 {
    value
}

#[wasm_bindgen(js_name = camelCase)]
pub fn snake_case(first_argument: i32, SecondArgument: i32, _third: i32) -> i32 {
    first_argument + SecondArgument + _third
}

macro_rules! scalars {
    ($($name:ident $opt:ident $vec:ident $optvec:ident: $t:ty;)*) => {$(
        #[wasm_bindgen]
        pub fn $name(value: $t) -> $t { value }
        #[wasm_bindgen]
        pub fn $opt(value: Option<$t>) -> Option<$t> { value }
        #[wasm_bindgen]
        pub fn $vec(value: Vec<$t>) -> Vec<$t> { value }
        #[wasm_bindgen]
        pub fn $optvec(value: Option<Vec<$t>>) -> Option<Vec<$t>> { value }
    )*};
}

scalars! {
    i8_ i8_opt i8_vec i8_optvec: i8;
    u8_ u8_opt u8_vec u8_optvec: u8;
    i16_ i16_opt i16_vec i16_optvec: i16;
    u16_ u16_opt u16_vec u16_optvec: u16;
    i32_ i32_opt i32_vec i32_optvec: i32;
    u32_ u32_opt u32_vec u32_optvec: u32;
    i64_ i64_opt i64_vec i64_optvec: i64;
    u64_ u64_opt u64_vec u64_optvec: u64;
    isize_ isize_opt isize_vec isize_optvec: isize;
    usize_ usize_opt usize_vec usize_optvec: usize;
    f32_ f32_opt f32_vec f32_optvec: f32;
    f64_ f64_opt f64_vec f64_optvec: f64;
    string_ string_opt string_vec string_optvec: String;
    shape_ shape_opt shape_vec shape_optvec: Shape;
    thing_ thing_opt thing_vec thing_optvec: Thing;
    order_ order_opt order_vec order_optvec: Order;
}

#[wasm_bindgen]
pub fn bool_(value: bool, maybe: Option<bool>) -> Option<bool> {
    maybe.or(Some(value))
}

#[wasm_bindgen]
pub fn char_(value: char, maybe: Option<char>) -> Option<char> {
    maybe.or(Some(value))
}

#[wasm_bindgen]
pub fn borrowed(text: &str, bytes: &[u8], numbers: &[f64], out: &mut [i32], words: &mut [u64]) {
    out[0] = (text.len() + bytes.len() + numbers.len() + words.len()) as i32;
}

#[wasm_bindgen]
pub fn boxed(bytes: Box<[u8]>, values: Box<[JsValue]>, text: Box<[String]>) -> Box<[u8]> {
    drop((values, text));
    bytes
}

#[wasm_bindgen]
pub fn clamped(bytes: wasm_bindgen::Clamped<Vec<u8>>) -> wasm_bindgen::Clamped<Vec<u8>> {
    bytes
}

#[wasm_bindgen]
pub fn values(value: JsValue, lent: &JsValue, many: Vec<JsValue>, maybe: Option<Vec<JsValue>>) -> JsValue {
    drop((lent, many, maybe));
    value
}

/// The last ones may be left out, the others may be `undefined`.
#[wasm_bindgen]
pub fn omittable(first: Option<u32>, second: String, third: Option<String>, fourth: Option<Thing>, fifth: Option<f64>) -> usize {
    drop((fourth, fifth));
    first.map_or(0, |v| v as usize) + second.len() + third.map_or(0, |v| v.len())
}

#[wasm_bindgen]
pub fn omittable_all(a: Option<bool>, b: Option<Vec<u8>>, c: Option<Shape>) -> bool {
    a.is_some() && b.is_some() && c.is_some()
}

#[wasm_bindgen]
pub fn imported(shape: &Shape, maybe: Option<Shape>, opaque: &Opaque, renamed: Imported, shapes: Shapes, callback: &Callback) -> MaybeShape {
    drop((shape, opaque, renamed, shapes, callback));
    maybe.map_or(JsValue::NULL, JsValue::from).unchecked_into()
}

#[wasm_bindgen]
pub fn known(
    function: &js_sys::Function,
    array: js_sys::Array,
    promise: js_sys::Promise,
    map: js_sys::Map,
    bytes: &js_sys::Uint8Array,
    date: js_sys::Date,
    object: js_sys::Object,
) -> js_sys::Promise {
    drop((function, array, map, bytes, date, object));
    promise
}

#[wasm_bindgen(variadic)]
pub fn variadic_numbers(first: u32, rest: &[u32]) -> u32 {
    first + rest.len() as u32
}

#[wasm_bindgen(variadic)]
pub fn variadic_values(rest: Vec<JsValue>) -> usize {
    rest.len()
}

#[wasm_bindgen(variadic)]
pub fn variadic_array(first: Option<u32>, rest: &js_sys::Array) -> u32 {
    first.unwrap_or(0) + rest.length()
}

#[wasm_bindgen]
pub fn result_unit(ok: bool) -> Result<(), JsError> {
    ok.then_some(()).ok_or(JsError::new("no"))
}

#[wasm_bindgen]
pub fn result_text(ok: bool) -> Result<String, JsValue> {
    ok.then(String::new).ok_or(JsValue::NULL)
}

#[wasm_bindgen]
pub fn result_thing(ok: bool) -> Result<Option<Vec<f64>>, JsValue> {
    ok.then_some(None).ok_or(JsValue::NULL)
}

/// A class.
///
/// With more to say.
#[wasm_bindgen]
pub struct Thing {
    /// A field of both directions.
    pub number: f64,
    /// One that cannot be set.
    #[wasm_bindgen(readonly)]
    pub fixed: u64,
    #[wasm_bindgen(js_name = renamedField)]
    pub renamed: Option<i32>,
    #[wasm_bindgen(skip)]
    pub skipped: u8,
    /// A text.
    #[wasm_bindgen(getter_with_clone)]
    pub text: String,
    #[wasm_bindgen(getter_with_clone)]
    pub texts: Vec<String>,
    #[wasm_bindgen(getter_with_clone, skip_typescript)]
    pub undeclared: JsValue,
    hidden: u32,
}

#[wasm_bindgen]
impl Thing {
    /// Makes one.
    #[wasm_bindgen(constructor)]
    pub fn new(number: f64, hidden: Option<u32>) -> Thing {
        Thing {
            number,
            fixed: 1,
            renamed: None,
            skipped: 0,
            text: String::new(),
            texts: Vec::new(),
            undeclared: JsValue::NULL,
            hidden: hidden.unwrap_or(0),
        }
    }
    /// A static method.
    pub fn make(hidden: u32) -> Thing {
        Thing::new(0.0, Some(hidden))
    }
    /// A method of a shared borrow.
    pub fn show(&self, prefix: &str) -> String {
        format!("{prefix}{}{}", self.hidden, self.skipped)
    }
    pub fn change(&mut self, by: Option<u32>) {
        self.hidden += by.unwrap_or(1);
    }
    /// It cannot be used afterwards.
    pub fn consume(self, other: &Thing) -> u32 {
        self.hidden + other.hidden
    }
    /// A getter only.
    #[wasm_bindgen(getter)]
    pub fn only_get(&self) -> u32 {
        self.hidden
    }
    /// A setter only.
    #[wasm_bindgen(setter)]
    pub fn set_only_set(&mut self, value: u32) {
        self.hidden = value;
    }
    /// Its getter.
    #[wasm_bindgen(getter, js_name = bothWays)]
    pub fn both(&self) -> Option<u32> {
        Some(self.hidden)
    }
    /// Its setter.
    #[wasm_bindgen(setter, js_name = bothWays)]
    pub fn set_both(&mut self, value: Option<u32>) {
        self.hidden = value.unwrap_or(0);
    }
    /// Different types.
    #[wasm_bindgen(getter)]
    pub fn unlike(&self) -> String {
        self.text.clone()
    }
    #[wasm_bindgen(setter)]
    pub fn set_unlike(&mut self, value: u32) {
        self.hidden = value;
    }
    #[wasm_bindgen(skip_typescript)]
    pub fn undeclared_method(&self) {}
    #[wasm_bindgen(js_name = toString)]
    pub fn to_text(&self) -> String {
        self.text.clone()
    }
    #[wasm_bindgen(variadic)]
    pub fn all(&self, rest: Vec<JsValue>) -> usize {
        rest.len()
    }
}

/// No constructor.
#[wasm_bindgen(inspectable)]
pub struct Inspectable {
    pub z: i32,
    pub a: i32,
    pub b: bool,
}

#[wasm_bindgen]
impl Inspectable {
    #[wasm_bindgen(getter)]
    pub fn made(&self) -> i32 {
        self.a
    }
    #[wasm_bindgen(getter)]
    pub fn common() -> i32 {
        0
    }
}

/// Fields without names.
#[wasm_bindgen]
pub struct Tuple(pub u32, pub u32);

#[wasm_bindgen(js_name = OtherName)]
pub struct Renamed {
    pub value: i32,
}

#[wasm_bindgen(js_class = OtherName)]
impl Renamed {
    pub fn merge(&self, other: Renamed, maybe: Option<Renamed>) -> Renamed {
        Renamed { value: self.value + other.value + maybe.map_or(0, |m| m.value) }
    }
}

#[wasm_bindgen(skip_typescript)]
pub struct Undeclared {
    pub value: i32,
}

/// An enum.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Order {
    /// The first.
    First = 1,
    Second = 2,
    /// Far away.
    /// Two lines.
    Last = 1000,
}

#[wasm_bindgen(skip_typescript)]
#[derive(Clone, Copy)]
pub enum UndeclaredOrder {
    One,
}

#[cfg(feature = "since93")]
mod texts {
    use super::*;

    /// An enum of texts.
    #[wasm_bindgen]
    #[derive(Clone, Copy)]
    pub enum Words {
        Yes = "yes",
        No = "no, never",
    }

    #[wasm_bindgen]
    pub fn words(value: Words, maybe: Option<Words>) -> Option<Words> {
        maybe.or(Some(value))
    }
}

#[cfg(feature = "since100")]
mod described {
    use super::*;

    /// What it does.
    #[wasm_bindgen(unchecked_return_type = "Shape[]", return_description = "the shapes")]
    pub fn described(
        #[wasm_bindgen(js_name = renamedArgument, param_description = "how many")] count: u32,
        #[wasm_bindgen(unchecked_param_type = "Shape | string")] shape: JsValue,
        last: Option<u8>,
    ) -> JsValue {
        let _ = (count, last);
        shape
    }

    #[wasm_bindgen]
    impl Thing {
        /// A method with descriptions.
        #[wasm_bindgen(return_description = "nothing much", unchecked_return_type = "undefined")]
        pub fn described(&self, #[wasm_bindgen(param_description = "any text")] text: String) -> JsValue {
            text.into()
        }
    }
}

#[cfg(feature = "futures")]
mod futures {
    use super::*;

    #[wasm_bindgen]
    pub async fn async_unit() {}

    /// Later.
    #[wasm_bindgen]
    pub async fn async_number(value: u32) -> u32 {
        value
    }

    #[wasm_bindgen]
    pub async fn async_text(value: String) -> Result<String, JsValue> {
        Ok(value)
    }

    #[wasm_bindgen]
    pub async fn async_thing(value: Option<u32>) -> Result<Thing, JsError> {
        Ok(Thing::new(0.0, value))
    }

    #[wasm_bindgen]
    pub async fn async_value() -> JsValue {
        JsValue::NULL
    }

    #[wasm_bindgen]
    impl Thing {
        pub async fn later(self, times: u32) -> Result<JsValue, JsValue> {
            Ok(JsValue::from(self.hidden * times))
        }
    }
}

#[cfg(feature = "closures")]
mod closures {
    use super::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = host)]
        fn listen(f: &Closure<dyn FnMut(u32, String) -> bool>);
        #[wasm_bindgen(js_namespace = host)]
        fn visit(f: &dyn Fn(&JsValue) -> f64);
        #[wasm_bindgen(js_namespace = host)]
        fn change(f: &mut dyn FnMut(Thing));
    }

    #[wasm_bindgen]
    pub fn closures() {
        let closure = Closure::new(|number: u32, text: String| text.len() as u32 == number);
        listen(&closure);
        closure.forget();
        visit(&|_| 1.0);
        change(&mut |_| ());
    }
}
