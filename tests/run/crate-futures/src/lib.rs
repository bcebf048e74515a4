//! Futures: asynchronous exports and imports, promises awaited in Rust, tasks.

use js_sys::{Array, Promise, Uint16Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local, JsFuture};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn note(text: &str);
    #[wasm_bindgen(js_namespace = wbt)]
    fn promise_of(n: u32) -> Promise;
    #[wasm_bindgen(js_namespace = wbt)]
    async fn import_value(n: u32) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    async fn import_result(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = wbt)]
    async fn import_unit();
}

thread_local! {
    static LIVE: Cell<i32> = const { Cell::new(0) };
}

struct Token;

impl Token {
    fn new() -> Token {
        LIVE.with(|n| n.set(n.get() + 1));
        Token
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        LIVE.with(|n| n.set(n.get() - 1));
    }
}

/// How many futures have not been freed.
#[wasm_bindgen]
pub fn futures_alive() -> i32 {
    LIVE.with(|n| n.get())
}

#[wasm_bindgen]
pub fn handles_alive() -> u32 {
    wasm_bindgen::externref_heap_live_count()
}

/// Grows the memory by `pages`.
#[wasm_bindgen]
pub fn grow(pages: usize) -> bool {
    core::arch::wasm32::memory_grow(0, pages) != usize::MAX
}

#[wasm_bindgen]
pub async fn nothing() {}

#[wasm_bindgen]
pub async fn number(n: u32) -> u32 {
    n.wrapping_add(1)
}

#[wasm_bindgen]
pub async fn text(s: String) -> String {
    format!("<{s}>")
}

#[wasm_bindgen]
pub async fn text_ref(s: &str) -> String {
    note("begins");
    JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap_throw();
    format!("<{s}>")
}

#[wasm_bindgen]
pub async fn value_ref(v: &JsValue) -> JsValue {
    JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap_throw();
    v.clone()
}

#[wasm_bindgen]
pub async fn bytes(data: Vec<u8>) -> Uint16Array {
    JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap_throw();
    // Not from a slice: js-sys up to 0.3.78 holds a view of memory across crossings there (docs/upstream/detach.md 6).
    let doubled = Uint16Array::new_with_length(data.len() as u32);
    for (i, byte) in data.iter().enumerate() {
        doubled.set_index(i as u32, *byte as u16 * 2);
    }
    doubled
}

#[wasm_bindgen]
pub async fn option(n: Option<f64>) -> Option<f64> {
    n.map(|n| n * 2.0)
}

#[wasm_bindgen]
pub async fn result(n: i32) -> Result<String, JsValue> {
    JsFuture::from(Promise::resolve(&JsValue::NULL)).await?;
    if n < 0 {
        Err(JsValue::from(n))
    } else {
        Ok(format!("number {n}"))
    }
}

/// What the promise settles to, as text.
#[wasm_bindgen]
pub async fn settle(promise: Promise) -> String {
    match JsFuture::from(promise).await {
        Ok(v) => format!("ok {}", v.as_string().unwrap_or_else(|| format!("{v:?}"))),
        Err(e) => format!("error {}", e.as_string().unwrap_or_else(|| format!("{e:?}"))),
    }
}

/// The same as a promise made by hand.
#[wasm_bindgen]
pub fn settle_by_hand(promise: Promise) -> Promise {
    let token = Token::new();
    future_to_promise(async move {
        let _token = token;
        let value = JsFuture::from(promise).await?;
        if value.is_falsy() {
            Err(value)
        } else {
            Ok(value)
        }
    })
}

/// The sum of what `n` promises give, awaited one after the other.
#[wasm_bindgen]
pub async fn sum(n: u32) -> f64 {
    let mut sum = 0.0;
    for i in 0..n {
        sum += JsFuture::from(promise_of(i)).await.unwrap_throw().as_f64().unwrap_throw();
    }
    sum
}

/// All at once, collected by tasks; settles when the last has.
#[wasm_bindgen]
pub async fn gather(n: u32) -> Array {
    let results: Rc<RefCell<Vec<JsValue>>> = Rc::default();
    let done = Promise::new(&mut |resolve, _reject| {
        for i in 0..n {
            let (results, resolve, token) = (results.clone(), resolve.clone(), Token::new());
            spawn_local(async move {
                let _token = token;
                let value = JsFuture::from(promise_of(i)).await.unwrap_throw();
                results.borrow_mut().push(value);
                if results.borrow().len() == n as usize {
                    resolve.call0(&JsValue::UNDEFINED).unwrap_throw();
                }
            });
        }
    });
    JsFuture::from(done).await.unwrap_throw();
    let array = Array::new();
    for value in results.borrow().iter() {
        array.push(value);
    }
    array
}

/// Tasks run after the caller has returned, in the order in which they were spawned.
#[wasm_bindgen]
pub fn spawn(names: Vec<JsValue>) {
    for name in names {
        let name = name.as_string().unwrap_throw();
        spawn_local(async move {
            note(&format!("{name} begins"));
            JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap_throw();
            note(&format!("{name} ends"));
        });
    }
    note("spawned");
}

#[wasm_bindgen]
pub async fn call_imports(n: u32) -> String {
    let first = import_value(n).await;
    let second = import_result("text").await;
    import_unit().await;
    format!("{first:?} {second:?}")
}

#[wasm_bindgen]
pub struct Machine {
    state: u32,
}

#[wasm_bindgen]
impl Machine {
    #[wasm_bindgen(constructor)]
    pub fn new(state: u32) -> Machine {
        Machine { state }
    }

    pub async fn read(&self) -> u32 {
        JsFuture::from(promise_of(self.state)).await.unwrap_throw();
        self.state
    }

    pub async fn advance(&mut self, by: u32) -> u32 {
        JsFuture::from(promise_of(by)).await.unwrap_throw();
        self.state += by;
        self.state
    }

    pub async fn finish(self) -> u32 {
        self.state
    }

    #[wasm_bindgen(js_name = open)]
    pub async fn open(state: u32) -> Machine {
        Machine { state }
    }
}
