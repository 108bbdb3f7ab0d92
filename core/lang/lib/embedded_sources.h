// The modules that are written in the language itself (core/lang/lib/**.py), embedded at build
// time.
#pragma once

#include <span>
#include <string_view>

namespace gradpad::lang {

struct EmbeddedSource {
  std::string_view name;  ///< dotted: "torch.nn"
  /// A function for each: in WebAssembly the text then goes where its only reader goes, which for
  /// modules that few programs import is the part that few visits download.
  std::string_view (*source)();
};

std::span<const EmbeddedSource> embedded_sources();

}  // namespace gradpad::lang
