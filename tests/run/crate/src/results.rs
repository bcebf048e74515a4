//! `Result` as the result of exports, with `JsError` and with any JavaScript value as the error.

use crate::types::{Point, Thing};
use wasm_bindgen::prelude::*;

/// For each result type one function with `JsError` and one with a thrown value of the caller's choice.
macro_rules! result {
    ($($error:ident $value:ident $t:ty = $make:expr;)*) => { $(
        #[wasm_bindgen]
        pub fn $error(ok: bool) -> Result<$t, JsError> {
            if ok { Ok($make) } else { Err(JsError::new("refused: \u{e9}\u{1f600}")) }
        }
        #[wasm_bindgen]
        pub fn $value(ok: bool, thrown: JsValue) -> Result<$t, JsValue> {
            if ok { Ok($make) } else { Err(thrown) }
        }
    )* };
}

result! {
    res_unit resv_unit () = ();
    res_bool resv_bool bool = true;
    res_i8 resv_i8 i8 = -8;
    res_i32 resv_i32 i32 = i32::MIN;
    res_u32 resv_u32 u32 = u32::MAX;
    res_i64 resv_i64 i64 = i64::MIN;
    res_u64 resv_u64 u64 = u64::MAX;
    res_usize resv_usize usize = 3_000_000_000;
    res_f32 resv_f32 f32 = 0.1;
    res_f64 resv_f64 f64 = 0.1;
    res_string resv_string String = String::from("h\u{e9}llo");
    res_bytes resv_bytes Vec<u8> = vec![1, 2, 255];
    res_doubles resv_doubles Box<[f64]> = vec![0.5, -0.5].into_boxed_slice();
    res_bigs resv_bigs Vec<u64> = vec![0, u64::MAX];
    res_strings resv_strings Vec<String> = vec![String::from("a"), String::new()];
    res_values resv_values Vec<JsValue> = vec![JsValue::NULL, JsValue::from(1)];
    res_points resv_points Vec<Point> = vec![Point::new(1, 2.0)];
    res_point resv_point Point = Point::new(3, 4.0);
    res_value resv_value JsValue = JsValue::from_str("value");
    res_undefined resv_undefined JsValue = JsValue::UNDEFINED;
}

/// Imported type in, imported type out.
#[wasm_bindgen]
pub fn res_thing(t: Thing, limit: u32) -> Result<Thing, JsError> {
    if t.size() <= limit {
        Ok(t)
    } else {
        Err(JsError::new("too large"))
    }
}

/// `?` on a Rust error.
#[wasm_bindgen]
pub fn res_parse(text: &str) -> Result<i32, JsError> {
    Ok(text.trim().parse::<i32>()?)
}

/// Borrowed arguments and an error: the clean-up must run after the throw as well.
#[wasm_bindgen]
pub fn res_borrowed(a: &JsValue, b: &JsValue, text: &str, ok: bool) -> Result<String, JsValue> {
    if ok {
        Ok(format!("{}{text}{}", a.is_null(), b.is_undefined()))
    } else {
        Err(a.clone())
    }
}

/// An exception that Rust throws in the middle of a function without `Result`.
#[wasm_bindgen]
pub fn throw_text(message: &str) -> u32 {
    wasm_bindgen::throw_str(message)
}

#[wasm_bindgen]
pub fn throw_value(value: JsValue) -> u32 {
    wasm_bindgen::throw_val(value)
}

/// The value that a `JsError` becomes.
#[wasm_bindgen]
pub fn error_value(message: &str) -> JsValue {
    JsError::new(message).into()
}

/// `unwrap_throw` and `expect_throw` of the crate.
#[wasm_bindgen]
pub fn expect_number(v: JsValue) -> f64 {
    v.as_f64().expect_throw("not a number")
}
