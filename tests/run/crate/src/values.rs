//! What the crate itself does with a `JsValue`: tests, reading, making, operators, conversions.

use wasm_bindgen::prelude::*;

/// The names of the tests that hold for `v`.
#[wasm_bindgen]
pub fn value_tests(v: &JsValue) -> String {
    let tests = [
        ("undefined", v.is_undefined()),
        ("null", v.is_null()),
        ("object", v.is_object()),
        ("array", v.is_array()),
        ("function", v.is_function()),
        ("string", v.is_string()),
        ("symbol", v.is_symbol()),
        ("bigint", v.is_bigint()),
        ("truthy", v.is_truthy()),
        ("falsy", v.is_falsy()),
    ];
    let held: Vec<&str> = tests.iter().filter(|t| t.1).map(|t| t.0).collect();
    held.join(" ")
}

/// The number, string or boolean that `v` is.
#[wasm_bindgen]
pub fn value_read(v: &JsValue) -> String {
    format!("{:?} {:?} {:?}", v.as_f64(), v.as_string(), v.as_bool())
}

#[wasm_bindgen]
pub fn value_debug(v: &JsValue) -> String {
    format!("{v:?}")
}

#[wasm_bindgen]
pub fn value_typeof(v: &JsValue) -> JsValue {
    v.js_typeof()
}

#[wasm_bindgen]
pub fn value_in(key: &JsValue, object: &JsValue) -> bool {
    key.js_in(object)
}

/// `===` `==` `<` `<=` `>` `>=`, one digit each.
#[wasm_bindgen]
pub fn value_compare(a: &JsValue, b: &JsValue) -> String {
    let tests = [a == b, a.loose_eq(b), a.lt(b), a.le(b), a.gt(b), a.ge(b)];
    tests.iter().map(|t| if *t { '1' } else { '0' }).collect()
}

/// Equality with Rust values.
#[wasm_bindgen]
pub fn value_equals(v: &JsValue) -> String {
    format!("{} {} {}", *v == 1.5, *v == "text", *v == true)
}

#[wasm_bindgen]
pub fn value_binary(op: &str, a: &JsValue, b: &JsValue) -> JsValue {
    match op {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "**" => a.pow(b),
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        "<<" => a << b,
        ">>" => a >> b,
        ">>>" => JsValue::from(a.unsigned_shr(b)),
        "checked /" => a.checked_div(b),
        _ => JsValue::NULL,
    }
}

#[wasm_bindgen]
pub fn value_unary(op: &str, v: &JsValue) -> JsValue {
    match op {
        "-" => -v,
        "~" => v.bit_not(),
        "!" => JsValue::from(!v),
        "try +" => match f64::try_from(v) {
            Ok(n) => JsValue::from(n),
            Err(e) => e,
        },
        _ => JsValue::NULL,
    }
}

/// The four conversions to big integers, each in words.
#[wasm_bindgen]
pub fn value_bigints(v: &JsValue) -> String {
    let i = i64::try_from(v.clone()).ok();
    let u = u64::try_from(v.clone()).ok();
    let ii = i128::try_from(v.clone()).ok();
    let uu = u128::try_from(v.clone()).ok();
    format!("{i:?} {u:?} {ii:?} {uu:?}")
}

#[wasm_bindgen]
pub fn value_string(v: JsValue) -> Result<String, JsValue> {
    String::try_from(v)
}

/// A value made in Rust, by name.
#[wasm_bindgen]
pub fn value_make(kind: &str) -> JsValue {
    match kind {
        "undefined" => JsValue::UNDEFINED,
        "null" => JsValue::NULL,
        "true" => JsValue::TRUE,
        "false" => JsValue::FALSE,
        "from_bool" => JsValue::from_bool(true),
        "from_str" => JsValue::from_str("str \u{e9}\u{4e2d}\u{1f600}\0"),
        "String" => JsValue::from(String::from("string")),
        "from_f64" => JsValue::from_f64(-0.5),
        "nan" => JsValue::from_f64(f64::NAN),
        "u8" => JsValue::from(255u8),
        "i32" => JsValue::from(i32::MIN),
        "u32" => JsValue::from(u32::MAX),
        "f32" => JsValue::from(0.5f32),
        "usize" => JsValue::from(4_000_000_000usize),
        "isize" => JsValue::from(-5isize),
        "i64" => JsValue::from(i64::MIN),
        "u64" => JsValue::from(u64::MAX),
        "i128" => JsValue::from(i128::MIN),
        "u128" => JsValue::from(u128::MAX),
        "i128 -1" => JsValue::from(-1i128),
        "bigint" => JsValue::bigint_from_str("123456789012345678901234567890"),
        "symbol" => JsValue::symbol(Some("named")),
        "symbol anonymous" => JsValue::symbol(None),
        _ => JsValue::from_str("test program: no such kind"),
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn keep_value(v: JsValue);
}

/// A value that only Rust ever owned: made, cloned, passed on, dropped.
#[wasm_bindgen]
pub fn value_pass(n: u32) {
    for i in 0..n {
        let v = JsValue::from(f64::from(i));
        keep_value(v.clone());
        drop(v);
    }
}

/// Vectors of numbers as JavaScript values.
#[cfg(feature = "since93")]
#[wasm_bindgen]
pub fn value_array(kind: &str) -> JsValue {
    match kind {
        "u8" => JsValue::from(vec![0u8, 255]),
        "i16" => JsValue::from(vec![i16::MIN, i16::MAX]),
        "u32" => JsValue::from(vec![u32::MAX]),
        "i64" => JsValue::from(vec![i64::MIN, i64::MAX]),
        "u64" => JsValue::from(vec![u64::MAX]),
        "f32" => JsValue::from(vec![0.5f32]),
        "f64" => JsValue::from(vec![0.1f64, f64::NAN]),
        "empty" => JsValue::from(Vec::<f64>::new()),
        "strings" => JsValue::from(vec![String::from("a"), String::from("b\u{e9}")]),
        "values" => JsValue::from(vec![JsValue::NULL, JsValue::from(7)]),
        _ => JsValue::UNDEFINED,
    }
}

/// What the module itself consists of.
#[wasm_bindgen]
pub fn value_exports() -> JsValue {
    wasm_bindgen::exports()
}

#[wasm_bindgen]
pub fn value_table() -> JsValue {
    wasm_bindgen::function_table()
}

#[cfg(all(feature = "since100", not(feature = "bundler")))]
#[wasm_bindgen]
pub fn value_module() -> JsValue {
    wasm_bindgen::module()
}

#[cfg(all(feature = "since121", not(feature = "bundler")))]
#[wasm_bindgen]
pub fn value_instance() -> JsValue {
    wasm_bindgen::instance()
}

/// How many values Rust holds while it holds `n` clones of `v`.
#[wasm_bindgen]
pub fn value_live(v: &JsValue, n: u32) -> u32 {
    let held: Vec<JsValue> = (0..n).map(|_| v.clone()).collect();
    let live = wasm_bindgen::externref_heap_live_count();
    drop(held);
    live
}

#[cfg(feature = "since114")]
#[wasm_bindgen]
pub fn value_is_nullish(v: &JsValue) -> bool {
    v.is_null_or_undefined()
}
