//! Names that clash with what the glue itself calls things, and names that JavaScript does not have.

#![allow(non_snake_case, clippy::too_many_arguments)]

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    fn ret(v: i32) -> i32;
    fn arg0(v: i32) -> Option<f64>;
    fn retptr(v: i32) -> String;
    fn import0(v: &str) -> String;
    fn memory(v: i32) -> i32;
    fn wasm(v: i32) -> i32;
    fn heap(v: JsValue) -> JsValue;
    #[wasm_bindgen(js_name = memData)]
    fn view(v: i32) -> i32;
    fn taken(a: &[u8], s: String) -> u32;
    #[wasm_bindgen(js_namespace = wbn, js_name = "__proto__")]
    fn proto(v: i32) -> i32;

    #[wasm_bindgen(js_name = value)]
    type Value;
    #[wasm_bindgen(constructor, js_class = "value")]
    fn new() -> Value;
}

#[wasm_bindgen]
pub fn call_all(v: i32) -> Vec<JsValue> {
    vec![
        ret(v).into(),
        format!("{:?}", arg0(v)).into(),
        retptr(v).into(),
        import0("x").into(),
        memory(v).into(),
        wasm(v).into(),
        heap(v.into()),
        view(v).into(),
        taken(&[1, 2, 3], "four".to_string()).into(),
        proto(v).into(),
        Value::new().is_instance_of::<Value>().into(),
    ]
}

/// Ends the comment */ or does it?
#[doc = "/ a line that begins with a slash"]
#[doc = "/"]
/** and *\/ one more */
#[wasm_bindgen]
pub fn documented(function: i32, wasm: i32, _ret: i32) -> i32 {
    function + wasm + _ret
}

#[wasm_bindgen(js_name = "delete")]
pub fn reserved(v: i32) -> i32 {
    v + 1
}

#[cfg(feature = "younger")]
#[wasm_bindgen(js_name = "not-an-identifier")]
pub fn dashed(v: i32) -> i32 {
    v + 2
}

#[wasm_bindgen(js_name = "__proto__")]
pub fn proto_export(v: i32) -> i32 {
    v + 3
}

/// Glue and declarations of every class mention the global of that name.
#[wasm_bindgen(js_name = Symbol)]
pub fn symbol(v: i32) -> i32 {
    v + 8
}

#[wasm_bindgen(js_name = takeHandle)]
pub fn take_handle(v: Option<String>, last: Option<i32>) -> Option<String> {
    v.map(|v| format!("{v}{last:?}"))
}

/// A class of a reserved name.
#[wasm_bindgen(js_name = "undefined")]
pub struct With(i32);

#[wasm_bindgen(js_class = "undefined")]
impl With {
    #[wasm_bindgen(constructor)]
    pub fn new(v: i32) -> With {
        With(v)
    }
    #[wasm_bindgen(getter, js_name = "__proto__")]
    pub fn proto(&self) -> i32 {
        self.0
    }
    pub fn add(&self, other: &With) -> With {
        With(self.0 + other.0)
    }
}

#[cfg(feature = "younger")]
#[wasm_bindgen(js_class = "undefined")]
impl With {
    #[wasm_bindgen(js_name = "a method")]
    pub fn method(&self, other: &With) -> With {
        With(self.0 + other.0)
    }
    #[wasm_bindgen(js_name = "[Symbol.toPrimitive]")]
    pub fn primitive(&self, _hint: &str) -> i32 {
        self.0
    }
}

#[cfg(feature = "younger")]
#[wasm_bindgen]
impl Foo {
    #[wasm_bindgen(getter, js_name = "a field")]
    pub fn text_field(&self) -> i32 {
        self.field
    }
}

#[wasm_bindgen(inspectable)]
pub struct Foo {
    #[wasm_bindgen(js_name = "__proto__")]
    pub proto: i32,
    pub field: i32,
}

#[wasm_bindgen]
impl Foo {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Foo {
        Foo { proto: 5, field: 6 }
    }
}

#[cfg(feature = "unit")]
#[wasm_bindgen]
pub struct Unit {
    pub unit: (),
    pub calls: i32,
}

#[cfg(feature = "unit")]
#[wasm_bindgen]
impl Unit {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Unit {
        Unit { unit: (), calls: 0 }
    }
}

#[cfg(feature = "unit")]
#[wasm_bindgen]
impl Unit {
    #[wasm_bindgen(setter)]
    pub fn set_nothing(&mut self, _v: ()) {
        self.calls += 1;
    }
}

#[cfg(feature = "younger")]
#[wasm_bindgen]
pub fn overridden(
    first: Option<i32>,
    #[wasm_bindgen(unchecked_param_type = "1 | 2")] second: i32,
    #[wasm_bindgen(param_description = "the last one")] wasm: Option<i32>,
) -> i32 {
    first.unwrap_or(1) * second * wasm.unwrap_or(1)
}

/// Called as the registry of the class above could be.
#[wasm_bindgen]
pub fn FooFinalization() -> i32 {
    7
}

#[cfg(feature = "init-sync")]
#[wasm_bindgen(js_name = initSync)]
pub fn init_sync() {}

#[cfg(feature = "default-export")]
#[wasm_bindgen(js_name = "default")]
pub fn default_export() {}

#[cfg(feature = "two-constructors")]
#[wasm_bindgen]
impl Foo {
    #[wasm_bindgen(constructor)]
    pub fn other() -> Foo {
        Foo::new()
    }
}

#[cfg(feature = "constructor-method")]
#[wasm_bindgen]
impl Foo {
    #[wasm_bindgen(js_name = "constructor")]
    pub fn method(&self) {}
}

#[cfg(feature = "static-prototype")]
#[wasm_bindgen]
impl Foo {
    #[wasm_bindgen(js_name = "prototype")]
    pub fn prototype() {}
}

#[cfg(feature = "class-and-function")]
#[wasm_bindgen(js_name = "Foo")]
pub fn foo() {}

#[cfg(feature = "setter-of-two")]
#[wasm_bindgen]
impl Foo {
    #[wasm_bindgen(setter)]
    pub fn set_two(&mut self, a: i32, b: i32) {
        self.field = a + b;
    }
}
