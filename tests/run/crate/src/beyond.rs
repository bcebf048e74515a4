//! Bindings one step further: options of strings, vectors, structs and imported types; setters, constructors, static
//! methods and `instanceof` of imported types.

use crate::types::{Point, Thing};
use wasm_bindgen::prelude::*;
use wasm_bindgen::JsCast;

macro_rules! option {
    ($($t:ty: $show:ident $echo:ident $call:ident $take:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take(v: Option<$t>) -> Option<$t>;
        }
        #[wasm_bindgen]
        pub fn $show(v: Option<$t>) -> bool {
            v.is_some()
        }
        #[wasm_bindgen]
        pub fn $echo(v: Option<$t>) -> Option<$t> {
            v
        }
        #[wasm_bindgen]
        pub fn $call(v: Option<$t>) -> Option<$t> {
            $take(v)
        }
    )* };
}

option! {
    String: some_string maybe_string call_maybe_string take_maybe_string;
    Vec<u8>: some_bytes maybe_bytes call_maybe_bytes take_maybe_bytes;
    Box<[f64]>: some_doubles maybe_doubles call_maybe_doubles take_maybe_doubles;
    Vec<i64>: some_bigs maybe_bigs call_maybe_bigs take_maybe_bigs;
    Vec<String>: some_strings maybe_strings call_maybe_strings take_maybe_strings;
    Vec<JsValue>: some_values maybe_values call_maybe_values take_maybe_values;
    Vec<Point>: some_points maybe_points call_maybe_points take_maybe_points;
    Point: some_point maybe_point call_maybe_point take_maybe_point;
    Thing: some_thing maybe_thing call_maybe_thing take_maybe_thing;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_maybe_str(s: Option<&str>) -> Option<String>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_maybe_slice(s: Option<&[u8]>);
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_maybe_thing_ref(t: Option<&Thing>) -> bool;

    #[wasm_bindgen(constructor, js_namespace = wbt)]
    fn new(name: &str, size: u32) -> Thing;
    #[wasm_bindgen(constructor, js_namespace = wbt, catch)]
    fn try_new(name: &str, size: i32) -> Result<Thing, JsValue>;
    #[wasm_bindgen(static_method_of = Thing, js_namespace = wbt)]
    fn make(size: u32) -> Thing;
    #[wasm_bindgen(static_method_of = Thing, js_namespace = wbt, js_name = countAll)]
    fn count_all() -> u32;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Thing, name: &str);
    #[wasm_bindgen(method, setter, js_name = size)]
    fn put_size(this: &Thing, size: u32);
}

#[wasm_bindgen]
pub fn call_maybe_str(s: Option<String>) -> Option<String> {
    take_maybe_str(s.as_deref())
}

#[wasm_bindgen]
pub fn call_maybe_slice(s: Option<Vec<u8>>) {
    take_maybe_slice(s.as_deref())
}

#[wasm_bindgen]
pub fn call_maybe_thing_ref(t: Option<Thing>) -> bool {
    take_maybe_thing_ref(t.as_ref())
}

/// Several options in one call.
#[wasm_bindgen]
pub fn maybe_mixed(a: Option<String>, b: u8, c: Option<Vec<u8>>, d: Option<Point>) -> String {
    format!("{a:?} {b} {c:?} {:?}", d.map(|p| p.x))
}

#[wasm_bindgen]
pub fn maybe_result(ok: bool, some: bool) -> Result<Option<String>, JsError> {
    if ok {
        Ok(some.then(|| String::from("some")))
    } else {
        Err(JsError::new("neither"))
    }
}

#[wasm_bindgen]
pub fn thing_new(name: &str, size: u32) -> Thing {
    Thing::new(name, size)
}

#[wasm_bindgen]
pub fn thing_try_new(name: &str, size: i32) -> Result<Thing, JsValue> {
    Thing::try_new(name, size)
}

#[wasm_bindgen]
pub fn thing_make(size: u32) -> Thing {
    Thing::make(size)
}

#[wasm_bindgen]
pub fn thing_count() -> u32 {
    Thing::count_all()
}

#[wasm_bindgen]
pub fn thing_set(t: &Thing, name: &str, size: u32) {
    t.set_name(name);
    t.put_size(size);
}

#[wasm_bindgen]
pub fn is_thing(v: &JsValue) -> bool {
    v.is_instance_of::<Thing>()
}

/// A checked cast: the size, or the value itself if it is something else.
#[wasm_bindgen]
pub fn thing_cast(v: JsValue) -> Result<u32, JsValue> {
    v.dyn_into::<Thing>().map(|t| t.size())
}
