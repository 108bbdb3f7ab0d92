// _warnings: where a warning is, and who decides what becomes of it. The decisions are made in
// lib/warnings.py.
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/support.h"
#include "lang/objects/code.h"
#include "lang/runtime/evaluator.h"

namespace gradpad::lang {

namespace {

/// (file, line, text of the line) of the user's frame that stands `level` - 1 calls further out.
Value warnings_place(Runtime& rt, Value* a) {
  const std::optional<FrameView> place = rt.evaluator().user_frame(rt.to_index(a[0]));
  if (!place) return rt.make_tuple({rt.intern("sys"), Value(1), rt.intern("")});
  const Source& source = *place->code->source;
  return rt.make_tuple({rt.make_str(source.filename), Value(place->span.line),
                        rt.make_str(std::string(source.line(place->span.line)))});
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
