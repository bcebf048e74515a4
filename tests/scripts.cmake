# Tests that are scripts. Names: <folder>/<what>. Each fails if something it needs is missing.
set(NODE_TEST ${CMAKE_COMMAND} -E env WASMBIND_BUILD=${CMAKE_BINARY_DIR} node --test)

# What takes long to build is built once, before the tests that use it.
script_test(prepare/modules ${CMAKE_SOURCE_DIR}/tests/prepare.sh modules)
script_test(prepare/upstream ${CMAKE_SOURCE_DIR}/tests/prepare.sh upstream)
set_tests_properties(prepare/modules PROPERTIES FIXTURES_SETUP modules TIMEOUT 3000)
set_tests_properties(prepare/upstream PROPERTIES FIXTURES_SETUP upstream TIMEOUT 3000)

# module_test(name command…): a test that uses the modules; upstream_test: upstream's tool as well.
function(module_test name)
  script_test(${name} ${ARGN})
  set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED modules)
endfunction()
function(upstream_test name)
  script_test(${name} ${ARGN})
  set_tests_properties(${name} PROPERTIES FIXTURES_REQUIRED "modules;upstream")
endfunction()

script_test(lint ${CMAKE_SOURCE_DIR}/tools/lint/lint.sh)
module_test(cli/options ${NODE_TEST} tests/cli/options.test.mjs)
module_test(cli/growth ${NODE_TEST} tests/cli/growth.test.mjs)
upstream_test(cli/flags ${NODE_TEST} tests/cli/flags.test.mjs)
upstream_test(cli/debug ${NODE_TEST} tests/cli/debug.test.mjs)
module_test(cli/bad_input ${NODE_TEST} tests/cli/bad_input.test.mjs)
module_test(dts ${NODE_TEST} tests/dts/dts.test.mjs)
upstream_test(wasm/roundtrip ${NODE_TEST} tests/roundtrip/roundtrip.test.mjs)
upstream_test(demangle ${NODE_TEST} tests/demangle/demangle.test.mjs)
upstream_test(chaos/control ${NODE_TEST} tests/chaos/control.test.mjs)

file(GLOB FRAGMENT_TESTS CONFIGURE_DEPENDS js/*.test.mjs)
foreach(file ${FRAGMENT_TESTS})
  get_filename_component(topic ${file} NAME)
  string(REGEX REPLACE "\\.test\\.mjs$" "" topic ${topic})
  module_test(js/${topic} ${NODE_TEST} ${file})
endforeach()

script_test(upstream/encoder ${CMAKE_SOURCE_DIR}/tests/upstream/encoder/check.sh $<TARGET_FILE:wasmbind>)
set_tests_properties(upstream/encoder PROPERTIES TIMEOUT 3000)

# The run-time suite, both reference modes, in every runtime: plain, under growth chaos, and after wasm-opt -O3. All combinations of
# version, runtime and variant take an hour and are run by `make test-full`. Otherwise: each of six versions in Node; the one with the
# historic fault under chaos in Node and Chromium; the newest in each variant, of which Firefox, the slowest, gets the plain suite and
# wasm-opt's in one reference mode each.
set(ALL_VERSIONS 0.2.89 0.2.92 0.2.93 0.2.95 0.2.97 0.2.99 0.2.100 0.2.101 0.2.104 0.2.106 0.2.114 0.2.117 0.2.118 0.2.121 0.2.127
  0.2.129 0.2.130)
option(WASMBIND_FULL "Run every combination of the run-time suite" OFF)
set(RUN_VERSIONS 0.2.89 0.2.92 0.2.99 0.2.100 0.2.127 0.2.130)
if(WASMBIND_FULL)
  set(RUN_VERSIONS ${ALL_VERSIONS})
endif()
set(FEW_IN_FIREFOX run/0.2.130/on chaos/0.2.130/on chaos/0.2.130/off opt/0.2.130/off)
# suite(variant, version, mode, runtime, pattern of the versions that `make test` runs, option of run.mjs…)
function(suite variant version mode runtime gated)
  set(name ${variant}/${version}/${mode})
  if(WASMBIND_FULL OR (version MATCHES "^0\\.2\\.(${gated})$" AND (NOT runtime STREQUAL firefox OR name IN_LIST FEW_IN_FIREFOX)))
    module_test(${name}/${runtime} node tests/run/run.mjs --cli $<TARGET_FILE:wasmbind> --version ${version} --externref ${mode}
      --runtime ${runtime} ${ARGN})
  endif()
endfunction()
foreach(version ${RUN_VERSIONS})
  foreach(mode on off)
    suite(run ${version} ${mode} node ".*")
    suite(chaos ${version} ${mode} node "99|130" --post $<TARGET_FILE:chaos>)
    suite(opt ${version} ${mode} node "130" --opt)
    foreach(browser chromium firefox)
      suite(run ${version} ${mode} ${browser} "130")
      suite(chaos ${version} ${mode} ${browser} "99|130" --post $<TARGET_FILE:chaos>)
      suite(opt ${version} ${mode} ${browser} "130" --opt)
    endforeach()
  endforeach()
endforeach()

# The other ways to choose: reference mode left to the module, results through memory instead of several values.
set(run node tests/run/run.mjs --cli $<TARGET_FILE:wasmbind> --version 0.2.130 --runtime node)
module_test(run/0.2.130/auto/node ${run} --externref auto)
module_test(run/0.2.130/on/node/single-value ${run} --externref on --cli-args=--multi-value=off)
module_test(run/0.2.130/off/node/single-value ${run} --externref off --cli-args=--multi-value=off)

# The other targets: outside browsers in both modes, in browsers with the newest crate.
foreach(where bundler/node-newest module/node-newest deno/deno experimental-nodejs-module/node bundler/chromium no-modules/chromium
        no-modules/firefox bundler/firefox)
  get_filename_component(target ${where} DIRECTORY)
  get_filename_component(runtime ${where} NAME)
  foreach(version 0.2.99 0.2.127 0.2.130)
    foreach(mode on off)
      set(run node tests/run/run.mjs --cli $<TARGET_FILE:wasmbind> --version ${version} --externref ${mode} --target ${target} --runtime ${runtime})
      if(WASMBIND_FULL OR (version STREQUAL 0.2.130 AND (mode STREQUAL on OR NOT runtime MATCHES "chromium|firefox")))
        module_test(run/${version}/${mode}/${target}/${runtime} ${run})
      endif()
    endforeach()
  endforeach()
endforeach()

file(GLOB TARGET_TESTS CONFIGURE_DEPENDS targets/*.test.mjs)
foreach(file ${TARGET_TESTS})
  get_filename_component(topic ${file} NAME)
  string(REGEX REPLACE "\\.test\\.mjs$" "" topic ${topic})
  upstream_test(targets/${topic} ${NODE_TEST} ${file})
endforeach()

# The benchmark's rows, small.
upstream_test(bench/rows ${NODE_TEST} tests/bench/rows.test.mjs)

module_test(arrays ${CMAKE_COMMAND} -E env WASMBIND_BUILD=${CMAKE_BINARY_DIR} node --expose-gc --test tests/arrays/arrays.test.mjs)
module_test(million ${CMAKE_SOURCE_DIR}/examples/million/demo.sh $<TARGET_FILE:wasmbind>)

# The output, and what it does, beside upstream's of the same version; all other versions and targets by `make compare`. What may differ
# is shown in docs/differences.md.
foreach(version 0.2.92 0.2.130)
  upstream_test(compare/${version} node tests/compare/compare.mjs --cli $<TARGET_FILE:wasmbind> --version ${version})
  upstream_test(compare/${version}/behaviour node tests/compare/behaviour.mjs --cli $<TARGET_FILE:wasmbind> --version ${version})
  set_tests_properties(compare/${version}/behaviour PROPERTIES PROCESSORS 2)
endforeach()
script_test(compare/table node tests/compare/document.mjs)
script_test(bench/figures node bench/report.mjs --check)
