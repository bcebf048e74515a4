//! Runs upstream's attribute macro over a source file and writes the section
//! `__wasm_bindgen_unstable` a module compiled from it would have.
//!
//! It is a macro itself, `run!()`, because upstream's code needs a compiler around it
//! (parts of it panic in an ordinary program). Environment: ENCODER_SOURCE, ENCODER_OUT,
//! and the variables that cargo sets for upstream's macro: CARGO_CRATE_NAME,
//! CARGO_MANIFEST_DIR, CARGO_PKG_NAME, CARGO_PKG_VERSION.
//!
//! Works on tokens only, so that it builds against every release: top-level items
//! (and those of inline modules) that carry `#[wasm_bindgen]` go through the macro,
//! `link_to!` calls in the others too, and what comes back is searched for the
//! statics called `_GENERATED`. String expressions in them are evaluated here:
//! constants of the source itself, and `module_path!()`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::HashMap;
use wasm_bindgen_macro_support as macros;

/// One piece of a Program: bytes, or a string known to the compiler only.
enum Chunk {
    Bytes(Vec<u8>),
    Expr(String),
}

struct Encoder {
    consts: HashMap<String, String>,
    path: String,
    section: Vec<u8>,
    entries: u32,
}

#[proc_macro]
pub fn run(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let var = |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let text = std::fs::read_to_string(var("ENCODER_SOURCE")).expect("source file");
    let mut encoder = Encoder {
        consts: HashMap::new(),
        path: var("CARGO_CRATE_NAME"),
        section: Vec::new(),
        entries: 0,
    };
    encoder.items(text.parse().expect("source does not lex"));
    assert!(encoder.entries > 0, "nothing was encoded");
    std::fs::write(var("ENCODER_OUT"), &encoder.section).expect("output file");
    proc_macro::TokenStream::new()
}

/// Splits a module body into items: each ends with `;` or a brace group.
fn split_items(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = vec![Vec::new()];
    for token in body {
        let end = match &token {
            TokenTree::Punct(p) => p.as_char() == ';',
            // the braces of a `use` do not end it
            TokenTree::Group(g) => {
                let item = items.last().unwrap();
                g.delimiter() == Delimiter::Brace && !item.iter().any(|t| is_ident(t, "use"))
            }
            _ => false,
        };
        items.last_mut().unwrap().push(token);
        if end {
            items.push(Vec::new());
        }
    }
    items.pop();
    items
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(i) if i == name)
}

fn is_punct(token: Option<&TokenTree>, c: char) -> bool {
    matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == c)
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<TokenStream> {
    match token {
        Some(TokenTree::Group(g)) if g.delimiter() == delimiter => Some(g.stream()),
        _ => None,
    }
}

/// The arguments of the attribute that starts at `at`, if its path ends in `name`.
fn attribute(tokens: &[TokenTree], at: usize, name: &str) -> Option<TokenStream> {
    if !is_punct(tokens.get(at), '#') {
        return None;
    }
    let body: Vec<_> = group(tokens.get(at + 1), Delimiter::Bracket)?
        .into_iter()
        .collect();
    let last = body
        .iter()
        .rposition(|t| matches!(t, TokenTree::Ident(_)))?;
    if !is_ident(&body[last], name) {
        return None;
    }
    Some(group(body.get(last + 1), Delimiter::Parenthesis).unwrap_or_default())
}

/// Index of the first top-level attribute `name` of an item, and its arguments.
fn find_attribute(item: &[TokenTree], name: &str) -> Option<(usize, TokenStream)> {
    (0..item.len()).find_map(|i| attribute(item, i, name).map(|args| (i, args)))
}

fn without(item: &[TokenTree], at: usize) -> TokenStream {
    item[..at].iter().chain(&item[at + 2..]).cloned().collect()
}

impl Encoder {
    fn items(&mut self, body: TokenStream) {
        for item in split_items(body) {
            self.item(&item);
        }
    }

    fn item(&mut self, item: &[TokenTree]) {
        if let Some((at, args)) = find_attribute(item, "wasm_bindgen") {
            let out = macros::expand(args, without(item, at)).expect("expand failed");
            self.expanded(out);
        } else if let Some(at) = item.iter().position(|t| is_ident(t, "mod")) {
            let TokenTree::Ident(name) = &item[at + 1] else {
                panic!("mod without a name")
            };
            if let Some(body) = group(item.last(), Delimiter::Brace) {
                let outer = self.path.clone();
                self.path = format!("{outer}::{name}");
                self.items(body);
                self.path = outer;
            }
        } else {
            self.plain(item);
        }
    }

    /// An item that is not upstream's: a string constant, or a body with `link_to!`.
    fn plain(&mut self, item: &[TokenTree]) {
        if let Some(at) = item.iter().position(|t| is_ident(t, "const")) {
            let name = item[at + 1].to_string();
            if let Some(TokenTree::Literal(lit)) = item.get(item.len() - 2) {
                self.consts
                    .insert(name, String::from_utf8(unquote(&lit.to_string())).unwrap());
            }
        }
        self.links(item);
    }

    fn links(&mut self, tokens: &[TokenTree]) {
        for (i, token) in tokens.iter().enumerate() {
            if is_ident(token, "link_to") && is_punct(tokens.get(i + 1), '!') {
                let args = group(tokens.get(i + 2), Delimiter::Parenthesis).expect("link_to!(...)");
                let out = macros::expand_link_to(args).expect("expand_link_to failed");
                self.expanded(out);
            } else if let TokenTree::Group(g) = token {
                self.links(&g.stream().into_iter().collect::<Vec<_>>());
            }
        }
    }

    /// Goes through the macro's output in order: further expansions, and statics.
    fn expanded(&mut self, stream: TokenStream) {
        let tokens: Vec<_> = stream.into_iter().collect();
        let mut i = 0;
        while i < tokens.len() {
            if derives_struct(&tokens, i) {
                return self.expand_struct(without(&tokens, i));
            }
            if let Some(args) = attribute(&tokens, i, "__wasm_bindgen_class_marker") {
                // the method: everything up to and including its body
                let end = (i..tokens.len())
                    .find(|&k| group(tokens.get(k), Delimiter::Brace).is_some())
                    .expect("method without a body");
                let method = tokens[i + 2..=end].iter().cloned().collect();
                let out = macros::expand_class_marker(args, method).expect("class marker failed");
                self.expanded(out);
                i = end + 1;
                continue;
            }
            if is_ident(&tokens[i], "__wbindgen_if_not_std") && is_punct(tokens.get(i + 1), '!') {
                i += 3; // macro call with the error for builds without `std`
                continue;
            }
            if is_ident(&tokens[i], "compile_error") {
                panic!("the macro reports an error: {}", tokens[i + 2]);
            }
            if let TokenTree::Group(g) = &tokens[i] {
                let inner: Vec<_> = g.stream().into_iter().collect();
                if inner.iter().any(|t| is_ident(t, "_GENERATED")) {
                    self.generated(&inner);
                } else {
                    self.expanded(g.stream());
                }
            }
            i += 1;
        }
    }

    #[cfg(feature = "struct-marker")]
    fn expand_struct(&mut self, item: TokenStream) {
        let out = macros::expand_struct_marker(item).expect("struct marker failed");
        self.expanded(out);
    }

    #[cfg(not(feature = "struct-marker"))]
    fn expand_struct(&mut self, _item: TokenStream) {
        panic!("struct marker in a release that has none");
    }

    /// Appends the entry held by the block that declares `_GENERATED`. Three layouts
    /// exist: one literal (up to 0.2.92); a slice of literals and expressions, the
    /// preface after them (0.2.93 to 0.2.129); a struct of arrays (0.2.130).
    fn generated(&mut self, block: &[TokenTree]) {
        let mut chunks = Vec::new();
        let (preface, body) = if block.iter().any(|t| is_ident(t, "_Section")) {
            let names = self.chunk_strings(block);
            let value = group(block.get(block.len() - 2), Delimiter::Parenthesis);
            for token in value.expect("_Section(...)") {
                match &token {
                    TokenTree::Literal(l) => chunks.push(Chunk::Bytes(unquote(&l.to_string()))),
                    TokenTree::Ident(i) if i.to_string().ends_with("_BODY") => chunks.push(
                        Chunk::Expr(names[&i.to_string().replace("_BODY", "_STR")].clone()),
                    ),
                    _ => {}
                }
            }
            (chunks.remove(0), chunks)
        } else {
            self.slices(block, &mut chunks);
            (chunks.pop().expect("no literal in _GENERATED"), chunks)
        };
        let Chunk::Bytes(preface) = preface else {
            panic!("preface is not a literal")
        };
        self.section.extend(preface);
        if !body.is_empty() {
            let program: Vec<u8> = body.into_iter().flat_map(Chunk::bytes).collect();
            self.section.extend((program.len() as u32).to_le_bytes());
            self.section.extend(program);
        }
        self.entries += 1;
    }

    /// Byte string literals and `const _STR_EXPR: &str = ...;` in order of appearance.
    fn slices(&self, tokens: &[TokenTree], chunks: &mut Vec<Chunk>) {
        for (i, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Literal(l) if l.to_string().starts_with("b\"") => {
                    chunks.push(Chunk::Bytes(unquote(&l.to_string())));
                }
                TokenTree::Ident(id) if id == "_STR_EXPR" && is_punct(tokens.get(i + 1), ':') => {
                    chunks.push(Chunk::Expr(self.value_after(&tokens[i..])));
                }
                TokenTree::Group(g) => {
                    self.slices(&g.stream().into_iter().collect::<Vec<_>>(), chunks)
                }
                _ => {}
            }
        }
    }

    /// The values of `const _CHUNK_n_STR: &str = ...;` by name.
    fn chunk_strings(&self, tokens: &[TokenTree]) -> HashMap<String, String> {
        let mut names = HashMap::new();
        for (i, token) in tokens.iter().enumerate() {
            let name = token.to_string();
            if name.ends_with("_STR") && is_punct(tokens.get(i + 1), ':') {
                names.insert(name, self.value_after(&tokens[i..]));
            }
        }
        names
    }

    /// Evaluates EXPR in `NAME: &str = EXPR;`.
    fn value_after(&self, tokens: &[TokenTree]) -> String {
        let start = tokens
            .iter()
            .position(|t| is_punct(Some(t), '='))
            .expect("=")
            + 1;
        let text: String = tokens[start..]
            .iter()
            .take_while(|t| !is_punct(Some(t), ';'))
            .map(|t| t.to_string())
            .collect();
        match text.as_str() {
            "module_path!()" => self.path.clone(),
            name => self
                .consts
                .get(name)
                .unwrap_or_else(|| panic!("unknown expression {name}"))
                .clone(),
        }
    }
}

impl Chunk {
    fn bytes(self) -> Vec<u8> {
        match self {
            Chunk::Bytes(bytes) => bytes,
            Chunk::Expr(text) => {
                let n = text.len() as u32;
                let seven = |shift: u32| (n >> shift) as u8 & 0x7f | 0x80;
                let mut out = vec![seven(0), seven(7), seven(14), seven(21), (n >> 28) as u8];
                out.extend(text.into_bytes());
                out
            }
        }
    }
}

/// Is there a `#[derive(...BindgenedStruct)]` at `at`?
fn derives_struct(tokens: &[TokenTree], at: usize) -> bool {
    attribute(tokens, at, "derive")
        .is_some_and(|args| args.into_iter().any(|t| is_ident(&t, "BindgenedStruct")))
}

/// The bytes of a string or byte string literal.
fn unquote(literal: &str) -> Vec<u8> {
    let text = literal.strip_prefix('b').unwrap_or(literal);
    let text = text
        .strip_prefix('"')
        .and_then(|t| t.strip_suffix('"'))
        .expect("a plain literal");
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        if b != b'\\' {
            out.push(b);
            continue;
        }
        out.push(match bytes.next().expect("escape") {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'0' => 0,
            b'x' => {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).expect("\\xNN")
            }
            c @ (b'\\' | b'"' | b'\'') => c,
            c => panic!("unknown escape \\{}", c as char),
        });
    }
    out
}
