//! Exported structs: constructors, methods, fields, ownership, borrowing, finalisation.

use std::cell::Cell;
use wasm_bindgen::prelude::*;

thread_local! {
    static DROPS: Cell<u32> = const { Cell::new(0) };
    static NEXT_ID: Cell<u32> = const { Cell::new(1) };
}

/// How many `Counter`s have been dropped so far.
#[wasm_bindgen]
pub fn counter_drops() -> u32 {
    DROPS.with(|n| n.get())
}

#[wasm_bindgen]
pub struct Counter {
    pub count: u32,
    pub step: f64,
    pub on: bool,
    pub big: u64,
    pub maybe: Option<i32>,
    #[wasm_bindgen(readonly)]
    pub id: u32,
    #[wasm_bindgen(getter_with_clone)]
    pub label: String,
    #[wasm_bindgen(getter_with_clone)]
    pub bytes: Vec<u8>,
    #[wasm_bindgen(getter_with_clone)]
    pub value: JsValue,
    #[wasm_bindgen(js_name = camelCase)]
    pub snake_case: i8,
    #[wasm_bindgen(getter_with_clone)]
    pub inner: Inner,
    #[wasm_bindgen(skip)]
    pub hidden: i32,
}

/// A struct that is a field of another one: the getter copies it.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub struct Inner {
    pub n: i32,
}

#[wasm_bindgen]
impl Inner {
    #[wasm_bindgen(constructor)]
    pub fn new(n: i32) -> Inner {
        Inner { n }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        DROPS.with(|n| n.set(n.get() + 1));
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn during() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_counter(c: Counter) -> Counter;
}

#[wasm_bindgen]
impl Counter {
    #[wasm_bindgen(constructor)]
    pub fn new(label: String, count: u32) -> Counter {
        let id = NEXT_ID.with(|n| n.replace(n.get() + 1));
        Counter {
            count,
            step: 1.0,
            on: true,
            big: 0,
            maybe: None,
            id,
            label,
            bytes: vec![1, 2, 3],
            value: JsValue::UNDEFINED,
            snake_case: -1,
            inner: Inner { n: 5 },
            hidden: 42,
        }
    }

    /// A static method that makes one.
    pub fn zero() -> Counter {
        Counter::new(String::from("zero"), 0)
    }

    /// A static method of numbers.
    pub fn add(a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }

    pub fn read(&self) -> u32 {
        self.count
    }

    pub fn increment(&mut self, by: u32) -> u32 {
        self.count = self.count.wrapping_add(by);
        self.count
    }

    #[wasm_bindgen(js_name = describeIt)]
    pub fn describe(&self, prefix: &str) -> String {
        format!("{prefix}{}={}", self.label, self.count)
    }

    /// Consumes the object.
    pub fn finish(self) -> String {
        format!("finished {}", self.count)
    }

    /// Consumes the object and makes another.
    pub fn renamed(self, label: &str) -> Counter {
        Counter::new(label.to_owned(), self.count)
    }

    #[wasm_bindgen(getter)]
    pub fn twice(&self) -> u32 {
        self.count * 2
    }

    #[wasm_bindgen(setter)]
    pub fn set_twice(&mut self, v: u32) {
        self.count = v / 2;
    }

    #[wasm_bindgen(getter, js_name = upperLabel)]
    pub fn upper_label(&self) -> String {
        self.label.to_uppercase()
    }

    pub fn absorb(&mut self, other: Counter) -> u32 {
        self.count += other.count;
        self.count
    }

    pub fn same(&self, other: &Counter) -> bool {
        std::ptr::eq(self, other)
    }

    pub fn swap(&mut self, other: &mut Counter) {
        std::mem::swap(&mut self.count, &mut other.count);
    }

    /// Runs the import `wbt.during` while the object is borrowed for writing; what it threw, or "ok".
    pub fn borrow_mut_during(&mut self) -> JsValue {
        self.count += 1;
        match during() {
            Ok(_) => JsValue::from_str("ok"),
            Err(e) => e,
        }
    }

    /// The same while it is borrowed for reading.
    pub fn borrow_during(&self) -> JsValue {
        match during() {
            Ok(_) => JsValue::from_str("ok"),
            Err(e) => e,
        }
    }
}

#[wasm_bindgen]
pub fn counter_value(c: Counter) -> u32 {
    c.count
}

#[wasm_bindgen]
pub fn counter_ref(c: &Counter) -> String {
    c.label.clone()
}

#[wasm_bindgen]
pub fn counter_mut(c: &mut Counter, n: u32) {
    c.count = n;
}

#[wasm_bindgen]
pub fn counter_two(a: &Counter, b: Counter, c: &mut Counter) -> u32 {
    c.count = a.count + b.count;
    c.count
}

#[wasm_bindgen]
pub fn counter_make(label: &str, n: u32) -> Counter {
    Counter::new(label.to_owned(), n)
}

/// Through the import `wbt.take_counter` and back.
#[wasm_bindgen]
pub fn counter_call(label: &str, n: u32) -> String {
    take_counter(Counter::new(label.to_owned(), n)).describe("")
}

/// The conversion of a struct into a JavaScript value.
#[wasm_bindgen]
pub fn counter_as_value(n: u32) -> JsValue {
    JsValue::from(Counter::new(String::from("value"), n))
}

/// Rust name and JavaScript name differ.
#[wasm_bindgen(js_name = Renamed)]
pub struct Original {
    n: i32,
}

#[wasm_bindgen(js_class = Renamed)]
impl Original {
    #[wasm_bindgen(constructor)]
    pub fn new(n: i32) -> Original {
        Original { n }
    }

    pub fn get(&self) -> i32 {
        self.n
    }
}

#[wasm_bindgen]
pub fn renamed_value(r: Original) -> i32 {
    r.n
}

/// No constructor, no fields.
#[wasm_bindgen]
pub struct Opaque(i32);

#[wasm_bindgen]
pub fn opaque_make(n: i32) -> Opaque {
    Opaque(n)
}

#[wasm_bindgen]
pub fn opaque_get(o: &Opaque) -> i32 {
    o.0
}

/// A constructor that can fail.
#[wasm_bindgen]
pub struct Even {
    #[wasm_bindgen(readonly)]
    pub n: i32,
}

#[wasm_bindgen]
impl Even {
    #[wasm_bindgen(constructor)]
    pub fn new(n: i32) -> Result<Even, JsError> {
        if n % 2 == 0 {
            Ok(Even { n })
        } else {
            Err(JsError::new("odd"))
        }
    }

    pub fn half(&self) -> Result<Even, JsError> {
        Even::new(self.n / 2)
    }
}
