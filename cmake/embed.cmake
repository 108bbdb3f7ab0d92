# cmake -DFOLDER=... -DOUTPUT=... -P embed.cmake
#
# Writes a C++ source that holds every .py file below FOLDER as (module name, text), in the form that
# core/lang/lib/embedded_sources.h declares: torch/nn/__init__.py is torch.nn, torch/optim.py is
# torch.optim.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.py)
list(SORT files)
set(entries "")
set(functions "")
foreach(file IN LISTS files)
  string(REGEX REPLACE "(/__init__)?\\.py$" "" name ${file})
  string(REPLACE "/" "." name ${name})
  file(READ ${FOLDER}/${file} text)
  # A compiler need not take a literal of more than 64 KiB (C++ guarantees as little as that).
  string(LENGTH "${text}" length)
  if(length GREATER 65000)
    message(FATAL_ERROR "${file} is too long to embed; split it")
  endif()
  string(MAKE_C_IDENTIFIER ${name} function)
  string(APPEND functions "std::string_view text_of_${function}() {\n  return R\"gradpad(${text})gradpad\";\n}\n")
  string(APPEND entries "    {\"${name}\", text_of_${function}},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Generated from core/lang/lib/ by cmake/embed.cmake.
#include "lang/lib/embedded_sources.h"

namespace gradpad::lang {

namespace {

@functions@
constexpr EmbeddedSource kSources[] = {
@entries@};

}  // namespace

std::span<const EmbeddedSource> embedded_sources() { return kSources; }

}  // namespace gradpad::lang
]])
