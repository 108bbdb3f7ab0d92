// The modules that are written in the language itself (core/lang/lib/**.py), embedded at build
// time.
#pragma once

#include <iterator>
#include <span>
#include <string_view>

namespace gradpad::lang {

struct EmbeddedSource {
  std::string_view name;  ///< dotted: "torch.nn"
  std::string_view source;
};

std::span<const EmbeddedSource> embedded_sources();

}  // namespace gradpad::lang
