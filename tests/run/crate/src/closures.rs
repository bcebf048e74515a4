//! Closures: lent for one call, owned, once; what they take and return; called again while they run, dropped early, late, while
//! they run, by the garbage collector.

use crate::types::{Point, Thing};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Valid during the call.
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_plain(f: &dyn Fn());
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_numbers(f: &dyn Fn(u8, i32, u64, f32, bool, char) -> f64) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_unsigned(f: &dyn Fn(u32) -> u32) -> u32;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_options(f: &dyn Fn(Option<u32>, Option<f64>, Option<String>) -> Option<i64>) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_text(f: &dyn Fn(String) -> String) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_bytes(f: &dyn Fn(Vec<u8>, Box<[f64]>) -> Vec<u16>) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_value(f: &dyn Fn(JsValue, JsValue) -> JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_value_ref(f: &dyn Fn(&JsValue) -> JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_thing(f: &dyn Fn(Thing) -> Option<Thing>) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_point(f: &dyn Fn(Point) -> Point) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_point_ref(f: &dyn Fn(&Point) -> i32) -> i32;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_result(f: &dyn Fn(i32) -> Result<u32, JsValue>) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_result_text(f: &dyn Fn(i32) -> Result<String, JsValue>) -> JsValue;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_seven(f: &dyn Fn(i32, i32, i32, i32, i32, i32, i32) -> i32) -> i32;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_counter(f: &mut dyn FnMut(u32) -> u32);
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_counter_text(f: &mut dyn FnMut(&JsValue) -> String) -> String;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_two(a: &mut dyn FnMut(i32), text: &str, b: &dyn Fn() -> i32, c: &JsValue);
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn with_catch(f: &mut dyn FnMut()) -> Result<f64, JsValue>;
    #[wasm_bindgen(js_namespace = wbt, catch)]
    fn with_catch_i64(f: &dyn Fn()) -> Result<i64, JsValue>;
    #[wasm_bindgen(js_namespace = wbt)]
    fn with_view(bytes: &[u8], f: &dyn Fn(usize)) -> u32;
    #[wasm_bindgen(method, js_name = each)]
    fn method_each(this: &Thing, f: &mut dyn FnMut(JsValue));
    #[wasm_bindgen(js_namespace = wbt)]
    fn may_fail();

    // Owned ones as arguments.
    #[wasm_bindgen(js_namespace = wbt)]
    fn keep_ref(f: &Closure<dyn FnMut(String)>);
}

thread_local! {
    static LIVE: Cell<i32> = const { Cell::new(0) };
    static KEPT: RefCell<Vec<Option<Box<dyn Any>>>> = const { RefCell::new(Vec::new()) };
}

/// Captured by closures; counts those that have not been freed.
struct Token;

impl Token {
    fn new() -> Token {
        LIVE.with(|n| n.set(n.get() + 1));
        Token
    }

    fn touch(&self) {}
}

impl Drop for Token {
    fn drop(&mut self) {
        LIVE.with(|n| n.set(n.get() - 1));
    }
}

/// How many closures have not been freed.
#[wasm_bindgen]
pub fn closures_alive() -> i32 {
    LIVE.with(|n| n.get())
}

fn keep<T: Any>(closure: T) -> usize {
    KEPT.with(|kept| {
        kept.borrow_mut().push(Some(Box::new(closure)));
        kept.borrow().len() - 1
    })
}

/// Drops the n-th closure that Rust has kept.
#[wasm_bindgen]
pub fn drop_kept(n: usize) {
    let taken = KEPT.with(|kept| kept.borrow_mut()[n].take());
    drop(taken);
}

/// The number that the next kept closure gets.
#[wasm_bindgen]
pub fn next_kept() -> usize {
    KEPT.with(|kept| kept.borrow().len())
}

// ---- valid during one call

#[wasm_bindgen]
pub fn lend_plain() -> u32 {
    let count = Cell::new(0);
    with_plain(&|| count.set(count.get() + 1));
    count.get()
}

#[wasm_bindgen]
pub fn lend_to_all() -> JsValue {
    with_numbers(&|a, b, c, d, e, f| a as f64 + b as f64 + c as f64 + d as f64 + e as u8 as f64 + f as u32 as f64)
}

#[wasm_bindgen]
pub fn lend_unsigned() -> u32 {
    with_unsigned(&|n| n.wrapping_add(1))
}

#[wasm_bindgen]
pub fn lend_options() -> JsValue {
    with_options(&|a, b, c| match (a, b, c) {
        (None, None, None) => None,
        (a, b, c) => Some(a.unwrap_or(0) as i64 + b.unwrap_or(0.0) as i64 + c.map_or(0, |c| c.len() as i64)),
    })
}

#[wasm_bindgen]
pub fn lend_text() -> String {
    with_text(&|s| format!("<{s}>"))
}

#[wasm_bindgen]
pub fn lend_bytes() -> JsValue {
    with_bytes(&|bytes, floats| bytes.iter().map(|b| *b as u16).chain(floats.iter().map(|f| *f as u16)).collect())
}

#[wasm_bindgen]
pub fn lend_value() -> JsValue {
    with_value(&|a, b| if a.is_undefined() { b } else { a })
}

#[wasm_bindgen]
pub fn lend_value_ref() -> JsValue {
    with_value_ref(&|v| v.clone())
}

#[wasm_bindgen]
pub fn lend_thing() -> JsValue {
    with_thing(&|t| if t.size() > 5 { Some(t) } else { None })
}

#[wasm_bindgen]
pub fn lend_point() -> JsValue {
    with_point(&|p| Point::new(p.x + 1, p.y * 2.0))
}

#[wasm_bindgen]
pub fn lend_point_ref() -> i32 {
    with_point_ref(&|p| p.x)
}

#[wasm_bindgen]
pub fn lend_result() -> JsValue {
    with_result(&|n| if n < 0 { Err(JsValue::from(format!("negative: {n}"))) } else { Ok(n as u32 + 0x8000_0000) })
}

#[wasm_bindgen]
pub fn lend_result_text() -> JsValue {
    with_result_text(&|n| if n < 0 { Err(JsValue::from(n)) } else { Ok(format!("number {n}")) })
}

#[wasm_bindgen]
pub fn lend_seven() -> i32 {
    with_seven(&|a, b, c, d, e, f, g| a + 10 * b + 100 * c + 1000 * d + 10_000 * e + 100_000 * f + 1_000_000 * g)
}

#[wasm_bindgen]
pub fn lend_counter() -> u32 {
    let mut sum = 0;
    with_counter(&mut |n| {
        sum += n;
        if n == 99 {
            may_fail();
        }
        sum
    });
    sum
}

#[wasm_bindgen]
pub fn lend_counter_text() -> String {
    let mut texts = Vec::new();
    let last = with_counter_text(&mut |v| {
        texts.push(v.as_string().unwrap_or_default());
        texts.join("+")
    });
    format!("{last}={}", texts.len())
}

#[wasm_bindgen]
pub fn lend_two() -> i32 {
    let shared = Cell::new(1);
    with_two(&mut |n| shared.set(shared.get() * n), "text", &|| shared.get(), &JsValue::from(7));
    shared.get()
}

#[wasm_bindgen]
pub fn lend_catch() -> String {
    let mut calls = 0;
    let result = with_catch(&mut || calls += 1);
    match result {
        Ok(v) => format!("ok {v} after {calls}"),
        Err(e) => format!("error {} after {calls}", e.as_string().unwrap_or_default()),
    }
}

#[wasm_bindgen]
pub fn lend_catch_i64() -> String {
    match with_catch_i64(&|| ()) {
        Ok(v) => format!("ok {v}"),
        Err(e) => format!("error {}", e.as_string().unwrap_or_default()),
    }
}

/// Calls back into Rust, which takes memory, while JavaScript has a view of a slice.
#[wasm_bindgen]
pub fn lend_view(size: usize) -> u32 {
    let bytes: Vec<u8> = (0..size).map(|i| i as u8).collect();
    let kept = RefCell::new(Vec::new());
    with_view(&bytes, &|n| kept.borrow_mut().push(vec![1u8; n]))
}

#[wasm_bindgen]
pub fn lend_to_method(thing: &Thing) -> u32 {
    let mut count = 0;
    thing.method_each(&mut |_| count += 1);
    count
}

// ---- owned

/// A closure that adds to a sum, kept by Rust.
#[wasm_bindgen]
pub fn own_adder() -> JsValue {
    let (sum, token) = (Cell::new(0.0), Token::new());
    let closure: Closure<dyn Fn(f64) -> f64> = Closure::new(move |n| {
        token.touch();
        sum.set(sum.get() + n);
        sum.get()
    });
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

/// The same of the other kind.
#[wasm_bindgen]
pub fn own_mut_adder() -> JsValue {
    let (mut sum, token) = (0.0, Token::new());
    let closure = Closure::wrap(Box::new(move |n: f64| {
        token.touch();
        sum += n;
        sum
    }) as Box<dyn FnMut(f64) -> f64>);
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn reenter(depth: u32) -> u32;
}

/// Calls the import `reenter`, which may call the closure again.
#[wasm_bindgen]
pub fn own_recursive() -> JsValue {
    let token = Token::new();
    let closure: Closure<dyn Fn(u32) -> u32> = Closure::new(move |depth| {
        token.touch();
        if depth == 0 { 1 } else { 1 + reenter(depth - 1) }
    });
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

#[wasm_bindgen]
pub fn own_mut_recursive() -> JsValue {
    let (token, mut calls) = (Token::new(), 0);
    let closure: Closure<dyn FnMut(u32) -> u32> = Closure::new(move |depth| {
        token.touch();
        calls += 1;
        if depth == 0 { calls } else { reenter(depth - 1) }
    });
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

/// A closure that lets go of itself while it runs; then it says how many are alive.
#[wasm_bindgen]
pub fn own_suicidal(exclusive: bool) -> JsValue {
    let (token, place) = (Token::new(), next_kept());
    let body = move || {
        token.touch();
        drop_kept(place);
        closures_alive()
    };
    if exclusive {
        let closure: Closure<dyn FnMut() -> i32> = Closure::new(body);
        let value = closure.as_ref().clone();
        keep(closure);
        value
    } else {
        let closure: Closure<dyn Fn() -> i32> = Closure::new(body);
        let value = closure.as_ref().clone();
        keep(closure);
        value
    }
}

/// Throws what `may_fail` throws.
#[wasm_bindgen]
pub fn own_throwing() -> JsValue {
    let token = Token::new();
    let closure: Closure<dyn FnMut() -> u32> = Closure::new(move || {
        token.touch();
        may_fail();
        5
    });
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

/// Arguments and results with memory of their own.
#[wasm_bindgen]
pub fn own_complex() -> JsValue {
    let token = Token::new();
    let closure: Closure<dyn Fn(String, Vec<u32>, JsValue) -> Result<String, JsValue>> =
        Closure::new(move |text: String, numbers: Vec<u32>, value: JsValue| {
            token.touch();
            if value.is_null() { Err(value) } else { Ok(format!("{text}{numbers:?}{value:?}")) }
        });
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

#[wasm_bindgen]
pub fn own_by_ref() -> JsValue {
    let token = Token::new();
    let closure = Closure::wrap(Box::new(move |value: &JsValue| {
        token.touch();
        value.is_string()
    }) as Box<dyn FnMut(&JsValue) -> bool>);
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

/// Passes a closure by reference to an import, which keeps it; it is forgotten or dropped.
#[wasm_bindgen]
pub fn pass_closure(forget: bool) {
    let (token, mut all) = (Token::new(), String::new());
    let closure: Closure<dyn FnMut(String)> = Closure::new(move |text: String| {
        token.touch();
        all += &text;
    });
    keep_ref(&closure);
    if forget {
        closure.forget();
    }
}

/// Handed to JavaScript altogether.
#[wasm_bindgen]
pub fn give_closure() -> JsValue {
    let token = Token::new();
    let mut calls = 0;
    let closure: Closure<dyn FnMut() -> u32> = Closure::new(move || {
        token.touch();
        calls += 1;
        calls
    });
    closure.into_js_value()
}

/// A closure that can be called once, kept by Rust.
#[wasm_bindgen]
pub fn own_once() -> JsValue {
    let (token, text) = (Token::new(), String::from("once"));
    let closure: Closure<dyn FnMut(u32) -> String> = Closure::once(move |n: u32| {
        token.touch();
        let _token = token;
        format!("{text} {n}")
    });
    let value = closure.as_ref().clone();
    keep(closure);
    value
}

/// The same, handed to JavaScript: its first call frees it.
#[wasm_bindgen]
pub fn give_once() -> JsValue {
    let (token, text) = (Token::new(), String::from("given"));
    Closure::once_into_js(move |n: u32| -> String {
        let _token = token;
        format!("{text} {n}")
    })
}

/// Makes and drops closures; what is left over.
#[wasm_bindgen]
pub fn make_and_drop(n: u32) -> i32 {
    let before = closures_alive();
    for i in 0..n {
        let token = Token::new();
        let closure: Closure<dyn Fn() -> u32> = Closure::new(move || {
            token.touch();
            i
        });
        drop(closure);
    }
    closures_alive() - before
}

#[wasm_bindgen]
pub fn handles_alive() -> u32 {
    wasm_bindgen::externref_heap_live_count()
}

/// Many closures of one type, each with a capture of its own.
#[wasm_bindgen]
pub fn own_many(n: u32) -> Vec<JsValue> {
    let shared = Rc::new(Cell::new(0));
    (0..n)
        .map(|i| {
            let (shared, token) = (shared.clone(), Token::new());
            let closure: Closure<dyn Fn() -> u32> = Closure::new(move || {
                token.touch();
                shared.set(shared.get() + i);
                shared.get()
            });
            let value = closure.as_ref().clone();
            keep(closure);
            value
        })
        .collect()
}

// ---- borrowed for as long as Rust likes (crates from 0.2.109 on)

#[cfg(feature = "since114")]
mod scoped {
    use super::*;
    use wasm_bindgen::closure::ScopedClosure;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = wbt)]
        fn scoped_ref(f: &ScopedClosure<'_, dyn Fn(i32) -> i32>) -> i32;
        #[wasm_bindgen(js_namespace = wbt)]
        fn scoped_mut(f: &ScopedClosure<'_, dyn FnMut(i32)>);
        #[wasm_bindgen(js_namespace = wbt)]
        fn owned_closure(f: Closure<dyn FnMut(i32) -> i32>);
        #[wasm_bindgen(js_namespace = wbt)]
        fn optional_closure(f: Option<&Closure<dyn Fn()>>);
    }

    #[wasm_bindgen]
    pub fn scoped_shared() -> i32 {
        let base = Cell::new(10);
        let f = |n: i32| {
            base.set(base.get() + n);
            base.get()
        };
        let closure = ScopedClosure::<dyn Fn(i32) -> i32>::borrow(&f);
        let first = scoped_ref(&closure);
        let second = scoped_ref(&closure);
        drop(closure);
        first * 1000 + second
    }

    #[wasm_bindgen]
    pub fn scoped_exclusive() -> i32 {
        let mut sum = 0;
        {
            let mut f = |n: i32| sum += n;
            let closure = ScopedClosure::<dyn FnMut(i32)>::borrow_mut_aborting(&mut f);
            scoped_mut(&closure);
            scoped_mut(&closure);
        }
        sum
    }

    #[wasm_bindgen]
    pub fn pass_owned() {
        let (mut sum, token) = (0, Token::new());
        owned_closure(Closure::new(move |n| {
            token.touch();
            sum += n;
            sum
        }));
    }

    #[wasm_bindgen]
    pub fn pass_optional(some: bool) {
        let closure = some.then(|| Closure::<dyn Fn()>::new(|| ()));
        optional_closure(closure.as_ref());
    }
}
