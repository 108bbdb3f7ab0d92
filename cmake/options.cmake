# Compiler options shared by every target of the project, carried by the interface library
# gradpad_options, and the include folder of xsimd, carried by gradpad_xsimd. Both are private to the
# targets that link them: a program that links gradpad::gradpad gets the public headers, which stand in
# core/include, and no options.

find_program(GRADPAD_CCACHE ccache)
if(GRADPAD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness that ccache wants before it caches what was compiled with precompiled headers; and
  # no preprocessing of its own, for the compiler writes down what was included.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1
      ${GRADPAD_CCACHE})
  if(EMSCRIPTEN OR CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  else()
    add_compile_options(-fpch-preprocess)
  endif()
endif()

add_library(gradpad_options INTERFACE)
target_include_directories(gradpad_options INTERFACE ${PROJECT_SOURCE_DIR}/core/include
                                                     ${PROJECT_SOURCE_DIR}/core)
target_compile_options(gradpad_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow
  # The same source must give the same digits from every compiler and on every ISA, so a*b+c is
  # fused only where the code asks for it; errno and floating-point traps are never read.
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Wrong about std::string's operator+ (GCC bug 105651).
  target_compile_options(gradpad_options INTERFACE -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT EMSCRIPTEN)
  # GCC 12's library warns of itself under another compiler, in std::stable_sort.
  target_compile_options(gradpad_options INTERFACE -Wno-deprecated-declarations)
endif()
if(GRADPAD_WERROR)
  target_compile_options(gradpad_options INTERFACE -Werror)
endif()

# Backends beside the CPU's. The reference, which tests compare with, has no place in a web page.
set(GRADPAD_BACKENDS reference)
if(EMSCRIPTEN)
  set(GRADPAD_BACKENDS "")
endif()

# Optimisation of what is not hot; gradpad_library() says what is.
set(GRADPAD_COLD -O2)
if(EMSCRIPTEN)
  # -Oz: a third smaller than -Os here, for templates and landing pads are what most of it is.
  set(GRADPAD_COLD -Oz)
endif()

gradpad_add_sanitizers()

if(EMSCRIPTEN)
  add_compile_options(-fwasm-exceptions -msimd128)
  add_link_options(-fwasm-exceptions -msimd128)
endif()

# Ends the configuration with what to do about something that is not there.
function(gradpad_missing what)
  message(FATAL_ERROR "${what} is not found.\n"
                      "Run tools/toolchain once and configure again: on Debian 12 it installs what the "
                      "build needs, elsewhere it says what to install. What stands in a place of its own "
                      "is named with -DCMAKE_PREFIX_PATH=PREFIX.")
endfunction()

# xsimd >= 13 (older versions know no WebAssembly): from CMAKE_PREFIX_PATH, from what
# tools/toolchain unpacked, or from the system. Only the header folder is linked into the build
# tree, for an include path that held the rest of /usr/include would break the WebAssembly build.
function(gradpad_find_xsimd)
  set(candidates)
  string(REPLACE ":" ";" from_environment "$ENV{CMAKE_PREFIX_PATH}")
  foreach(prefix IN LISTS CMAKE_PREFIX_PATH from_environment)
    list(APPEND candidates ${prefix}/include ${prefix})
  endforeach()
  list(APPEND candidates ${PROJECT_SOURCE_DIR}/.toolchain/usr/include /usr/local/include /usr/include
       /opt/homebrew/include)
  foreach(folder IN LISTS candidates)
    set(header ${folder}/xsimd/config/xsimd_config.hpp)
    if(EXISTS ${header})
      file(STRINGS ${header} line REGEX "#define XSIMD_VERSION_MAJOR")
      string(REGEX MATCH "[0-9]+" major "${line}")
      if(major GREATER_EQUAL 13)
        file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/include)
        file(CREATE_LINK ${folder}/xsimd ${PROJECT_BINARY_DIR}/include/xsimd SYMBOLIC COPY_ON_ERROR)
        message(STATUS "xsimd ${major} in ${folder}")
        return()
      endif()
    endif()
  endforeach()
  gradpad_missing("xsimd 13 or newer (headers)")
endfunction()
gradpad_find_xsimd()
add_library(gradpad_xsimd INTERFACE)
target_include_directories(gradpad_xsimd SYSTEM INTERFACE ${PROJECT_BINARY_DIR}/include)
