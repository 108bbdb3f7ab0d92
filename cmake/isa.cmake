# Sources compiled once per instruction set.
#
# `NAME.isa.cpp`      compiled once per ISA in GRADPAD_ISAS, with -DGRADPAD_ISA=<isa> (an
#                     identifier, meant as the name of a namespace), -DGRADPAD_ISA_<ISA>=1 and the
#                     ISA's options.
# `NAME.variant.cpp`  chooses among them: sees -DGRADPAD_ISA_LIST, which expands to
#                     GRADPAD_X(<isa>) for each ISA it may call. A native build holds all ISAs in
#                     one binary and compiles it once; a web build holds two modules of one ISA
#                     each, and compiles it once for each.
# Everything else is compiled once, and linked into both web modules.

if(EMSCRIPTEN)
  set(GRADPAD_ISAS wasm wasm_relaxed)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(GRADPAD_ISAS sse2 avx2 avx512)
else()
  set(GRADPAD_ISAS generic)
endif()

set(GRADPAD_OPTIONS_sse2 "")
set(GRADPAD_OPTIONS_generic "")
set(GRADPAD_OPTIONS_avx2 -mavx2 -mfma)
set(GRADPAD_OPTIONS_avx512 -mavx2 -mfma -mavx512f -mavx512cd -mavx512bw -mavx512dq -mavx512vl)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12's own AVX-512 headers trip this warning (GCC bug 105593).
  list(APPEND GRADPAD_OPTIONS_avx512 -Wno-maybe-uninitialized -Wno-uninitialized)
endif()
set(GRADPAD_OPTIONS_wasm -msimd128)
set(GRADPAD_OPTIONS_wasm_relaxed -msimd128 -mrelaxed-simd)

# One object library for SOURCES built for one ISA. In a web build the objects wait in a global
# property until gradpad_link_variant() asks for them; natively they go into the archive.
function(gradpad_isa_objects target isa sources)
  add_library(${target} OBJECT ${sources})
  target_link_libraries(${target} PRIVATE gradpad_options gradpad_xsimd)
  target_compile_options(${target} PRIVATE ${GRADPAD_OPTIONS_${isa}})
  if(GRADPAD_SANITIZE)
    # Every loop calls templates that are meant to be inlined.
    target_compile_options(${target} PRIVATE -O1)
    if(GRADPAD_SANITIZE STREQUAL address)
      # Each register that is passed to one would be followed from scope to scope, for which GCC needs
      # a minute a source.
      target_compile_options(${target} PRIVATE -fno-sanitize-address-use-after-scope)
    endif()
  else()
    target_compile_options(${target} PRIVATE -O3)
  endif()
  string(TOUPPER ${isa} upper)
  target_compile_definitions(${target} PRIVATE GRADPAD_ISA=${isa} GRADPAD_ISA_${upper}=1)
  set_property(GLOBAL APPEND PROPERTY GRADPAD_ISA_TARGETS ${target})
  if(EMSCRIPTEN)
    set_property(GLOBAL APPEND PROPERTY GRADPAD_VARIANT_OBJECTS_${isa} $<TARGET_OBJECTS:${target}>)
  endif()
endfunction()

# Links every library of core/ and the objects of one variant (an ISA of the web build) into an
# executable.
function(gradpad_link_variant executable isa)
  get_property(objects GLOBAL PROPERTY GRADPAD_VARIANT_OBJECTS_${isa})
  target_sources(${executable} PRIVATE ${objects})
  target_link_libraries(${executable} PRIVATE gradpad_options gradpad_lang)
  target_link_options(${executable} PRIVATE ${GRADPAD_OPTIONS_${isa}})
endfunction()
