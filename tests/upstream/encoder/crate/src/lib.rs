//! Source items that together use every record of the metadata section.
//!
//! A line `//# A..B` starts lines that exist only for the releases 0.2.A to 0.2.B
//! (either end may be left out), `//#` ends them: `tailor.py` makes the text of one
//! release. `native` after the range: lines for the encoder only, not for rustc.
//! `../expect.py` says, entry by entry, what each item must be recorded as.

#![allow(dead_code, deprecated)]

//# 93..
use js_sys::JsString;
//#
use wasm_bindgen::prelude::*;

// ---------------------------------------------------------------- free functions

/// Adds two numbers.
///
/// Not "three", \ but two.
#[wasm_bindgen]
pub fn add(a: u32, b: u32) -> u32 {
    a + b
}

/** One line. */
#[wasm_bindgen(js_name = plusOne, skip_typescript)]
pub fn renamed(class: u32, r#type: u32) -> u32 {
    class + r#type
}

/// A comment of more than one hundred and twenty-seven bytes, so that its length needs two bytes in the LEB128 form: äöü, and a little more text to be sure.
#[wasm_bindgen]
pub fn explained() {}

#[wasm_bindgen(variadic)]
pub fn collect(first: u32, rest: Box<[JsValue]>) -> u32 {
    first + rest.len() as u32
}

#[wasm_bindgen]
pub async fn later(ms: u32) -> u32 {
    ms
}

#[wasm_bindgen(start)]
pub fn boot() {}

//# 85..
#[wasm_bindgen(skip_jsdoc)]
pub fn undocumented() {}
//#

//# 118..
#[wasm_bindgen(start, private)]
fn quiet_boot() {}
//#

//# 106..
#[wasm_bindgen(js_namespace = ["app", "math"], js_name = times)]
pub fn multiply(a: u32, b: u32) -> u32 {
    a * b
}

#[wasm_bindgen(this)]
pub fn with_this(this: &JsValue, x: u32) -> u32 {
    this.is_object() as u32 + x
}
//#

//# 100..
#[wasm_bindgen(unchecked_return_type = "Sum", return_description = "the sum")]
pub fn described(
    #[wasm_bindgen(js_name = "firstOne", unchecked_param_type = "Left")] first: JsValue,
    #[wasm_bindgen(param_description = "the second")] second: u32,
    plain: u32,
) -> JsValue {
    let _ = (second, plain);
    first
}
//#

//# 114..
#[wasm_bindgen]
pub fn optional(
    needed: u32,
    #[wasm_bindgen(unchecked_optional_param_type = "Extra", param_description = "may be left out")]
    extra: JsValue,
) {
    let _ = (needed, extra);
}
//#

//# 128..
#[wasm_bindgen(jspi)]
pub fn promising(x: u32) -> u32 {
    x
}

#[wasm_bindgen(jspi)]
pub async fn promising_async(x: u32) -> u32 {
    x
}
//#

//# 129.. native
#[wasm_bindgen(jspi, experimental_tokio)]
pub async fn on_tokio(x: u32) -> u32 {
    x
}
//#

// ---------------------------------------------------------------- structs and methods

/// A point.
/// With two coordinates.
#[wasm_bindgen(inspectable)]
pub struct Point {
    /// Abscissa.
    pub x: f64,
    #[wasm_bindgen(readonly)]
    pub y: f64,
    #[wasm_bindgen(js_name = "zed", skip_typescript)]
    pub z: f64,
    #[wasm_bindgen(skip)]
    pub skipped: u32,
    //# 85..
    #[wasm_bindgen(skip_jsdoc)]
    pub w: u32,
    //#
    hidden: u32,
}

#[wasm_bindgen]
impl Point {
    /// Makes one.
    #[wasm_bindgen(constructor)]
    pub fn new(x: f64, y: f64) -> Point {
        Point {
            x,
            y,
            z: 0.0,
            skipped: 0,
            //# 85..
            w: 0,
            //#
            hidden: 0,
        }
    }

    pub fn norm(&self) -> f64 {
        self.x + self.private(self.hidden)
    }

    pub fn scale(&mut self, by: f64) {
        self.x *= by;
    }

    /// Gone afterwards.
    pub fn consume(self) -> f64 {
        self.y
    }

    pub fn origin() -> Point {
        Point::new(0.0, 0.0)
    }

    #[wasm_bindgen(getter)]
    pub fn size(&self) -> f64 {
        self.x
    }

    #[wasm_bindgen(setter)]
    pub fn set_size(&mut self, size: f64) {
        self.x = size;
    }

    #[wasm_bindgen(getter = colour)]
    pub fn paint(&self) -> u32 {
        self.hidden
    }

    #[wasm_bindgen(setter = colour)]
    pub fn repaint(&mut self, colour: u32) {
        self.hidden = colour;
    }

    #[wasm_bindgen(setter, js_name = weight)]
    pub fn put_weight(&mut self, grams: f64) {
        self.y = grams;
    }

    #[wasm_bindgen(getter)]
    pub fn instances() -> u32 {
        1
    }

    #[wasm_bindgen(js_name = "toString", skip_typescript)]
    pub fn text(&self) -> String {
        String::new()
    }

    #[wasm_bindgen(variadic)]
    pub fn all(&self, rest: Box<[JsValue]>) -> u32 {
        rest.len() as u32
    }

    pub async fn slowly(self) -> f64 {
        self.x
    }

    fn private(&self, x: u32) -> f64 {
        x as f64
    }
}

#[wasm_bindgen(js_name = Couple)]
pub struct Pair(pub u32, #[wasm_bindgen(getter_with_clone, readonly)] pub String);

#[wasm_bindgen(js_class = "Couple")]
impl Pair {
    pub fn first(&self) -> u32 {
        self.0
    }
}

#[wasm_bindgen(skip_typescript)]
pub struct Nothing;

//# 106..
#[wasm_bindgen(js_namespace = ["geo", "shapes"])]
pub struct Circle {
    pub r: f64,
}
//#

//# 122..
#[wasm_bindgen(js_namespace = ["geo", "shapes"])]
impl Circle {
    pub fn area(&self) -> f64 {
        self.r
    }
}
//#

//# 107..
#[wasm_bindgen(private)]
pub struct Secret {
    pub code: u32,
}
//#

//# 121..
#[wasm_bindgen(extends = Point)]
pub struct Point3 {
    pub depth: f64,
}
//#

//# 122..
#[wasm_bindgen(extends = Circle, extends_js_class = "Circle", extends_js_namespace = ["geo", "shapes"])]
pub struct Ball;
//#

// ---------------------------------------------------------------- enums

/// Colours.
#[wasm_bindgen]
#[repr(u32)]
#[derive(Clone, Copy)]
pub enum Colour {
    /// Like blood.
    //# ..94
    Red = 0,
    //# 95..
    Red,
    //#
    Green = 5,
    //# ..94
    Blue = 6,
    //# 95..
    Blue,
    //#
    /// The largest
    /// there is.
    //# ..94
    Last = 4294967294,
    //# 95..
    Last = 4294967295,
    //#
}

#[wasm_bindgen(js_name = Renamed, skip_typescript)]
#[derive(Clone, Copy)]
pub enum Original {
    Only = 200,
}

//# 96..
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Temperature {
    Cold = -10,
    Colder = -2147483648,
    Mild = -1,
    Zero,
    Hot = 30,
}
//#

//# 106..
#[wasm_bindgen(js_namespace = ["geo"])]
#[derive(Clone, Copy)]
pub enum Side {
    Left,
    Right,
}
//#

//# 107..
#[wasm_bindgen(private)]
#[derive(Clone, Copy)]
pub enum Hidden {
    One = 1,
}
//#

/// Modes of a file.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Mode {
    /// Not recorded.
    Read = "read",
    Write = "wr\"ite\n",
}

#[wasm_bindgen(skip_typescript)]
#[derive(Clone, Copy)]
enum Quiet {
    Lone = "lone",
}

//# 106..
#[wasm_bindgen(js_namespace = ["geo", "names"], js_name = Naming)]
#[derive(Clone, Copy)]
pub enum Named {
    A = "a",
}
//#

//# 121..
#[wasm_bindgen(private)]
#[derive(Clone, Copy)]
pub enum Internal {
    B = "b",
}

/// Either of them.
#[wasm_bindgen]
pub enum Either {
    Text(String),
    Auto = "auto",
    Number(f64),
    None = "none",
}

#[wasm_bindgen(fallback, private, skip_typescript, js_name = Fall)]
pub enum Falling {
    Point(Point),
    Number(f64),
    Rest(JsValue),
}
//#

// ---------------------------------------------------------------- imports

#[wasm_bindgen]
extern "C" {
    /// Documentation of imports is not recorded.
    fn alert(text: &str);

    #[wasm_bindgen(js_namespace = console)]
    fn log(text: &str);

    #[wasm_bindgen(js_namespace = ["a", "b", "c"], js_name = deep_Name1)]
    fn deep() -> u32;

    #[wasm_bindgen(catch)]
    fn risky(x: f64) -> Result<f64, JsValue>;

    #[wasm_bindgen(variadic)]
    fn spread(first: u32, rest: &[u32]);

    #[wasm_bindgen(assert_no_shim)]
    fn bare(x: f64) -> f64;

    #[wasm_bindgen(js_name = "größe")]
    fn size_of(ms: u32) -> JsValue;

    async fn promised(ms: u32);
}

#[wasm_bindgen]
extern "C" {
    pub type Shape;

    #[wasm_bindgen(vendor_prefix = webkit, vendor_prefix = moz, js_name = AudioThing, extends = Shape)]
    pub type Audio;

    #[wasm_bindgen(js_namespace = Media)]
    pub type Track;

    #[wasm_bindgen(constructor)]
    fn new(sides: u32) -> Shape;

    #[wasm_bindgen(constructor, catch)]
    fn try_new() -> Result<Shape, JsValue>;

    #[wasm_bindgen(method)]
    fn area(this: &Shape) -> f64;

    #[wasm_bindgen(method, structural, js_name = areaNow)]
    fn area_now(this: &Shape) -> f64;

    #[wasm_bindgen(method, final)]
    fn area_once(this: &Shape) -> f64;

    #[wasm_bindgen(method, js_class = "Figure", catch, variadic)]
    fn of_other_class(this: &Shape, rest: &[u32]) -> Result<(), JsValue>;

    #[wasm_bindgen(method, getter)]
    fn width(this: &Shape) -> f64;

    #[wasm_bindgen(method, setter)]
    fn set_width(this: &Shape, width: f64);

    #[wasm_bindgen(method, getter = depth)]
    fn get_depth(this: &Shape) -> f64;

    #[wasm_bindgen(method, setter = depth)]
    fn put_depth(this: &Shape, depth: f64);

    #[wasm_bindgen(method, indexing_getter)]
    fn get(this: &Shape, index: u32) -> JsValue;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Shape, index: u32, value: &JsValue);

    #[wasm_bindgen(method, indexing_deleter)]
    fn delete(this: &Shape, index: u32);

    #[wasm_bindgen(static_method_of = Shape)]
    fn unit() -> Shape;

    #[wasm_bindgen(static_method_of = Shape, getter)]
    fn count() -> u32;

    #[wasm_bindgen(static_method_of = Shape, setter, js_class = "Figure")]
    fn set_count(count: u32);
}

//# ..84
#[wasm_bindgen]
//# 85..
#[wasm_bindgen(js_namespace = outer)]
//#
extern "C" {
    fn inherits();

    #[wasm_bindgen(js_name = thing)]
    static THING: JsValue;
}

//# 93..95
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local)]
    static LOCAL: JsValue;

    #[wasm_bindgen(static_string, thread_local)]
    static GREETING: JsString = "hello, wörld";
}
//#

//# 96..
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2)]
    static LOCAL: JsValue;

    #[wasm_bindgen(static_string, thread_local_v2)]
    static GREETING: JsString = "hello, wörld";
}
//#

#[wasm_bindgen(module = "left-pad")]
extern "C" {
    fn pad(text: &str) -> String;

    type Padder;

    #[wasm_bindgen(js_name = default)]
    static PADDING: JsValue;
}

#[wasm_bindgen(raw_module = "./raw/side.js")]
extern "C" {
    fn sideways() -> u32;
}

#[wasm_bindgen(module = "/js/foo.js")]
extern "C" {
    fn from_file() -> u32;

    #[wasm_bindgen(js_name = otherName)]
    fn from_file_too();
}

#[wasm_bindgen(inline_js = "export function inlined() {\n\treturn \"\\\\\";\n}")]
extern "C" {
    fn inlined() -> String;

    static EXPORTED: JsValue;
}

//# 106..
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(reexport)]
    fn passed_on(x: u32);

    #[wasm_bindgen(reexport = "anotherName", skip_typescript)]
    fn passed_on_renamed();

    #[wasm_bindgen(reexport, js_name = Outside)]
    type Passed;
}

#[wasm_bindgen(module = "left-pad")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, reexport = "Values")]
    static VALUES: JsValue;
}
//#

//# 128..
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(suspending)]
    fn suspends(ms: u32) -> JsValue;

    #[wasm_bindgen(suspending, catch)]
    fn suspends_or_throws() -> Result<JsValue, JsValue>;
}
//#

//# 128.. native
#[wasm_bindgen(experimental_generic_mono)]
extern "C" {
    fn generic<T>(x: T) -> T;

    fn not_generic(x: u32);
}
//#

// ---------------------------------------------------------------- the rest

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = "export type Literal = \"a\";\n";

//# 93..
const TEXT: &str = "export type Expression = 1; // größer";

#[wasm_bindgen(typescript_custom_section)]
const MORE_TYPES: &'static str = TEXT;
//#

pub fn links() -> [String; 3] {
    [
        wasm_bindgen::link_to!(module = "/js/worker.js"),
        wasm_bindgen::link_to!(inline_js = "postMessage(1);"),
        wasm_bindgen::link_to!(raw_module = "./raw/linked.js"),
    ]
}

pub mod inner {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    pub fn nested() {}
}
