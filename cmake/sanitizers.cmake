# GRADPAD_SANITIZE: what watches the program while it runs. `address` is the address and the
# undefined-behaviour sanitizer, `thread` the thread sanitizer; GRADPAD_FUZZ adds libFuzzer's
# instrumentation to the former. Read before project(), for it chooses the compiler: Clang where its
# runtime is there, because GCC needs minutes more to check every pointer and then leaves it out.
set(GRADPAD_SANITIZE OFF CACHE STRING "OFF, address (with undefined behaviour) or thread")
option(GRADPAD_FUZZ "Build the fuzz targets, with Clang's libFuzzer" OFF)

if((GRADPAD_SANITIZE OR GRADPAD_FUZZ) AND NOT CMAKE_CXX_COMPILER AND NOT DEFINED ENV{CXX})
  find_program(GRADPAD_SANITIZING_CLANG NAMES clang++-19 clang++)
  if(GRADPAD_SANITIZING_CLANG)
    # Its runtime is a package of its own.
    set(probe ${CMAKE_BINARY_DIR}/sanitizer_probe)
    file(WRITE ${probe}.cpp "int main() {}\n")
    execute_process(COMMAND ${GRADPAD_SANITIZING_CLANG} -fsanitize=address ${probe}.cpp -o ${probe}
                    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    if(NOT failed)
      set(CMAKE_CXX_COMPILER ${GRADPAD_SANITIZING_CLANG})
    endif()
  endif()
  if(GRADPAD_FUZZ AND NOT CMAKE_CXX_COMPILER)
    message(FATAL_ERROR "The fuzz targets need Clang and its runtime (Debian: clang-19 "
                        "libclang-rt-19-dev). tools/fuzz installs them.")
  endif()
endif()

function(gradpad_add_sanitizers)
  if(NOT GRADPAD_SANITIZE)
    return()
  endif()
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  set(sanitize -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(GRADPAD_SANITIZE STREQUAL thread)
    list(APPEND sanitize -fsanitize=thread)
  else()
    list(APPEND sanitize -fsanitize=address,undefined)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      list(APPEND sanitize -fno-sanitize=null,alignment,object-size,pointer-overflow)
      message(STATUS "UBSan without null, alignment, object-size and pointer-overflow, which Clang has")
    endif()
  endif()
  if(GRADPAD_FUZZ)
    list(APPEND sanitize -fsanitize=fuzzer-no-link)
  endif()
  add_compile_options(${sanitize})
  add_link_options(${sanitize})
endfunction()
