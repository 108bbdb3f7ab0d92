# cmake -DFOLDER=... -DOUTPUT=... -P embed.cmake
#
# Writes a C++ source that holds every .py file below FOLDER as (module name, text), in the form that
# core/lang/lib/embedded_sources.h declares: torch/nn/__init__.py is torch.nn, torch/optim.py is
# torch.optim.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.py)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  string(REGEX REPLACE "(/__init__)?\\.py$" "" name ${file})
  string(REPLACE "/" "." name ${name})
  file(READ ${FOLDER}/${file} text)
  # A compiler need not take a literal of more than 64 KiB (C++ guarantees as little as that).
  string(LENGTH "${text}" length)
  if(length GREATER 65000)
    message(FATAL_ERROR "${file} is too long to embed; split it")
  endif()
  string(APPEND entries "    {\"${name}\", R\"gradpad(${text})gradpad\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Generated from core/lang/lib/ by cmake/embed.cmake.
#include "lang/lib/embedded_sources.h"

namespace gradpad::lang {

static constexpr EmbeddedSource kSources[] = {
@entries@    {"", ""},
};

std::span<const EmbeddedSource> embedded_sources() {
  return std::span(kSources).first(std::size(kSources) - 1);
}

}  // namespace gradpad::lang
]])
