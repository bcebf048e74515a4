# Tests that are scripts. Names: <folder>/<what>.
set(ENV{WASMBIND_BUILD} ${CMAKE_BINARY_DIR})
set(NODE_TEST ${CMAKE_COMMAND} -E env WASMBIND_BUILD=${CMAKE_BINARY_DIR} node --test)

script_test(lint ${CMAKE_SOURCE_DIR}/tools/lint/lint.sh)
script_test(cli/options ${NODE_TEST} tests/cli/options.test.mjs)
script_test(cli/bad_input ${NODE_TEST} tests/cli/bad_input.test.mjs)
script_test(chaos/control ${NODE_TEST} tests/chaos/control.test.mjs)
script_test(wasm/roundtrip ${NODE_TEST} tests/roundtrip/roundtrip.test.mjs)

file(GLOB FRAGMENT_TESTS CONFIGURE_DEPENDS js/*.test.mjs)
foreach(file ${FRAGMENT_TESTS})
  get_filename_component(topic ${file} NAME)
  string(REGEX REPLACE "\\.test\\.mjs$" "" topic ${topic})
  script_test(js/${topic} ${NODE_TEST} ${file})
endforeach()

script_test(upstream/encoder ${CMAKE_SOURCE_DIR}/tests/upstream/encoder/check.sh $<TARGET_FILE:wasmbind>)

# The run-time suite: every version, reference mode, runtime; plain, under growth chaos, and after wasm-opt -O3.
set(RUN node tests/run/run.mjs --cli $<TARGET_FILE:wasmbind>)
foreach(version 0.2.92 0.2.99 0.2.100 0.2.127 0.2.130)
  foreach(mode on off)
    foreach(runtime node chromium firefox)
      set(run ${RUN} --version ${version} --externref ${mode} --runtime ${runtime})
      script_test(run/${version}/${mode}/${runtime} ${run})
      script_test(chaos/${version}/${mode}/${runtime} ${run} --post $<TARGET_FILE:chaos>)
      script_test(opt/${version}/${mode}/${runtime} ${run} --opt)
    endforeach()
  endforeach()
endforeach()

script_test(million ${CMAKE_SOURCE_DIR}/examples/million/demo.sh $<TARGET_FILE:wasmbind>)
script_test(dts ${NODE_TEST} tests/dts/dts.test.mjs)
