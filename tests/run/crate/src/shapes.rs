//! Shapes of imports: accessors, indexing, early binding, statics, `instanceof`, inheritance, variable arguments,
//! modules, and `catch` with every kind of result.

#![allow(deprecated)] // statics of the old form

use crate::types::{Point, Thing};
use wasm_bindgen::prelude::*;
use wasm_bindgen::JsCast;

#[wasm_bindgen]
extern "C" {
    // A class of its own: `wbt.Shape`.
    #[wasm_bindgen(js_namespace = wbt)]
    #[derive(Clone, Debug)]
    pub type Shape;
    #[wasm_bindgen(constructor, js_namespace = wbt)]
    fn new(size: f64) -> Shape;
    #[wasm_bindgen(static_method_of = Shape, js_namespace = wbt, getter)]
    fn total() -> u32;
    #[wasm_bindgen(static_method_of = Shape, js_namespace = wbt, setter)]
    fn set_total(v: u32);
    #[wasm_bindgen(static_method_of = Shape, js_namespace = wbt, js_name = "static-dashed")]
    fn dashed() -> String;
    #[wasm_bindgen(method, getter, js_name = "dashed-name")]
    fn dashed_name(this: &Shape) -> String;
    #[wasm_bindgen(method, setter, js_name = "dashed-name")]
    fn set_dashed_name(this: &Shape, v: &str);
    #[wasm_bindgen(method, js_name = "dashed-method")]
    fn dashed_method(this: &Shape, v: u8) -> u8;
    #[wasm_bindgen(method, getter)]
    fn maybe(this: &Shape) -> Option<f64>;
    #[wasm_bindgen(method, setter)]
    fn set_maybe(this: &Shape, v: Option<f64>);
    #[wasm_bindgen(method, getter, catch)]
    fn fragile(this: &Shape) -> Result<u32, JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_fragile(this: &Shape, v: u32) -> Result<(), JsValue>;

    // Indexing.
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn get(this: &Shape, key: &str) -> JsValue;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Shape, key: &str, v: &JsValue);
    #[wasm_bindgen(method, structural, indexing_deleter)]
    fn delete(this: &Shape, key: &str);
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn get_at(this: &Shape, i: u32) -> Option<f64>;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_at(this: &Shape, i: u32, v: f64);
    #[wasm_bindgen(method, structural, indexing_deleter)]
    fn delete_at(this: &Shape, i: u32);
    #[wasm_bindgen(method, structural, indexing_getter, catch)]
    fn try_get(this: &Shape, key: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(static_method_of = Shape, js_namespace = wbt, structural, indexing_getter)]
    fn static_get(key: &str) -> JsValue;
    #[wasm_bindgen(static_method_of = Shape, js_namespace = wbt, structural, indexing_setter)]
    fn static_set(key: &str, v: u32);
    #[wasm_bindgen(static_method_of = Shape, js_namespace = wbt, structural, indexing_deleter)]
    fn static_delete(key: &str);

    // Bound to the prototype.
    #[wasm_bindgen(method, final, js_class = "Shape", js_namespace = wbt)]
    fn area(this: &Shape, by: f64) -> f64;
    #[wasm_bindgen(method, final, getter, js_class = "Shape", js_namespace = wbt)]
    fn size(this: &Shape) -> f64;
    #[wasm_bindgen(method, final, setter, js_class = "Shape", js_namespace = wbt)]
    fn set_size(this: &Shape, v: f64);
    #[wasm_bindgen(static_method_of = Shape, final, getter, js_namespace = wbt, js_name = total)]
    fn final_total() -> u32;
    #[wasm_bindgen(static_method_of = Shape, final, setter, js_namespace = wbt, js_name = total)]
    fn set_final_total(v: u32);

    // Inheritance and instanceof.
    #[wasm_bindgen(extends = Shape, js_namespace = wbt)]
    #[derive(Clone, Debug)]
    pub type Square;
    #[wasm_bindgen(constructor, js_namespace = wbt)]
    fn new(size: f64) -> Square;
    #[wasm_bindgen(method)]
    fn corners(this: &Square) -> u8;
    #[wasm_bindgen(js_namespace = ["wbt", "deep", "deeper"], js_name = Inner)]
    pub type DeepClass;
    #[wasm_bindgen(constructor, js_namespace = ["wbt", "deep", "deeper"], js_class = "Inner")]
    fn new(v: i32) -> DeepClass;
    #[wasm_bindgen(static_method_of = DeepClass, js_namespace = ["wbt", "deep", "deeper"], js_class = "Inner")]
    fn of(v: i32) -> DeepClass;
    #[wasm_bindgen(method, getter)]
    fn v(this: &DeepClass) -> i32;
    #[wasm_bindgen(js_namespace = wbt, js_name = NoSuchClass)]
    pub type NoSuchClass;
    #[wasm_bindgen(is_type_of = JsValue::is_string)]
    pub type Textual;
    #[wasm_bindgen(vendor_prefix = moz, vendor_prefix = webkit, js_name = WbtPrefixed)]
    pub type Prefixed;
    #[wasm_bindgen(constructor, js_class = "WbtPrefixed")]
    fn new(v: i32) -> Prefixed;
    #[wasm_bindgen(static_method_of = Prefixed, js_class = "WbtPrefixed")]
    fn of(v: i32) -> Prefixed;
    #[wasm_bindgen(method, getter, js_class = "WbtPrefixed")]
    fn v(this: &Prefixed) -> i32;

    // Variable arguments.
    #[wasm_bindgen(variadic, js_namespace = wbt)]
    fn spread_values(first: u32, rest: Vec<JsValue>) -> String;
    #[wasm_bindgen(variadic, js_namespace = wbt)]
    fn spread_numbers(rest: &[f64]) -> f64;
    #[wasm_bindgen(variadic, js_namespace = wbt)]
    fn spread_owned(text: &str, rest: Vec<u8>) -> String;
    #[wasm_bindgen(variadic, js_namespace = wbt)]
    fn spread_strings(rest: Vec<String>) -> String;
    #[wasm_bindgen(variadic, method)]
    fn join(this: &Shape, rest: &[i32]) -> String;
    #[wasm_bindgen(variadic, constructor, js_namespace = wbt, js_class = "Shape")]
    fn many(sizes: &[f64]) -> Shape;

    // Statics.
    #[wasm_bindgen(js_namespace = wbt)]
    static OLD_STATIC: JsValue;
    #[wasm_bindgen(js_namespace = ["wbt", "deep"], js_name = "static-dashed")]
    static DASHED_STATIC: u32;
    #[wasm_bindgen(js_name = wbtStatic)]
    static PLAIN_STATIC: String;
}

#[wasm_bindgen]
pub fn statics() -> Vec<JsValue> {
    vec![OLD_STATIC.clone(), JsValue::from(*DASHED_STATIC), JsValue::from(PLAIN_STATIC.as_str())]
}

#[cfg(feature = "since96")]
mod young {
    use super::Shape;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(thread_local_v2, js_namespace = wbt)]
        static NUMBER: f64;
        #[wasm_bindgen(thread_local_v2, js_namespace = wbt)]
        static SHAPE: Shape;
        #[wasm_bindgen(thread_local_v2, js_namespace = wbt)]
        static LAZY: JsValue;
        #[wasm_bindgen(thread_local_v2, js_namespace = wbt)]
        static MISSING: Option<f64>;
        #[wasm_bindgen(thread_local_v2, js_namespace = ["wbtMissing", "deep", "deeper"], js_name = item)]
        static FAR: Option<String>;
        #[wasm_bindgen(thread_local_v2, js_name = wbtMissing)]
        static GONE: Option<Shape>;
        #[wasm_bindgen(thread_local_v2, js_namespace = wbt)]
        static PRESENT: Option<String>;
    }

    #[wasm_bindgen]
    pub fn young_statics() -> Vec<JsValue> {
        vec![
            NUMBER.with(|v| JsValue::from(*v)),
            SHAPE.with(|v| JsValue::from(v.clone())),
            MISSING.with(|v| JsValue::from(*v)),
            FAR.with(|v| JsValue::from(v.clone())),
            GONE.with(|v| JsValue::from(v.is_none())),
            PRESENT.with(|v| JsValue::from(v.clone())),
        ]
    }

    /// Read when first asked for, then kept.
    #[wasm_bindgen]
    pub fn lazy_static() -> JsValue {
        LAZY.with(JsValue::clone)
    }
}

#[wasm_bindgen]
pub fn shape_new(size: f64) -> Shape {
    Shape::new(size)
}

#[wasm_bindgen]
pub fn shape_statics(v: u32) -> String {
    let before = Shape::total();
    Shape::set_total(v);
    format!("{before} {} {}", Shape::total(), Shape::dashed())
}

#[wasm_bindgen]
pub fn shape_dashed(s: &Shape, v: &str) -> String {
    let before = s.dashed_name();
    s.set_dashed_name(v);
    format!("{before} {} {}", s.dashed_name(), s.dashed_method(41))
}

#[wasm_bindgen]
pub fn shape_maybe(s: &Shape, v: Option<f64>) -> Option<f64> {
    let before = s.maybe();
    s.set_maybe(v);
    before
}

#[wasm_bindgen]
pub fn shape_fragile(s: &Shape, v: u32) -> Result<u32, JsValue> {
    s.set_fragile(v)?;
    s.fragile()
}

#[wasm_bindgen]
pub fn shape_index(s: &Shape, key: &str, v: &JsValue) -> Vec<JsValue> {
    let before = s.get(key);
    s.set(key, v);
    let during = s.get(key);
    s.delete(key);
    vec![before, during, s.get(key)]
}

#[wasm_bindgen]
pub fn shape_index_at(s: &Shape, i: u32, v: f64) -> String {
    let before = s.get_at(i);
    s.set_at(i, v);
    let during = s.get_at(i);
    s.delete_at(i);
    format!("{before:?} {during:?} {:?}", s.get_at(i))
}

#[wasm_bindgen]
pub fn shape_try_index(s: &Shape, key: &JsValue) -> Result<JsValue, JsValue> {
    s.try_get(key)
}

#[wasm_bindgen]
pub fn shape_static_index(key: &str, v: u32) -> Vec<JsValue> {
    Shape::static_set(key, v);
    let during = Shape::static_get(key);
    Shape::static_delete(key);
    vec![during, Shape::static_get(key)]
}

#[wasm_bindgen]
pub fn shape_final(s: &Shape, v: f64) -> String {
    let before = s.size();
    s.set_size(v);
    format!("{before} {} {}", s.size(), s.area(2.0))
}

#[wasm_bindgen]
pub fn shape_final_total(v: u32) -> u32 {
    Shape::set_final_total(v);
    Shape::final_total()
}

#[wasm_bindgen]
pub fn square_new(size: f64) -> Shape {
    let square = Square::new(size);
    assert!(square.corners() == 4);
    square.into()
}

#[wasm_bindgen]
pub fn square_corners(s: &Square) -> String {
    format!("{} {}", s.corners(), AsRef::<Shape>::as_ref(s).get("size").as_f64().unwrap_or(-1.0))
}

/// Which of the classes a value is of.
#[wasm_bindgen]
pub fn classes_of(v: &JsValue) -> String {
    let is = [
        v.is_instance_of::<Shape>(),
        v.is_instance_of::<Square>(),
        v.is_instance_of::<DeepClass>(),
        v.is_instance_of::<NoSuchClass>(),
        v.has_type::<Textual>(),
        v.dyn_ref::<Square>().is_some(),
    ];
    is.iter().map(|b| if *b { '1' } else { '0' }).collect()
}

#[wasm_bindgen]
pub fn deep_class(v: i32) -> String {
    let made: JsValue = DeepClass::new(v).into();
    format!("{} {}", DeepClass::of(v + 1).v(), made.unchecked_ref::<DeepClass>().v())
}

#[wasm_bindgen]
pub fn prefixed(v: i32) -> String {
    let made = Prefixed::new(v);
    let is = AsRef::<JsValue>::as_ref(&made).is_instance_of::<Prefixed>();
    format!("{} {} {is}", made.v(), Prefixed::of(v).v())
}

#[wasm_bindgen]
pub fn call_spread_values(first: u32, rest: Vec<JsValue>) -> String {
    spread_values(first, rest)
}

#[wasm_bindgen]
pub fn call_spread_numbers(rest: &[f64]) -> f64 {
    spread_numbers(rest)
}

#[wasm_bindgen]
pub fn call_spread_owned(text: &str, rest: Vec<u8>) -> String {
    spread_owned(text, rest)
}

#[wasm_bindgen]
pub fn call_spread_strings(rest: Vec<String>) -> String {
    spread_strings(rest)
}

#[wasm_bindgen]
pub fn call_join(s: &Shape, rest: &[i32]) -> String {
    s.join(rest)
}

#[wasm_bindgen]
pub fn call_many(sizes: &[f64]) -> Shape {
    Shape::many(sizes)
}

/// `catch` with results of every kind: what came back, or what was thrown.
macro_rules! catching {
    ($($t:ty: $call:ident $take:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt, catch)]
            fn $take() -> Result<$t, JsValue>;
        }
        #[wasm_bindgen]
        pub fn $call() -> JsValue {
            match $take() {
                Ok(v) => JsValue::from_str(&format!("{v:?}")),
                Err(e) => e,
            }
        }
    )* };
}

catching! {
    u8: catch_u8 caught_u8;
    i16: catch_i16 caught_i16;
    u32: catch_u32 caught_u32;
    f32: catch_f32 caught_f32;
    char: catch_char caught_char;
    Option<bool>: catch_opt_bool caught_opt_bool;
    Option<u16>: catch_opt_u16 caught_opt_u16;
    Option<i32>: catch_opt_i32 caught_opt_i32;
    Option<f32>: catch_opt_f32 caught_opt_f32;
    Option<f64>: catch_opt_f64 caught_opt_f64;
    Option<u64>: catch_opt_u64 caught_opt_u64;
    Option<char>: catch_opt_char caught_opt_char;
    Option<String>: catch_opt_string caught_opt_string;
    Option<Vec<i16>>: catch_opt_numbers caught_opt_numbers;
    Vec<String>: catch_strings caught_strings;
    Vec<f64>: catch_numbers caught_numbers;
    Option<Shape>: catch_opt_shape caught_opt_shape;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn caught_point() -> Result<Point, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn caught_opt_point() -> Result<Option<Point>, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn caught_values() -> Result<Vec<JsValue>, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn caught_things(v: Vec<Thing>) -> Result<Vec<Thing>, JsValue>;
}

#[wasm_bindgen]
pub fn catch_point() -> Result<i32, JsValue> {
    caught_point().map(|p| p.x)
}

#[wasm_bindgen]
pub fn catch_opt_point() -> Result<Option<i32>, JsValue> {
    caught_opt_point().map(|p| p.map(|p| p.x))
}

#[wasm_bindgen]
pub fn catch_values() -> Result<Vec<JsValue>, JsValue> {
    caught_values()
}

#[wasm_bindgen]
pub fn catch_things(v: Vec<Thing>) -> Result<Vec<Thing>, JsValue> {
    caught_things(v)
}

/// Snippets: every kind of item of a module. (Macros up to 0.2.91 record the import of `default` as one of `_default`.)
#[wasm_bindgen(inline_js = "
    export function inlineAdd(a, b) { return a + b; }
    export class InlineClass {
        constructor(v) { this.v = v; }
        static make(v) { return new InlineClass(v * 2); }
        twice() { return this.v * 2; }
        static count = 3;
    }
    export const inlineSpace = { inner: { call(v) { return `${this.name} ${v}`; }, name: 'inner' } };
    export const INLINE_STATIC = 'inline static';
    function inlineDefault(v) { return `default ${v}`; }
    export { inlineAdd as 'inline-dashed', inlineDefault as default, inlineDefault as _default };
")]
extern "C" {
    fn inlineAdd(a: i32, b: i32) -> i32;
    #[wasm_bindgen(js_name = default)]
    fn inline_default(v: &str) -> String;
    type InlineClass;
    #[wasm_bindgen(constructor)]
    fn new(v: i32) -> InlineClass;
    #[wasm_bindgen(static_method_of = InlineClass)]
    fn make(v: i32) -> InlineClass;
    #[wasm_bindgen(static_method_of = InlineClass, getter)]
    fn count() -> i32;
    #[wasm_bindgen(method)]
    fn twice(this: &InlineClass) -> i32;
    #[wasm_bindgen(js_namespace = ["inlineSpace", "inner"], js_name = call)]
    fn inline_call(v: u8) -> String;
    static INLINE_STATIC: String;
}

#[wasm_bindgen]
pub fn inline_all(v: i32) -> String {
    let made = InlineClass::make(v);
    let is = AsRef::<JsValue>::as_ref(&made).is_instance_of::<InlineClass>();
    let sum = inlineAdd(InlineClass::new(v).twice(), made.twice());
    let fixed = INLINE_STATIC.clone();
    format!("{sum} {is} {} {} {} {fixed}", InlineClass::count(), inline_default("d"), inline_call(7))
}

#[wasm_bindgen(module = "/src/local.js")]
extern "C" {
    #[wasm_bindgen(js_name = localConcat)]
    fn local_concat(a: &str, b: Option<String>) -> String;
    #[wasm_bindgen(catch)]
    fn localFail(v: i32) -> Result<Option<i32>, JsValue>;
}

#[wasm_bindgen]
pub fn local_all(v: i32) -> Result<String, JsValue> {
    Ok(format!("{} {:?}", local_concat("é", Some(v.to_string())), localFail(v)?))
}
