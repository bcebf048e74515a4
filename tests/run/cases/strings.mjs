// Strings both ways: encodings, lengths, lone surrogates, long ones, non-ASCII after a long ASCII run.

const utf8 = (s) => new TextEncoder().encode(s);
const MIB = 1 << 20;

/** Well-formed strings that must come back unchanged. */
const PLAIN = {
    empty: '',
    ASCII: 'Hello, world!',
    'Latin-1': 'é à ÿ ß',
    'non-ASCII first': 'éabc',
    'non-ASCII last': 'abcé',
    'U+007F to U+0800': '\u007f\u0080\u07ff\u0800',
    CJK: '中文字符',
    emoji: 'a😀b👩‍👩‍👧‍👦',
    'last code point': '\u{10ffff}',
    'interior NUL': 'a\0b\0',
    'byte order mark': '\ufeffabc\ufeff',
    noncharacter: '\uffff\ufffe',
    'combining marks': 'e\u0301',
};

/** Strings with lone surrogates, and what Rust must see. */
const LONE = {
    'high alone': ['\ud800', '\ufffd'],
    'low alone': ['\udc00', '\ufffd'],
    'high at the end': ['abc\ud83d', 'abc\ufffd'],
    'swapped pair': ['\ude00\ud83d', '\ufffd\ufffd'],
    'high before a pair': ['\ud83d😀', '\ufffd😀'],
    'between letters': ['é\udfffé', 'é\ufffdé'],
};

/** Long strings. */
const LONG = {
    '1 MiB of ASCII': 'a'.repeat(MIB),
    'non-ASCII after 1 MiB': 'a'.repeat(MIB) + 'é中😀',
    'non-ASCII before 1 MiB': '😀' + 'a'.repeat(MIB),
    '1 MiB of CJK': '中'.repeat(MIB / 4),
    '256 Ki of emoji': '😀'.repeat(MIB / 4),
    'surrogate pair over a 64 KiB border': 'a'.repeat(65535) + '😀' + 'b',
};

export function register(t) {
    const { w, host } = t;
    for (const [name, s] of Object.entries({ ...PLAIN, ...LONG })) {
        t.test(`export, ${name}`, () => {
            t.equal(w.str_len(s), utf8(s).length, 'length in bytes');
            t.equal(w.str_bytes(s), utf8(s), 'bytes');
            t.equal(w.str_from_bytes(utf8(s)), s, 'from bytes');
            t.equal(w.echo_str(s), s, '&str and back');
            t.equal(w.echo_string(s), s, 'String and back');
        });
        t.test(`import, ${name}`, () => {
            let got;
            host.take_str = (a) => {
                got = a;
                return s;
            };
            host.take_string = host.take_str;
            t.equal(w.call_str(s), s, '&str: result');
            t.equal(got, s, '&str: argument');
            got = undefined;
            t.equal(w.call_string(s), s, 'String: result');
            t.equal(got, s, 'String: argument');
        });
    }
    for (const [name, [s, expected]] of Object.entries(LONE)) {
        t.test(`lone surrogate, ${name}`, () => {
            t.equal(w.str_bytes(s), utf8(expected), 'bytes');
            t.equal(w.echo_string(s), expected, 'back');
            host.take_str = () => s;
            t.equal(w.call_str(''), expected, 'result of an import');
        });
    }
    t.test('a string that Rust extends', () => {
        t.equal(w.str_append('abc', 'def'), 'abcdef');
        t.equal(w.str_append('é'.repeat(1000), '中'), `${'é'.repeat(1000)}中`);
        t.equal(w.str_append('', ''), '');
        t.equal(w.str_append('', 'x'), 'x');
        t.equal(w.str_append('a'.repeat(100) + 'é', 'z'.repeat(5000)), `${'a'.repeat(100)}é${'z'.repeat(5000)}`);
    });
    t.test('three strings in one call', () => {
        let got;
        host.take_three = (...args) => {
            got = args;
            return args.join('|');
        };
        t.equal(w.call_three('é', '', '中'), 'é||中');
        t.equal(got, ['é', '', '中']);
    });
    t.test('a long string made in Rust', () => {
        t.equal(w.str_repeat('ab', 500000), 'ab'.repeat(500000));
        t.equal(w.str_repeat('é', 0), '');
        t.equal(w.str_repeat('中😀', 100000), '中😀'.repeat(100000));
    });
    t.test('every length around the sizes of buffers', () => {
        for (let n = 0; n <= 40; n++) {
            const s = 'x'.repeat(n);
            t.equal(w.echo_str(s), s);
            t.equal(w.echo_str(`${s}é`), `${s}é`);
            t.equal(w.echo_str(`é${s}`), `é${s}`);
        }
    });
    t.test('ten thousand strings', () => {
        let total = 0;
        for (let i = 0; i < 10000; i++) total += w.str_len(`é${i}`);
        t.equal(total, 10000 * 2 + 38890);
    });
    t.test('an exception while an import makes its string', () => {
        const reason = { reason: 1 };
        host.take_str = () => {
            throw reason;
        };
        t.throwsValue(() => w.call_str('x'), reason);
        t.equal(w.echo_str('é'), 'é', 'afterwards');
    });
    t.test('a string argument that is none', () => {
        for (const wrong of [undefined, null, Symbol('s')]) t.throws(() => w.str_len(wrong), Error, undefined, `str_len(${String(wrong)})`);
        t.equal(w.echo_str('é'), 'é', 'afterwards');
    });
}
