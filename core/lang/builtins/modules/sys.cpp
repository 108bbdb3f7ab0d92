// sys: streams, limits, versions; and exit and quit, which are built-in functions.
#include <cfloat>

#include "lang/builtins/functions.h"
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/modules/struct_sequence.h"
#include "lang/builtins/support.h"
#include "lang/runtime/evaluator.h"

namespace gradpad::lang {

namespace {

Value sys_exit(Runtime& rt, Value* a) { rt.raise_value(rt.types.system_exit, a[0]); }

Value sys_getrecursionlimit(Runtime&, Value*) { return Value(Evaluator::kMaxDepth); }

/// The limit is fixed: a program may ask for more and gets what there is.
Value sys_setrecursionlimit(Runtime& rt, Value* a) {
  if (rt.to_index(a[0]) < 1) fail_value({"recursion limit must be greater or equal than 1"});
  return Value::none();
}

Value sys_getrefcount(Runtime&, Value* a) {
  return Value(a[0].is_reference() ? static_cast<int64_t>(a[0].as_reference()->use_count()) : 1);
}

Value sys_intern(Runtime& rt, Value* a) {
  Str* text = a[0].to<Str>();
  if (!text) fail_type({"intern() argument must be str, not ", rt.type_name(a[0])});
  return rt.intern(text);
}

Value sys_exc_info(Runtime& rt, Value*) {
  const Ref<Exception>& handled = rt.evaluator().handled();
  const Value none = Value::none();
  if (!handled) return rt.make_tuple({none, none, none});
  return rt.make_tuple({Value(handled->type()), Value(handled), none});
}

constexpr char kExitSignature[] = "status=None, /";
constexpr char kExitText[] = "Exit the interpreter by raising SystemExit(status).";

constexpr Method kLeaving[] = {
    {"exit", kExitSignature, sys_exit, kExitText},
    {"quit", kExitSignature, sys_exit, kExitText},
};

constexpr Method kFunctions[] = {
    {"exit", kExitSignature, sys_exit, kExitText},
    {"getrecursionlimit", "", sys_getrecursionlimit},
    {"setrecursionlimit", "limit, /", sys_setrecursionlimit},
    {"getrefcount", "object, /", sys_getrefcount},
    {"intern", "string, /", sys_intern},
    {"exc_info", "", sys_exc_info},
};

void init_sys(Runtime& rt, Module& module) {
  const auto set = [&](const char* name, Value value) {
    module.set(rt.intern(name).get(), std::move(value));
  };
  const Value out = make_text_stream(rt, false);
  const Value error = make_text_stream(rt, true);
  set("stdout", out);
  set("__stdout__", out);
  set("stderr", error);
  set("__stderr__", error);
  set("maxsize", Value(INT64_MAX));
  set("maxunicode", Value(0x10FFFF));
  set("byteorder", rt.intern("little"));
  set("platform", rt.intern("gradpad"));
  set("argv", rt.make_list(rt.to_values(rt.make_tuple({rt.intern("")}))));
  set("path", rt.make_list());
  set("version", rt.intern("3.11 (Gradpad)"));
  Type* version = make_struct_sequence(rt, "sys", "version_info",
                                       {"major", "minor", "micro", "releaselevel", "serial"});
  set("version_info",
      make_struct(rt, version, {Value(3), Value(11), Value(0), rt.intern("final"), Value(0)}));
  Type* floats =
      make_struct_sequence(rt, "sys", "float_info",
                           {"max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig",
                            "mant_dig", "epsilon", "radix", "rounds"});
  set("float_info",
      make_struct(rt, floats,
                  {Value(DBL_MAX), Value(DBL_MAX_EXP), Value(DBL_MAX_10_EXP), Value(DBL_MIN),
                   Value(DBL_MIN_EXP), Value(DBL_MIN_10_EXP), Value(DBL_DIG), Value(DBL_MANT_DIG),
                   Value(DBL_EPSILON), Value(FLT_RADIX), Value(1)}));
  rt.add_builtin(kSysName, Value(&module));
}

}  // namespace

std::span<const Method> leaving_functions() { return kLeaving; }

const ModuleSpec kSysModule = {"sys", kFunctions, init_sys};

}  // namespace gradpad::lang
