//! Reads symbols, one per line, and prints what rustc-demangle makes of each; lines that are no Rust symbol stay.
use std::io::{self, BufRead, BufWriter, Write};

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        match rustc_demangle::try_demangle(&line) {
            Ok(name) => writeln!(out, "{name}")?,
            Err(_) => writeln!(out, "{line}")?,
        }
    }
    out.flush()
}
