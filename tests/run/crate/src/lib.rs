//! The Rust side of the run-time suite: one module per topic, each a Cargo feature of the same name.
//!
//! Imported functions live in the JavaScript object `globalThis.wbt`, put up by `host.mjs`; the cases assign
//! them as they need. Functions that show a value as Rust received it return text, functions that make one
//! take text, so that the value under test crosses the boundary once and in one direction.

// Names follow the types they exercise (`show_i8`), and some JavaScript names are not Rust's taste.
#![allow(non_snake_case, clippy::too_many_arguments)]

mod util;

#[cfg(feature = "beyond")]
mod beyond;
#[cfg(feature = "closures")]
mod closures;
#[cfg(feature = "detach")]
mod detach;
#[cfg(feature = "imports")]
mod imports;
#[cfg(feature = "options")]
mod options;
#[cfg(feature = "results")]
mod results;
#[cfg(feature = "scalars")]
mod scalars;
#[cfg(feature = "slices")]
mod slices;
#[cfg(feature = "strings")]
mod strings;
#[cfg(feature = "structs")]
mod structs;
#[cfg(feature = "types")]
mod types;
#[cfg(feature = "values")]
mod values;
#[cfg(feature = "vectors")]
mod vectors;
#[cfg(feature = "wide")]
mod wide;
#[cfg(feature = "enums")]
mod enums;
#[cfg(feature = "attributes")]
mod attributes;
#[cfg(feature = "shapes")]
mod shapes;
