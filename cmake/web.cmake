# The WebAssembly modules and the site.
#
# Two modules come from one set of objects: `simd` for every browser and `relaxed` for those with
# relaxed SIMD. Only the sources compiled per ISA differ. Each is an ES6 module with its .wasm beside
# it, in <build>/wasm/<variant>/gradpad.{mjs,wasm}; the types are the same and stand beside the
# `simd` one.

set(GRADPAD_WASM_DIR ${PROJECT_BINARY_DIR}/wasm)
set(GRADPAD_SITE_DIR ${PROJECT_BINARY_DIR}/site)

# gradpad_web_module(<variant> <isa> <embind objects> [link options...])
function(gradpad_web_module variant isa bindings)
  set(target gradpad_module_${variant})
  add_executable(${target} $<TARGET_OBJECTS:${bindings}> $<TARGET_OBJECTS:gradpad_host>)
  gradpad_link_variant(${target} ${isa})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME gradpad
    SUFFIX .mjs
    RUNTIME_OUTPUT_DIRECTORY ${GRADPAD_WASM_DIR}/${variant}
    # --emit-tsd runs npm's tsc.
    RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env PATH=${PROJECT_SOURCE_DIR}/node_modules/.bin:$ENV{PATH}")
  target_link_options(${target} PRIVATE
    -lembind
    -O3
    -sMODULARIZE
    -sEXPORT_ES6
    -sEXPORT_NAME=createGradpad
    -sENVIRONMENT=web,worker,node
    -sEXPORTED_RUNTIME_METHODS=HEAPU8
    # Embind would otherwise need a page that allows unsafe-eval.
    -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0
    # A third of the time of a link, for nothing that shows in its size or speed: Clang has inlined.
    -sBINARYEN_EXTRA_PASSES=skip-pass=inlining-optimizing
    -sALLOW_MEMORY_GROWTH
    -sMAXIMUM_MEMORY=4GB
    -sSTACK_SIZE=1MB
    ${ARGN})
endfunction()

# The JS module: wasm/build.mjs bundles wasm/js with the glue, and asks the engine for its types.
function(gradpad_js_module)
  file(GLOB inputs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/wasm/js/* ${PROJECT_SOURCE_DIR}/wasm/*.mjs
       ${PROJECT_SOURCE_DIR}/wasm/everyday/*.py ${PROJECT_SOURCE_DIR}/tests/lang/*/*.py)
  # Binaryen's, of the Emscripten in use.
  find_program(GRADPAD_WASM_SPLIT wasm-split REQUIRED NO_CMAKE_FIND_ROOT_PATH
               HINTS ${PROJECT_SOURCE_DIR}/.toolchain/usr/bin ${EMSCRIPTEN_ROOT_PATH}/../bin
                     ${EMSCRIPTEN_ROOT_PATH}/../libexec/binaryen/bin)
  add_custom_command(
    OUTPUT ${GRADPAD_SITE_DIR}/lib/gradpad.mjs
    COMMAND node ${PROJECT_SOURCE_DIR}/wasm/build.mjs --modules ${GRADPAD_WASM_DIR}
            --wasm-split ${GRADPAD_WASM_SPLIT} --out ${GRADPAD_SITE_DIR}/lib
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/package-lock.json
            gradpad_module_simd gradpad_module_relaxed
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Building the JS module"
    VERBATIM)
  add_custom_target(gradpad_js ALL DEPENDS ${GRADPAD_SITE_DIR}/lib/gradpad.mjs)
endfunction()

# The site: what web/build.mjs makes of the TypeScript, beside the JS module; then all of it
# compressed.
function(gradpad_site)
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/*)
  add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/page.stamp
    COMMAND node ${PROJECT_SOURCE_DIR}/web/build.mjs --out ${GRADPAD_SITE_DIR}
    COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/page.stamp
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/package-lock.json ${PROJECT_SOURCE_DIR}/wasm/js/types.ts
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Building the page"
    VERBATIM)
  add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/site.stamp
    COMMAND node ${PROJECT_SOURCE_DIR}/tools/lib/compress.mjs ${GRADPAD_SITE_DIR}
    COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/site.stamp
    DEPENDS ${PROJECT_BINARY_DIR}/page.stamp ${GRADPAD_SITE_DIR}/lib/gradpad.mjs
            ${PROJECT_SOURCE_DIR}/tools/lib/compress.mjs
    COMMENT "Compressing the site"
    VERBATIM)
  add_custom_target(gradpad_site ALL DEPENDS ${PROJECT_BINARY_DIR}/site.stamp)
endfunction()
