"""What the items of crate/src/lib.rs must be recorded as, release by release.

Usage: expect.py OUTDIR native|wasm NNN...      writes OUTDIR/NNN.expect

Written down from the Rust source, never from encoded bytes. `FIELDS` and `FIRST`
are the layout of the dump (docs/upstream/wire-format.md 4), the rest is one call
of `entry` per macro expansion, in source order. A `*` in a string stands for a
hash or a path of the build machine. `native`: with the items that only the
encoder sees.
"""

import re
import sys

# Fields in wire order. `@A` from release A on, `@A-B` in A to B; a comma joins ranges.
FIELDS = {
    "Program": "exports enums imports structs typescript_custom_sections local_modules inline_js"
    " unique_crate_identifier module_path@130 package_json linked_modules",
    "Import": "module js_namespace reexport@106 generate_typescript@115 kind",
    "LinkedModule": "module link_function_name",
    "ImportFunction": "shim catch variadic assert_no_shim suspending@128 method structural function"
    " generic_per_mono@128",
    "MethodData": "class kind",
    "Operation": "is_static kind",
    "ImportStatic": "name shim",
    "ImportString": "shim string",
    "ImportType": "name instanceof_shim vendor_prefixes",
    "StringEnum": "name public@94-94 variant_values comments@94-94,96 generate_typescript@94-94,96"
    " private@121 js_namespace@106",
    "DynamicUnion": "name variant_strings variant_type_cnt comments generate_typescript private fallback",
    "Export": "class comments consumed function js_namespace@106 method_kind start",
    "Enum": "name signed@96 variants comments generate_typescript js_namespace@106 private@107",
    "EnumVariant": "name value comments",
    "Function": "arg_names@0-99 args@100 asyncness jspi@128 name generate_typescript generate_jsdoc@85"
    " variadic ret_ty_override@100 ret_desc@100",
    "FunctionArgumentData": "name ty_override optional@114 desc",
    "Struct": "name rust_name@114-121 fields comments is_inspectable generate_typescript"
    " js_namespace@106 private@107 extends@121 extends_js_class@122 extends_js_namespace@122",
    "StructField": "name readonly comments generate_typescript generate_jsdoc@85",
    "LocalModule": "identifier contents linked_module@94",
}

# First release of each schema (7).
FIRST = {
    84: "84", 85: "85", 87: "87", 88: "88", 92: "92", 93: "93", 94: "94", 95: "95", 96: "96", 99: "98",
    100: "100", 101: "101", 102: "102", 105: "105", 106: "106", 107: "107", 114: "114", 115: "115",
    118: "118", 119: "119", 121: "121", 122: "122", 128: "128", 130: "130",
}

CRATE = "encoder-source-*"

# ---------------------------------------------------------------- the dump


class Rec:
    """A struct of the schema with some of its fields; the others have defaults."""

    def __init__(self, kind, /, **values):
        self.kind, self.values = kind, values


class Var:
    """A variant of an enum of the schema."""

    def __init__(self, name, payload=None):
        self.name, self.payload = name, payload


def exists(ranges, version):
    for part in ranges.split(","):
        low, _, high = part.partition("-")
        if int(low) <= version <= int(high or 999):
            return True
    return False


def fields(kind, version):
    for word in FIELDS[kind].split():
        name, _, ranges = word.partition("@")
        if not ranges or exists(ranges, version):
            yield name


def quote(text):
    def escape(match):
        c = match.group()
        return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(c) or "\\x%02x" % ord(c)

    return '"%s"' % re.sub(r'["\\\x00-\x1f\x7f]', escape, text)


def dump(out, version, depth, prefix, value):
    """Appends the lines of one value; `prefix` is the text before it on its line."""
    line = "  " * depth + prefix
    if isinstance(value, bool):
        out.append(line + ("true" if value else "false"))
    elif isinstance(value, int):
        out.append(line + str(value))
    elif isinstance(value, str):
        out.append(line + quote(value))
    elif value is None:
        out.append(line + "none")
    elif isinstance(value, list):
        out.append(line + "[%d]" % len(value))
        for item in value:
            dump(out, version, depth + 1, "", item)
    elif isinstance(value, Rec):
        out.append(line + value.kind)
        dump_fields(out, version, depth + 1, value)
    elif isinstance(value.payload, Rec):
        out.append(line + value.name)
        dump_fields(out, version, depth + 1, value.payload)
    elif value.payload is None:
        out.append(line + value.name)
    else:
        dump(out, version, depth, prefix + value.name + " ", value.payload)


def dump_fields(out, version, depth, rec):
    for name in fields(rec.kind, version):
        dump(out, version, depth, name + " ", rec.values[name])


# ---------------------------------------------------------------- records


def arg(name, ty=None, desc=None, optional=False):
    return Rec("FunctionArgumentData", name=name, ty_override=ty, optional=optional, desc=desc)


def function(name, args=(), **more):
    """`args`: names, or arg(...) where more than the name is recorded."""
    args = [arg(a) if isinstance(a, str) else a for a in args]
    values = dict(
        name=name, args=args, arg_names=[a.values["name"] for a in args], asyncness=False, jspi=False,
        generate_typescript=True, generate_jsdoc=True, variadic=False, ret_ty_override=None, ret_desc=None,
    )
    return Rec("Function", **{**values, **more})


def operation(kind="Regular", prop=None, static=False):
    return Var("Operation", Rec("Operation", is_static=static, kind=Var(kind, prop)))


CONSTRUCTOR = Var("Constructor")


def struct(name, members=(), comments=(), rust_name=None, **more):
    values = dict(
        name=name, rust_name=rust_name or name, fields=list(members), comments=list(comments),
        is_inspectable=False, generate_typescript=True, js_namespace=None, private=False, extends=None,
        extends_js_class=None, extends_js_namespace=None,
    )
    return Rec("Struct", **{**values, **more})


def field(name, comments=(), **more):
    values = dict(
        name=name, readonly=False, comments=list(comments), generate_typescript=True, generate_jsdoc=True
    )
    return Rec("StructField", **{**values, **more})


def enum(name, variants, comments=(), **more):
    values = dict(
        name=name, signed=False, comments=list(comments), generate_typescript=True, js_namespace=None,
        private=False,
        variants=[Rec("EnumVariant", name=n, value=v, comments=list(c)) for n, v, *c in variants],
    )
    return Rec("Enum", **{**values, **more})


def imported(kind, module=None, ns=None, reexport=None, ts=True):
    return Rec(
        "Import", module=module, js_namespace=ns, reexport=reexport, generate_typescript=ts, kind=kind
    )


def import_type(name, rust_name=None, prefixes=(), **more):
    shim = "__wbg_instanceof_%s_*" % (rust_name or name)
    rec = Rec("ImportType", name=name, instanceof_shim=shim, vendor_prefixes=list(prefixes))
    return imported(Var("Type", rec), **more)


def import_static(name, rust_name=None, **more):
    shim = "__wbg_static_accessor_%s_*" % (rust_name or name)
    return imported(Var("Static", Rec("ImportStatic", name=name, shim=shim)), **more)


# ---------------------------------------------------------------- the entries


class Source:
    def __init__(self, version, native):
        self.version, self.native = version, native
        self.entries = []

    def entry(self, native=False, path="encoder_source", package=False, **program):
        """One expansion. `program`: the lists that are not empty."""
        if native and not self.native:
            return
        lists = "exports enums imports structs typescript_custom_sections local_modules inline_js linked_modules"
        values = {name: [] for name in lists.split()}
        values.update(
            unique_crate_identifier=CRATE, module_path=path,
            package_json="*/package.json" if package else None,
        )
        self.entries.append(Rec("Program", **{**values, **program}))

    def export(self, fun, kind=None, comments=(), native=False, path="encoder_source", **more):
        start = more.pop("start", "None")
        values = dict({"class": None}, comments=list(comments), consumed=False, js_namespace=None)
        values.update(function=fun, method_kind=kind or operation(static=True), start=Var(start))
        if self.version < 118:
            values["start"] = start != "None"
        self.entry(native, path, exports=[Rec("Export", **{**values, **more})])

    def import_fn(self, fun, kind=None, cls=None, **more):
        """`cls`: the class of a method. The hash in the shim's name is unknown."""
        name = fun.values["name"]
        keep = r"[^A-Za-z0-9_]" if self.version >= 105 else r"[^A-Za-z0-9]"
        shim = "__wbg_%s_*" % re.sub(keep, "", name)
        values = dict(
            shim=shim, catch=False, variadic=fun.values["variadic"], assert_no_shim=False,
            suspending=False, structural=True, function=fun, generic_per_mono=False,
            method=cls and Rec("MethodData", **{"class": cls, "kind": kind or operation()}),
        )
        record = {k: more.pop(k) for k in list(more) if k in values}
        return imported(Var("Function", Rec("ImportFunction", **{**values, **record})), **more)

    def string_enum(self, name, values, comments=(), public=True, **more):
        if self.version < 94:  # no payload before
            return self.entry(imports=[imported(Var("Enum"))])
        rec = dict(
            name=name, public=public, variant_values=values, comments=list(comments),
            generate_typescript=True, private=False, js_namespace=None,
        )
        self.entry(imports=[imported(Var("Enum", Rec("StringEnum", **{**rec, **more})))])

    def text(self):
        schema = FIRST[max(f for f in FIRST if f <= self.version)]
        out = []
        for index, program in enumerate(self.entries):
            out += ["entry %d" % index, '  schema_version "0.2.%s"' % schema]
            out += ['  version "0.2.%d"' % self.version]
            dump(out, self.version, 1, "", program)
        return "\n".join(out) + "\n"


def free_functions(s):
    v = s.version
    s.export(
        function("add", ["a", "b"]),
        comments=[" Adds two numbers.", "", ' Not "three", \\ but two.'],
    )
    raw = "type" if v >= 93 else "r#type"
    s.export(
        function("plusOne", ["_class", raw], generate_typescript=False), comments=[" One line. "]
    )
    s.export(
        function("explained"),
        comments=[
            " A comment of more than one hundred and twenty-seven bytes, so that its length needs two"
            " bytes in the LEB128 form: äöü, and a little more text to be sure."
        ],
    )
    s.export(function("collect", ["first", "rest"], variadic=True))
    s.export(function("later", ["ms"], asyncness=True))
    s.export(function("boot"), start="Public")
    if v >= 85:
        s.export(function("undocumented", generate_jsdoc=False))
    if v >= 118:
        s.export(function("quiet_boot"), start="Private")
    if v >= 106:
        s.export(function("times", ["a", "b"]), js_namespace=["app", "math"])
        s.export(function("with_this", ["_this", "x"]), operation("RegularThis", static=True))
    if v >= 100:
        args = [arg("firstOne", ty="Left"), arg("second", desc="the second"), "plain"]
        s.export(function("described", args, ret_ty_override="Sum", ret_desc="the sum"))
    if v >= 114:
        extra = arg("extra", ty="Extra", desc="may be left out", optional=True)
        s.export(function("optional", ["needed", extra]))
    if v >= 128:
        s.export(function("promising", ["x"], jspi=True))
        s.export(function("promising_async", ["x"], jspi=True, asyncness=True))
    if v >= 129:
        s.export(function("on_tokio", ["x"], jspi=True), native=True)


def structs(s):
    v = s.version
    members = [
        field("x", [" Abscissa."]),
        field("y", readonly=True),
        field("zed", generate_typescript=False),
    ]
    if v >= 85:
        members.append(field("w", generate_jsdoc=False))
    s.entry(
        structs=[struct("Point", members, [" A point.", " With two coordinates."], is_inspectable=True)]
    )

    def method(fun, kind=None, **more):
        s.export(fun, kind or operation(), **{"class": "Point", **more})

    method(function("new", ["x", "y"]), CONSTRUCTOR, comments=[" Makes one."])
    method(function("norm"))
    method(function("scale", ["by"]))
    method(function("consume"), comments=[" Gone afterwards."], consumed=True)
    method(function("origin"), operation(static=True))
    method(function("size"), operation("Getter", "size"))
    method(function("set_size", ["size"]), operation("Setter", "size"))
    method(function("paint"), operation("Getter", "colour"))
    method(function("repaint", ["colour"]), operation("Setter", "colour"))
    method(function("set_weight", ["grams"]), operation("Setter", "weight"))
    method(function("instances"), operation("Getter", "instances", static=True))
    method(function("toString", generate_typescript=False))
    method(function("all", ["rest"], variadic=True))
    method(function("slowly", asyncness=True), consumed=True)
    s.entry()  # the method that is not public
    s.entry()  # the impl block itself

    s.entry(structs=[struct("Couple", [field("0"), field("1", readonly=True)], rust_name="Pair")])
    method(function("first"), **{"class": "Couple"})
    s.entry()
    s.entry(structs=[struct("Nothing", generate_typescript=False)])
    geo = ["geo", "shapes"]
    if v >= 106:
        s.entry(structs=[struct("Circle", [field("r")], js_namespace=geo)])
    if v >= 122:
        method(function("area"), **{"class": "Circle"}, js_namespace=geo)
        s.entry()
    if v >= 107:
        s.entry(structs=[struct("Secret", [field("code")], private=True)])
    if v >= 121:
        s.entry(structs=[struct("Point3", [field("depth")], extends="Point", extends_js_class="Point")])
    if v >= 122:
        ball = struct("Ball", extends="Circle", extends_js_class="Circle", extends_js_namespace=geo)
        s.entry(structs=[ball])


def enums(s):
    v = s.version
    last = 0xFFFFFFFF if v >= 95 else 0xFFFFFFFE
    colours = [
        ("Red", 0, " Like blood."), ("Green", 5), ("Blue", 6), ("Last", last, " The largest", " there is.")
    ]
    s.entry(enums=[enum("Colour", colours, [" Colours."])])
    s.entry(enums=[enum("Renamed", [("Only", 200)], generate_typescript=False)])
    if v >= 96:
        degrees = [("Cold", 2**32 - 10), ("Colder", 2**31), ("Mild", 2**32 - 1), ("Zero", 0), ("Hot", 30)]
        s.entry(enums=[enum("Temperature", degrees, signed=True)])
    if v >= 106:
        s.entry(enums=[enum("Side", [("Left", 0), ("Right", 1)], js_namespace=["geo"])])
    if v >= 107:
        s.entry(enums=[enum("Hidden", [("One", 1)], private=True)])

    s.string_enum("Mode", ["read", 'wr"ite\n'], [" Modes of a file."])
    s.string_enum("Quiet", ["lone"], public=False, generate_typescript=False)
    if v >= 106:
        s.string_enum("Naming", ["a"], js_namespace=["geo", "names"])
    if v >= 121:
        s.string_enum("Internal", ["b"], private=True)
        either = Rec(
            "DynamicUnion", name="Either", variant_strings=["auto", "none"], variant_type_cnt=2,
            comments=[" Either of them."], generate_typescript=True, private=False, fallback=False,
        )
        s.entry(imports=[imported(Var("DynamicUnion", either))])
        falling = Rec(
            "DynamicUnion", name="Fall", variant_strings=[], variant_type_cnt=3, comments=[],
            generate_typescript=False, private=True, fallback=True,
        )
        s.entry(imports=[imported(Var("DynamicUnion", falling))])


def global_imports(s):
    fn = s.import_fn
    s.entry(imports=[
        fn(function("alert", ["text"])),
        fn(function("log", ["text"]), ns=["console"]),
        fn(function("deep_Name1"), ns=["a", "b", "c"]),
        fn(function("risky", ["x"]), catch=True),
        fn(function("spread", ["first", "rest"], variadic=True)),
        fn(function("bare", ["x"]), assert_no_shim=True),
        fn(function("größe", ["ms"])),
        fn(function("promised", ["ms"], asyncness=True)),
    ])
    new = "new" if s.version >= 100 else "_new"  # a JS keyword

    def method(name, args=(), kind=None, cls="Shape", **more):
        names = ["_this", *args] if kind is None or not kind.payload.values["is_static"] else args
        return fn(function(name, names, variadic=more.pop("variadic", False)), kind, cls, **more)

    s.entry(imports=[
        import_type("Shape"),
        import_type("AudioThing", "Audio", ["webkit", "moz"]),
        import_type("Track", ns=["Media"]),
        fn(function(new, ["sides"]), CONSTRUCTOR, "Shape"),
        fn(function("try_new"), CONSTRUCTOR, "Shape", catch=True),
        method("area"),
        method("areaNow"),
        method("area_once", structural=False),
        method("of_other_class", ["rest"], cls="Figure", catch=True, variadic=True),
        method("width", [], operation("Getter", "width")),
        method("set_width", ["width"], operation("Setter", "width")),
        method("get_depth", [], operation("Getter", "depth")),
        method("put_depth", ["depth"], operation("Setter", "depth")),
        method("get", ["index"], operation("IndexingGetter")),
        method("set", ["index", "value"], operation("IndexingSetter")),
        method("delete", ["index"], operation("IndexingDeleter")),
        method("unit", [], operation(static=True)),
        method("count", [], operation("Getter", "count", static=True)),
        method("set_count", ["count"], operation("Setter", "count", static=True), cls="Figure"),
    ])
    outer = ["outer"] if s.version >= 85 else None
    s.entry(imports=[fn(function("inherits"), ns=outer), import_static("thing", "THING", ns=outer)])
    if s.version >= 93:
        greeting = Rec("ImportString", shim="__wbg_string_GREETING_*", string="hello, wörld")
        s.entry(imports=[import_static("LOCAL"), imported(Var("String", greeting))])


def module_imports(s):
    v, fn = s.version, s.import_fn
    npm = Var("RawNamed", "left-pad")
    s.entry(package=True, imports=[
        fn(function("pad", ["text"]), module=npm),
        import_type("Padder", module=npm),
        import_static("default", "PADDING", module=npm),
    ])
    s.entry(imports=[fn(function("sideways"), module=Var("RawNamed", "./raw/side.js"))])
    local = CRATE + "/js/foo.js"
    contents = "export function from_file() {\n  return 1;\n}\nexport function otherName() {}\n"
    s.entry(
        package=True,
        imports=[fn(function(n), module=Var("Named", local)) for n in ("from_file", "otherName")],
        local_modules=[Rec("LocalModule", identifier=local, contents=contents, linked_module=False)],
    )
    inline = Var("Inline", 0)
    s.entry(
        imports=[fn(function("inlined"), module=inline), import_static("EXPORTED", module=inline)],
        inline_js=['export function inlined() {\n\treturn "\\\\";\n}'],
    )
    if v >= 106:
        renamed = function("passed_on_renamed", generate_typescript=False)
        s.entry(imports=[
            fn(function("passed_on", ["x"]), reexport="passed_on"),
            fn(renamed, reexport="anotherName", ts=False),
            import_type("Outside", "Passed", reexport="Outside"),
        ])
        s.entry(package=True, imports=[import_static("VALUES", module=npm, reexport="Values")])
    if v >= 128:
        s.entry(imports=[
            fn(function("suspends", ["ms"]), suspending=True),
            fn(function("suspends_or_throws"), suspending=True, catch=True),
        ])
        s.entry(native=True, imports=[
            fn(function("generic", ["x"]), generic_per_mono=True),
            fn(function("not_generic", ["x"])),
        ])


def the_rest(s):
    s.entry(typescript_custom_sections=['export type Literal = "a";\n'])
    if s.version >= 93:
        s.entry(typescript_custom_sections=["export type Expression = 1; // größer"])

    def link(module, **more):
        rec = Rec("LinkedModule", module=module, link_function_name="__wbindgen_link_*")
        s.entry(linked_modules=[rec], **more)

    worker = CRATE + "/js/worker.js"
    contents = '// "worker"\nonmessage = () => {};\n'
    link(
        Var("Named", worker), package=True,
        local_modules=[Rec("LocalModule", identifier=worker, contents=contents, linked_module=True)],
    )
    link(Var("Inline", 0), inline_js=["postMessage(1);"])
    link(Var("RawNamed", "./raw/linked.js"))
    s.export(function("nested"), path="encoder_source::inner")


def expectation(version, native):
    source = Source(version, native)
    for part in (free_functions, structs, enums, global_imports, module_imports, the_rest):
        part(source)
    return source.text()


if __name__ == "__main__":
    for number in sys.argv[3:]:
        with open("%s/%s.expect" % (sys.argv[1], number), "w", encoding="utf-8") as file:
            file.write(expectation(int(number), sys.argv[2] == "native"))
