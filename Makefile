# A short cover of CMake. `make` builds; `make demo` and `make test` also install what is missing.
.PHONY: all app demo test test-full bench asan fuzz lint style compare newest install clean setup

all:
	@tools/setup.sh build
	@cmake --preset release >/dev/null
	@cmake --build --preset release

setup:
	@tools/setup.sh

demo: setup all
	@examples/million/demo.sh build/wasmbind

test: setup
	@cmake --preset ci >/dev/null
	@cmake --build --preset ci --target all unit_tests chaos
	@ctest --preset ci

# Every combination of crate version, reference mode, runtime and variant: about an hour.
test-full: setup
	@cmake --preset ci -DWASMBIND_FULL=ON >/dev/null
	@cmake --build --preset ci --target all unit_tests chaos
	@ctest --preset ci; status=$$?; cmake --preset ci -DWASMBIND_FULL=OFF >/dev/null; exit $$status

# Under AddressSanitizer and UBSan: unit tests, fuzz corpus, bad input, real modules, and the tool in the run-time suite.
asan: setup
	@cmake --preset asan >/dev/null
	@cmake --build --preset asan --target all unit_tests
	@ctest --preset asan -R '^(unit|fuzz|cli)/|^demangle$$|^wasm/roundtrip$$|^run/0\.2\.130/(on|off)/node$$'

# Each fuzz target for SECONDS (180); what fails is kept in build-fuzz/.
fuzz: setup
	@tests/fuzz/run.sh $(SECONDS)

# Our output beside that of upstream's tool, every version whose tool can be built here.
compare: setup all
	@tests/compare/all.sh build/wasmbind

# The suite against the newest wasm-bindgen on the registry; tells, gates nothing.
newest: setup all
	@tests/compare/newest.sh build/wasmbind

# Times against upstream's tool and glue: an hour on an idle machine. Parts of it: bench/run.sh.
bench: setup all
	@bench/run.sh

lint:
	@tools/lint/lint.sh

style:
	@tools/lint/style.sh --apply

# A real application in Chromium, bound by ours and by upstream's tool, release and debug: about ten minutes of building.
app: setup all
	@for version in 0.2.127 0.2.130; do for flag in "" --debug; do \
		node tests/app/app.mjs --cli build/wasmbind --version $$version $$flag || exit 1; done; done

install: all
	@cmake --install build $(if $(PREFIX),--prefix $(PREFIX))

clean:
	rm -rf build build-asan
