// How functions, types and modules written in C++ are declared: one table line each.
//
//   Value list_append(Runtime&, Value* a) {
//     a[0].as<List>()->items.push_back(a[1]);
//     return Value::none();
//   }
//   constexpr Method kListMethods[] = {
//       {"append", "self, object, /", list_append, "Append object to the end of the list."},
//       {"sort", "self, /, *, key=None, reverse=False", list_sort, "..."},
//   };
//
// The parameter text is Python's own. The function gets one bound value for each named parameter in
// order, keyword-only ones included, and behind them `*args` as a Tuple and `**kwargs` as a Dict. A
// default is None, True, False, an int, a float or a quoted string, and `=?` leaves the argument
// unbound. For methods of a type, a[0] is `self` and already known to have the type's layout. The
// function may take values out of `a`; slots, which get Arguments, may not.
#pragma once

#include <cstdint>
#include <span>

#include "lang/objects/value.h"
#include "lang/syntax/operators.h"

namespace gradpad::lang {

class Runtime;
class Type;
class Str;
class Module;

using NativeFn = Value (*)(Runtime& rt, Value* args);

enum class MethodKind : uint8_t { Method, Class, Static };

struct Method {
  const char* name;
  const char* parameters;
  NativeFn function;
  const char* doc = "";
  MethodKind kind = MethodKind::Method;  // Class: a[0] is the type
};

/// An attribute computed on access.
struct Getter {
  const char* name;
  Value (*get)(Runtime& rt, const Value& self);
  void (*set)(Runtime& rt, const Value& self, const Value& value) = nullptr;
  const char* doc = "";
};

/// What a call brings: positional values, then those given by name.
struct Arguments {
  Value* values = nullptr;
  uint32_t positional = 0;
  uint32_t named = 0;
  Str* const* names = nullptr;  // interned; `named` of them
};

/// What a type does for the operators and protocols, one function each; null where it does not.
/// The first argument after `rt` has the type's layout, except in `binary`.
struct Slots {
  Value (*repr)(Runtime& rt, const Value& self) = nullptr;  // both return a Str
  Value (*str)(Runtime& rt, const Value& self) = nullptr;
  Value (*format)(Runtime& rt, const Value& self, const Value& spec) = nullptr;
  int64_t (*hash)(Runtime& rt, const Value& self) = nullptr;
  bool (*truth)(Runtime& rt, const Value& self) = nullptr;
  int64_t (*length)(Runtime& rt, const Value& self) = nullptr;
  /// rt.not_implemented() where the other operand is none of its business.
  Value (*compare)(Runtime& rt, CompareOp op, const Value& self, const Value& other) = nullptr;
  /// Called for `a op b` where either is of this type: look at both.
  Value (*binary)(Runtime& rt, BinaryOp op, const Value& a, const Value& b) = nullptr;
  Value (*inplace)(Runtime& rt, BinaryOp op, const Value& self, const Value& other) = nullptr;
  Value (*unary)(Runtime& rt, UnaryOp op, const Value& self) = nullptr;
  Value (*get_item)(Runtime& rt, const Value& self, const Value& key) = nullptr;
  void (*set_item)(Runtime& rt, const Value& self, const Value& key, const Value& value) = nullptr;
  void (*del_item)(Runtime& rt, const Value& self, const Value& key) = nullptr;
  bool (*contains)(Runtime& rt, const Value& self, const Value& item) = nullptr;
  Value (*iterate)(Runtime& rt, const Value& self) = nullptr;
  /// False at the end.
  bool (*next)(Runtime& rt, const Value& self, Value& out) = nullptr;
  Value (*call)(Runtime& rt, const Value& self, const Arguments& arguments) = nullptr;
  Value (*get_attr)(Runtime& rt, const Value& self, Str* name) = nullptr;
  void (*set_attr)(Runtime& rt, const Value& self, Str* name, const Value& value) = nullptr;
  void (*del_attr)(Runtime& rt, const Value& self, Str* name) = nullptr;
  /// `descriptor.__get__(instance, owner)`; `instance` is unbound when read from the class.
  Value (*descr_get)(Runtime& rt, const Value& self, const Value& instance, Type* owner) = nullptr;
  void (*descr_set)(Runtime& rt, const Value& self, const Value& instance,
                    const Value& value) = nullptr;  // value unbound: delete
  /// `cls(...)`: makes the object, then `init` fills it in. A type with neither cannot be called.
  Value (*make)(Runtime& rt, Type* cls, const Arguments& arguments) = nullptr;
  void (*init)(Runtime& rt, const Value& self, const Arguments& arguments) = nullptr;
};

struct TypeSpec {
  Slots slots;
  std::span<const Method> methods = {};
  std::span<const Getter> getters = {};
  const char* doc = "";
};

struct ModuleSpec {
  const char* name;  // "math", "torch.autograd"
  std::span<const Method> functions = {};
  /// Sets whatever functions alone do not give: constants, types.
  void (*init)(Runtime& rt, Module& module) = nullptr;
};

}  // namespace gradpad::lang
