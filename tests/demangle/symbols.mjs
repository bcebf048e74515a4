// Symbols nobody's compiler wrote: by the grammar of the v0 mangling, of the legacy one, and what is left after changing single characters. The
// same seed gives the same symbols.

// A small generator of numbers (mulberry32).
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, chance: (p) => next() < p, pick: (list) => list[below(list.length)] };
}

const BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function integer62(value) {
  if (value === 0) return "_";
  let n = BigInt(value) - 1n, text = "";
  do { text = BASE62[Number(n % 62n)] + text; n /= 62n; } while (n);
  return text + "_";
}

const NAMES = ["core", "fmt", "Arguments", "new", "x", "_", "_under", "9lives", "T", "iter_mut", "", "a_very_long_name_that_goes_on"];
const PUNYCODE = ["u19gdel_5qa", "u8wdel_3sa", "u30____7hkackfecea1cbdathfdh9hlq6y", "u9mnchen_3ya", "u6rust_u3h", "u2_a", "u4_zzz", "u3999"];
const HEX = ["0", "1", "2a", "ff", "80000000", "ffffffffffffffff", "10000000000000000", "00000000000000000000f", ""];
const CHARS = ["61", "27", "22", "5c", "a", "0", "7f", "e9", "301", "200d", "1f600", "d800", "110000", "ad", "378", "ffff", "10ffff", "e0100"];
const STRINGS = ["68656c6c6f", "", "27", "22", "5c", "0a", "c3a9", "f09f9880", "cc81", "ff", "c3", "e28080", "eda080", "f8", "6", "00"];

/** A random v0 symbol; `depth` bounds its nesting. */
export function v0Symbol(r, depth) {
  let text = "";
  const places = { path: [], type: [], constant: [] };
  const put = (s) => { text += s; };
  const identifier = () => {
    if (r.chance(0.1)) return put(r.pick(PUNYCODE));
    const name = r.pick(NAMES);
    put(`${name.length}${/^[0-9_]/.test(name) || r.chance(0.05) ? "_" : ""}${name}`);
  };
  const tagged = (tag, p) => { if (r.chance(p)) put(tag + integer62(r.pick([0, 0, 1, 2, 61, 62, 63, 4000, 123456789012]))); };
  const list = (part, d, most) => { for (let n = r.below(most + 1); n > 0; n--) part(d); put("E"); };
  const back = (kind) => {
    if (!places[kind].length || !r.chance(0.2)) return false;
    put("B" + integer62(r.chance(0.03) ? r.below(text.length + 3) : r.pick(places[kind])));
    return true;
  };
  const path = (d) => {
    if (back("path")) return;
    places.path.push(text.length);
    const tag = d <= 0 ? "C" : r.pick("CNNNNMXYII");
    put(tag);
    if (tag === "C") { tagged("s", 0.7); identifier(); }
    if (tag === "N") { put(r.pick("vvttCSa0Zm")); path(d - 1); tagged("s", 0.3); identifier(); }
    if (tag === "M" || tag === "X") { tagged("s", 0.3); path(d - 2); }
    if ("MXY".includes(tag)) type(d - 1);
    if (tag === "X" || tag === "Y") path(d - 1);
    if (tag === "I") { path(d - 1); list(argument, d - 1, 3); }
  };
  const lifetime = () => put("L" + integer62(r.pick([0, 0, 1, 1, 2, 3, 30])));
  const argument = (d) => {
    const what = r.below(10);
    if (what === 0) lifetime();
    else if (what < 4) { put("K"); constant(d); }
    else type(d);
  };
  const binder = () => { if (r.chance(0.3)) put("G" + integer62(r.pick([0, 0, 1, 2, 29]))); };
  const trait = (d) => {
    path(d);
    while (r.chance(0.3)) { put("p"); identifier(); if (r.chance(0.3)) { put("K"); constant(d - 1); } else type(d - 1); }
  };
  const pattern = (d) => {
    const tag = d <= 0 ? "N" : r.pick("RRON");
    put(tag);
    if (tag === "R") { constant(d - 1); constant(d - 1); }
    if (tag === "O") { pattern(d - 1); while (r.chance(0.5)) pattern(d - 1); put("E"); }
  };
  const type = (d) => {
    if (back("type")) return;
    if (r.chance(0.02)) put("w");
    if (d <= 0 || r.chance(0.3)) return put(r.pick("abcdefghijlmnopstuvxyz"));
    places.type.push(text.length);
    const tag = r.pick("RQPOASTTFFDDWCC");
    if (tag === "C") return path(d - 1);
    put(tag);
    if (tag === "R" || tag === "Q") { if (r.chance(0.4)) lifetime(); type(d - 1); }
    if (tag === "P" || tag === "O" || tag === "S") type(d - 1);
    if (tag === "A") { type(d - 1); constant(d - 1); }
    if (tag === "T") list(type, d - 1, 3);
    if (tag === "F") {
      binder();
      if (r.chance(0.3)) put("U");
      if (r.chance(0.4)) put("K" + r.pick(["C", "8rustcall", "9rust_call", "1_", "0", "3a_b", "u4_zzz"]));
      list(type, d - 1, 3);
      if (r.chance(0.4)) put("u"); else type(d - 1);
    }
    if (tag === "D") { binder(); list(trait, d - 1, 2); lifetime(); }
    if (tag === "W") { type(d - 1); pattern(d - 1); }
  };
  const field = (d) => { tagged("s", 0.2); identifier(); constant(d); };
  const constant = (d) => {
    if (back("constant")) return;
    places.constant.push(text.length);
    const tag = d <= 0 ? r.pick("phjibc") : r.pick("phtmyojaslxnibcceeRRQATVVV");
    put(tag);
    if ("htmyoj".includes(tag)) put(r.pick(HEX) + "_");
    if ("aslxni".includes(tag)) put(r.pick(["", "n"]) + r.pick(HEX) + "_");
    if (tag === "b") put(r.pick(["0", "1", "1", "2", ""]) + "_");
    if (tag === "c") put(r.pick(CHARS) + "_");
    if (tag === "e") put(r.pick(STRINGS) + "_");
    if (tag === "R" && r.chance(0.5)) put("e" + r.pick(STRINGS) + "_");
    else if (tag === "R" || tag === "Q") constant(d - 1);
    if (tag === "A" || tag === "T") list(constant, d - 1, 3);
    if (tag === "V") {
      path(d - 1);
      const kind = r.pick("UTTSS");
      put(kind);
      if (kind === "T") list(constant, d - 1, 2);
      if (kind === "S") list(field, d - 1, 2);
    }
  };
  path(depth);
  if (r.chance(0.2)) path(1);
  return r.pick(["_R", "_R", "_R", "_R", "_R", "R", "__R"]) + text + suffix(r);
}

function suffix(r) {
  return r.chance(0.8) ? "" : r.pick([".llvm.8A0F@12", ".llvm.", ".llvm.12x", ".llvm.A.llvm.B", ".cold", ".exit.i.i", ".", "x", ".a b", ".é", ".constprop.0.llvm.77"]);
}

const PIECES = ["a", "new", "$LT$", "$GT$", "$u20$", "$u7b$", "$u1f600$", "$u1$", "$uD800$", "$C$", "$RF$", "$BP$", "$SP$", "$LP$", "$RP$", "$XX$", "$", ".", "..",
  "...", "_", "_$", "é", "0", "h", "$$", "$u$", "$u0000000000041$", "$ud800$", "$u9f$", "$ua0$", "E"];

/** A random symbol of the legacy mangling. */
export function legacySymbol(r) {
  let text = r.pick(["_ZN", "_ZN", "_ZN", "ZN", "__ZN"]);
  for (let parts = r.below(6); parts > 0; parts--) {
    let part = "";
    for (let n = r.below(6); n > 0; n--) part += r.pick(PIECES);
    text += `${r.chance(0.05) ? r.below(40) : part.length}${part}`;
  }
  if (r.chance(0.7)) text += "17h" + Array.from({ length: 16 }, () => r.pick("0123456789abcdef")).join("");
  return text + (r.chance(0.95) ? "E" : "") + suffix(r);
}

/** The symbol with some characters changed, removed, doubled, or cut off. */
export function mutate(r, symbol) {
  const chars = [...symbol];
  for (let n = 1 + r.below(3); n > 0; n--) {
    const at = r.below(chars.length + 1);
    const what = r.below(5);
    if (what === 0) chars.splice(at, 1);
    else if (what === 1) chars.splice(at, 0, r.pick(BASE62 + "__$."));
    else if (what === 2) chars.length = Math.max(at, 2);
    else if (what === 3) chars.splice(at, 0, ...chars.slice(at, at + r.below(8)));
    else chars[Math.min(at, chars.length - 1)] = r.pick(BASE62 + "__BEKLs");
  }
  return chars.join("");
}

const repeat = (text, n) => text.repeat(n);

/** Symbols that ask for much: depth, size, and all that is just inside or outside a bound. */
export function hostileSymbols() {
  const list = ["", "_", "_R", "R", "__R", "_Z", "_ZN", "_ZNE", "ZNE", "__ZNE", "___ZNE", "_RC", "_RC0", "_RC1a", "RC1a", "__RC1a", "___RC1a", "_R1a", "_RCs_1a",
    "_RCsZZZZZZZZZZZZ_1a", "_RCslYGhA16ahyh_1a", "_RCslYGhA16ahyg_1a", "_ZN99999999999999999999999aE", "_ZN18446744073709551617aE", "_ZN1", "_ZN1a", "_ZN01aE", "_ZN0E", "_ZN00E",
    "_RNvC1a99999999999999999999b", "_RNvC1a18446744073709551615b", "_RNvC1a01b", "_RNvC1a0_", "_RNvC1a1_b", "main", "R", "Run", "RUN", "ZNothing", "_RMC0WmORm1_m2_Rm5_m6_"];
  for (const n of [123, 247, 248, 249, 250, 251, 497, 498, 499, 500, 501, 5000]) {
    list.push(`_RMC0${repeat("R", n)}u`, `_RMC0${repeat("T", n)}${repeat("E", n)}`, `_R${repeat("Nv", n)}C1a${repeat("1b", n)}`, `_RIC0K${repeat("R", n)}pE`,
      `_RMC0Wm${repeat("O", n)}N${repeat("E", n)}`, `_R${repeat("IC0", n)}${repeat("E", n)}`, `_RMC0${repeat("FG_", n)}EuEu`, `_R${repeat("Y", n)}C0C0`);
  }
  // Twice as much with each reference back: the size limit; and chains of references that print nothing by themselves.
  for (const n of [4, 12, 18, 30, 200]) {
    let text = "C1a", types = "TuuE", places = [];
    const start = "MC0".length;
    let at = start;
    let body = types;
    for (let i = 0; i < n; i++) {
      places.push(at);
      const next = `TB${integer62(at)}B${integer62(at)}E`;
      at = start + body.length + 1;
      body += next;
    }
    list.push(`_RMC0T${body}E`, `_RIC0${body}E${text}`);
  }
  let chain = "NvC1a1b", last = 0;
  for (let i = 0; i < 600; i++) { const at = chain.length; chain += `B${integer62(last)}`; last = at; }
  list.push(`_RI${chain}E`, `_RINvC1a1bT${chain}EE`, "_RIC0G_B_E", "_RB_", "_RNvB_1a", "_RMC0B1_", "_RMC0TB2_E", "_RMC0FGZZZZZZZZZ_EuC1a", "_RMC0FGZZ_EuE");
  for (const n of [999_990, 999_997, 999_998, 999_999, 1_000_000, 1_000_001]) {
    list.push(`_ZN1a${n - 3}${repeat("x", n - 3)}E.cold`, `_RNvC1a${n - 3}${repeat("x", n - 3)}`, `_RMC${n - 4}_${repeat("x", n - 4)}DC0EL_`, `_RINvC1a${n - 9}${repeat("x", n - 9)}KRe0a27_E`,
      `_RINvC1a${n - 6}${repeat("x", n - 6)}Kj2a_E`, `_RINvC1a${n - 8}${repeat("x", n - 8)}QuE`, `_RINvC1a${n - 8}${repeat("x", n - 8)}u9mnchen_3yaE`);
  }
  for (const n of [126, 127, 128, 129, 1000]) list.push(`_RC${""}u${n + 4}${repeat("x", n)}_3ya`, `_RCu${n}${repeat("a", n)}`, `_RCu${n}${repeat("z", n)}`);
  return list;
}
