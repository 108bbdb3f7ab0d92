// Programs for a host: a text run in a module, and what went wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// A fresh `__main__`, which `import __main__` finds.
Ref<Module> make_main_module(Runtime& rt);

/// Compiles the text and runs it in the module, whose globals stay. Throws Raised.
void run_program(Runtime& rt, Module& module, std::string_view text, std::string filename,
                 bool interactive);

/// The end of a program whose globals are not kept: what they held ends, as far as somebody may
/// notice by `__del__` or weakref.finalize.
void end_program(Runtime& rt, Module& module);

struct ErrorReport {
  std::string type;          // "ValueError"
  std::string message;       // with "Did you mean" where a name was close
  std::string traceback;     // the whole text as Python prints it
  std::optional<Span> span;  // of the user's program
  Hint hint;
};
ErrorReport describe_error(Runtime& rt, Exception& error);

/// Whether the text breaks off where more lines could complete it: an open bracket or triple quote,
/// or a block without body.
bool is_incomplete_program(std::string_view text);

}  // namespace gradpad::lang
