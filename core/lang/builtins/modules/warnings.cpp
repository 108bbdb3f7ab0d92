// _warnings: where a warning is, and who decides what becomes of it. The decisions are made in
// lib/warnings.py.
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/support.h"
#include "lang/vm/frame.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

namespace {

/// (file, line, text of the line) of the user's frame that stands `level` - 1 calls further out.
Value warnings_place(Runtime& rt, Value* a) {
  int64_t level = rt.to_index(a[0]);
  const Frame* place = nullptr;
  for (const Frame* frame = rt.interpreter().current_frame(); frame; frame = frame->back) {
    if (frame->code->source->is_library) continue;
    place = frame;
    if (--level <= 0) break;
  }
  if (!place) return rt.make_tuple({rt.intern("sys"), Value(1), rt.intern("")});
  const Code& code = *place->code;
  const int32_t line = code.spans[static_cast<size_t>(place->pc - code.instructions.data())].line;
  return rt.make_tuple({rt.make_str(code.source->filename), Value(line),
                        rt.make_str(std::string(code.source->line(line)))});
}

Value warnings_install(Runtime& rt, Value* a) {
  rt.warning_hook = a[0];
  return Value::none();
}

constexpr Method kFunctions[] = {
    {"place", "level, /", warnings_place},
    {"install", "hook, /", warnings_install},
};

}  // namespace

const ModuleSpec kWarningsModule = {"_warnings", kFunctions};

}  // namespace gradpad::lang
