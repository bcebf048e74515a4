//! 128-bit integers, `char`, and what holds them: options, results, fields.

use crate::util::parse;
use wasm_bindgen::prelude::*;

/// As in `options`: `show` and `make` are exports, `call` goes through the import `take`; the text `None` stands for none.
macro_rules! both {
    ($($t:ty: $show:ident $make:ident $call:ident $take:ident, $oshow:ident $omake:ident $ocall:ident $otake:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take(v: $t) -> $t;
            #[wasm_bindgen(js_namespace = wbt)]
            fn $otake(v: Option<$t>) -> Option<$t>;
        }
        #[wasm_bindgen]
        pub fn $show(v: $t) -> String {
            format!("{v:?}")
        }
        #[wasm_bindgen]
        pub fn $make(text: &str) -> $t {
            parse(text)
        }
        #[wasm_bindgen]
        pub fn $call(text: &str) -> String {
            format!("{:?}", $take(parse(text)))
        }
        #[wasm_bindgen]
        pub fn $oshow(v: Option<$t>) -> String {
            format!("{v:?}")
        }
        #[wasm_bindgen]
        pub fn $omake(text: &str) -> Option<$t> {
            (text != "None").then(|| parse(text))
        }
        #[wasm_bindgen]
        pub fn $ocall(text: &str) -> String {
            format!("{:?}", $otake((text != "None").then(|| parse(text))))
        }
    )* };
}

both! {
    char: show_char make_char call_char take_char, opt_show_char opt_make_char opt_call_char opt_take_char;
}

#[wasm_bindgen]
pub fn result_char(ok: bool) -> Result<char, JsValue> {
    if ok { Ok('\u{1f600}') } else { Err(JsValue::from_str("no char")) }
}

#[wasm_bindgen]
pub fn result_opt_char(which: u32) -> Result<Option<char>, JsError> {
    match which {
        0 => Ok(None),
        1 => Ok(Some('\u{10ffff}')),
        _ => Err(JsError::new("no char")),
    }
}

/// Fields of the types at hand.
#[wasm_bindgen]
pub struct Fields {
    pub letter: char,
    pub maybe_letter: Option<char>,
    pub maybe_flag: Option<bool>,
}

#[wasm_bindgen]
impl Fields {
    #[wasm_bindgen(constructor)]
    pub fn new(letter: char, maybe_letter: Option<char>, maybe_flag: Option<bool>) -> Fields {
        Fields { letter, maybe_letter, maybe_flag }
    }
}

#[cfg(feature = "since96")]
mod integers {
    use crate::util::parse;
    use wasm_bindgen::prelude::*;

    both! {
        i128: show_i128 make_i128 call_i128 take_i128, opt_show_i128 opt_make_i128 opt_call_i128 opt_take_i128;
        u128: show_u128 make_u128 call_u128 take_u128, opt_show_u128 opt_make_u128 opt_call_u128 opt_take_u128;
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = wbt, catch)]
        fn try_i128(v: i128) -> Result<i128, JsValue>;
        #[wasm_bindgen(js_namespace = wbt, catch)]
        fn try_opt_u128(v: Option<u128>) -> Result<Option<u128>, JsValue>;
    }

    /// The words of the integers must not shift what stands between and behind them.
    #[wasm_bindgen]
    pub fn wide_mixed(a: i128, b: &str, c: Option<u128>, d: u64, e: Option<i128>, f: u8) -> String {
        format!("{a} {b} {c:?} {d} {e:?} {f}")
    }

    #[wasm_bindgen]
    pub fn result_u128(ok: bool) -> Result<u128, JsValue> {
        if ok { Ok(u128::MAX) } else { Err(JsValue::NULL) }
    }

    #[wasm_bindgen]
    pub fn call_try_i128(v: i128) -> Result<i128, JsValue> {
        try_i128(v)
    }

    #[wasm_bindgen]
    pub fn call_try_opt_u128(v: Option<u128>) -> Result<String, JsValue> {
        try_opt_u128(v).map(|r| format!("{r:?}"))
    }

    #[wasm_bindgen]
    pub struct Wide {
        pub signed: i128,
        pub unsigned: u128,
        pub maybe: Option<i128>,
    }

    #[wasm_bindgen]
    impl Wide {
        #[wasm_bindgen(constructor)]
        pub fn new(signed: i128, unsigned: u128, maybe: Option<i128>) -> Wide {
            Wide { signed, unsigned, maybe }
        }
        pub fn sum(&self) -> i128 {
            self.signed.wrapping_add(self.maybe.unwrap_or(0))
        }
    }

    /// As JavaScript values, and back.
    #[wasm_bindgen]
    pub fn wide_values(a: i128, b: u128) -> Vec<JsValue> {
        vec![JsValue::from(a), JsValue::from(b)]
    }

    #[wasm_bindgen]
    pub fn wide_back(v: JsValue) -> Option<i128> {
        i128::try_from(v).ok()
    }

    #[wasm_bindgen]
    pub fn wide_back_unsigned(v: JsValue) -> Option<u128> {
        u128::try_from(v).ok()
    }
}
