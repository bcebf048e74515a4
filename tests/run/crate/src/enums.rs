//! Enums of numbers and of strings.

use wasm_bindgen::prelude::*;

/// Plain: 0, 1, 2.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plain {
    A,
    /// The second one.
    B,
    C,
}

/// With holes and not in order.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holes {
    Ten = 10,
    Zero = 0,
    One = 1,
    Three = 3,
}

/// From 2^31 on a word is negative.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u32)]
pub enum Large {
    Small = 1,
    Half = 2147483648,
    Top = 4294967295,
}

#[wasm_bindgen(js_name = RenamedEnum)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Original {
    First,
    Second,
}

#[wasm_bindgen(typescript_custom_section)]
const UNTYPED: &'static str = "export type Untyped = 7;";

/// Declared by hand.
#[wasm_bindgen(skip_typescript)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Untyped {
    Only = 7,
}

/// Exported although nothing uses it.
#[wasm_bindgen]
pub enum Lonely {
    One = 1,
}

#[cfg(feature = "since96")]
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Signed {
    Least = -2147483648,
    MinusOne = -1,
    Zero = 0,
    Most = 2147483647,
}

#[cfg(feature = "since96")]
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Implicit {
    Low = -3,
    Next,
    Five = 5,
    Six,
}

#[cfg(feature = "since107")]
#[wasm_bindgen(private)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hidden {
    Zero,
    Four = 4,
}

/// A string enum.
#[cfg(feature = "since93")]
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    Low = "low",
    /// In the middle.
    Middle = "in the middle",
    High = "h\u{e9}\u{1f600}",
    Empty = "",
}

/// Every way across for one enum: in, out, options, imports, results.
macro_rules! ways {
    ($($t:ty: $show:ident $echo:ident $some:ident $maybe:ident $call:ident $take:ident $mcall:ident $mtake:ident $result:ident $try_call:ident $try_take:ident;)*) => { $(
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(js_namespace = wbt)]
            fn $take(v: $t) -> $t;
            #[wasm_bindgen(js_namespace = wbt)]
            fn $mtake(v: Option<$t>) -> Option<$t>;
            #[wasm_bindgen(js_namespace = wbt, catch)]
            fn $try_take(v: $t) -> Result<$t, JsValue>;
        }
        #[wasm_bindgen]
        pub fn $show(v: $t) -> String {
            format!("{v:?}")
        }
        #[wasm_bindgen]
        pub fn $echo(v: $t) -> $t {
            v
        }
        #[wasm_bindgen]
        pub fn $some(v: Option<$t>) -> String {
            format!("{v:?}")
        }
        #[wasm_bindgen]
        pub fn $maybe(v: Option<$t>) -> Option<$t> {
            v
        }
        #[wasm_bindgen]
        pub fn $call(v: $t) -> $t {
            $take(v)
        }
        #[wasm_bindgen]
        pub fn $mcall(v: Option<$t>) -> Option<$t> {
            $mtake(v)
        }
        #[wasm_bindgen]
        pub fn $result(v: $t, ok: bool) -> Result<$t, JsValue> {
            if ok { Ok(v) } else { Err(JsValue::from_str("refused")) }
        }
        #[wasm_bindgen]
        pub fn $try_call(v: $t) -> Result<$t, JsValue> {
            $try_take(v)
        }
    )* };
}

ways! {
    Plain: show_plain echo_plain some_plain maybe_plain send_plain take_plain msend_plain mtake_plain result_plain try_send_plain try_take_plain;
    Holes: show_holes echo_holes some_holes maybe_holes send_holes take_holes msend_holes mtake_holes result_holes try_send_holes try_take_holes;
    Large: show_large echo_large some_large maybe_large send_large take_large msend_large mtake_large result_large try_send_large try_take_large;
    Original: show_original echo_original some_original maybe_original send_original take_original msend_original mtake_original result_original try_send_original try_take_original;
    Untyped: show_untyped echo_untyped some_untyped maybe_untyped send_untyped take_untyped msend_untyped mtake_untyped result_untyped try_send_untyped try_take_untyped;
}

#[cfg(feature = "since93")]
ways! {
    Level: show_level echo_level some_level maybe_level send_level take_level msend_level mtake_level result_level try_send_level try_take_level;
}

#[cfg(feature = "since96")]
ways! {
    Signed: show_signed echo_signed some_signed maybe_signed send_signed take_signed msend_signed mtake_signed result_signed try_send_signed try_take_signed;
    Implicit: show_implicit echo_implicit some_implicit maybe_implicit send_implicit take_implicit msend_implicit mtake_implicit result_implicit try_send_implicit try_take_implicit;
}

#[cfg(feature = "since107")]
ways! {
    Hidden: show_hidden echo_hidden some_hidden maybe_hidden send_hidden take_hidden msend_hidden mtake_hidden result_hidden try_send_hidden try_take_hidden;
}

/// Vectors of enums.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = wbt)]
    fn take_plains(v: Vec<Plain>) -> Vec<Plain>;
}

#[wasm_bindgen]
pub fn show_plains(v: Vec<Plain>) -> String {
    format!("{v:?}")
}

#[wasm_bindgen]
pub fn echo_plains(v: Vec<Plain>) -> Vec<Plain> {
    v
}

#[wasm_bindgen]
pub fn maybe_plains(v: Option<Vec<Plain>>) -> Option<Vec<Plain>> {
    v
}

#[wasm_bindgen]
pub fn send_plains(v: Vec<Plain>) -> Vec<Plain> {
    take_plains(v)
}

#[cfg(feature = "since96")]
#[wasm_bindgen]
pub fn echo_signeds(v: Vec<Signed>) -> Vec<Signed> {
    v
}

/// As JavaScript values.
#[wasm_bindgen]
pub fn enum_values() -> Vec<JsValue> {
    vec![JsValue::from(Holes::Ten), JsValue::from(Large::Top)]
}

/// A field, and an option of one.
#[wasm_bindgen]
pub struct Held {
    pub plain: Plain,
    pub maybe: Option<Holes>,
}

#[wasm_bindgen]
impl Held {
    #[wasm_bindgen(constructor)]
    pub fn new(plain: Plain, maybe: Option<Holes>) -> Held {
        Held { plain, maybe }
    }
    pub fn show(&self, other: Option<Plain>) -> String {
        format!("{:?} {:?} {:?}", self.plain, self.maybe, other)
    }
}

#[cfg(feature = "since93")]
#[wasm_bindgen]
pub struct HeldText {
    pub level: Level,
    pub maybe: Option<Level>,
}

#[cfg(feature = "since93")]
#[wasm_bindgen]
impl HeldText {
    #[wasm_bindgen(constructor)]
    pub fn new(level: Level, maybe: Option<Level>) -> HeldText {
        HeldText { level, maybe }
    }
}

/// Sequences of cells.
#[cfg(feature = "since130")]
mod cells {
    use super::{Level, Plain, Signed};
    use wasm_bindgen::prelude::*;

    macro_rules! sequence {
        ($($t:ty: $echo:ident $maybe:ident $call:ident $take:ident $lend:ident $borrow:ident $mlend:ident $mborrow:ident;)*) => { $(
            #[wasm_bindgen]
            extern "C" {
                #[wasm_bindgen(js_namespace = wbt)]
                fn $take(v: Vec<$t>) -> Vec<$t>;
                #[wasm_bindgen(js_namespace = wbt)]
                fn $borrow(v: &[$t]) -> JsValue;
                #[wasm_bindgen(js_namespace = wbt)]
                fn $mborrow(v: Option<&[$t]>) -> JsValue;
            }
            #[wasm_bindgen]
            pub fn $echo(v: Vec<$t>) -> Vec<$t> {
                v
            }
            #[wasm_bindgen]
            pub fn $maybe(v: Option<Vec<$t>>) -> Option<Vec<$t>> {
                v
            }
            #[wasm_bindgen]
            pub fn $call(v: Vec<$t>) -> Vec<$t> {
                $take(v)
            }
            #[wasm_bindgen]
            pub fn $lend(v: Vec<$t>) -> JsValue {
                $borrow(&v)
            }
            #[wasm_bindgen]
            pub fn $mlend(v: Option<Vec<$t>>) -> JsValue {
                $mborrow(v.as_deref())
            }
        )* };
    }

    sequence! {
        bool: echo_bools maybe_bools send_bools take_bools lend_bools borrow_bools mlend_bools mborrow_bools;
        char: echo_chars maybe_chars send_chars take_chars lend_chars borrow_chars mlend_chars mborrow_chars;
        Plain: echo_cells maybe_cells send_cells take_cells lend_cells borrow_cells mlend_cells mborrow_cells;
        Signed: echo_signed_cells maybe_signed_cells send_signed_cells take_signed_cells lend_signed_cells borrow_signed_cells mlend_signed_cells mborrow_signed_cells;
        Level: echo_levels maybe_levels send_levels take_levels lend_levels borrow_levels mlend_levels mborrow_levels;
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = wbt)]
        fn borrow_strs(v: &[&str]) -> JsValue;
        #[wasm_bindgen(js_namespace = wbt)]
        fn borrow_strings(v: &[String]) -> JsValue;
        #[wasm_bindgen(js_namespace = wbt)]
        fn take_strs(v: Vec<&str>) -> JsValue;
        #[wasm_bindgen(js_namespace = wbt)]
        fn borrow_numbers(a: &u32, b: &f64, c: &bool, d: &char, e: &Option<u64>) -> JsValue;
    }

    #[wasm_bindgen]
    pub fn lend_strs(v: Vec<String>) -> JsValue {
        let strs: Vec<&str> = v.iter().map(String::as_str).collect();
        borrow_strs(&strs)
    }

    #[wasm_bindgen]
    pub fn lend_strings(v: Vec<String>) -> JsValue {
        borrow_strings(&v)
    }

    #[wasm_bindgen]
    pub fn give_strs(v: Vec<String>) -> JsValue {
        take_strs(v.iter().map(String::as_str).collect())
    }

    #[wasm_bindgen]
    pub fn lend_scalars(a: u32, b: f64, c: bool, d: char, e: Option<u64>) -> JsValue {
        borrow_numbers(&a, &b, &c, &d, &e)
    }
}
