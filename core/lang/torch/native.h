// How torch functions written in C++ are declared: one table line each, with PyTorch's signatures.
//
//   Value torch_eye(Parsed& a) { return from_variable(eye(a.integer(0), …)); }
//   constexpr TorchFunction kFunctions[] = {
//       {"eye", "int n, *, dtype? dtype=None\nint n, int m, *, …", torch_eye, "…"},
//   };
//
// Overloads are separated by line ends; `a.which` says which it is. Those of methods leave out
// `self`.
#pragma once

#include "lang/torch/arguments.h"

namespace gradpad::lang {

struct TorchFunction {
  const char* name;
  const char* overloads;
  Value (*function)(Parsed& arguments);
  const char* doc = "";
};

/// Sets the functions in a module or namespace.
void add_functions(Runtime& rt, Module& module, std::span<const TorchFunction> functions);
/// Sets them as methods of a type.
void add_methods(Runtime& rt, Type* type, std::span<const TorchFunction> functions);

/// TypeError where a method of a type got something else as `self`.
void check_self(Runtime& rt, const NativeFunction& self, const Arguments& arguments);

/// Sets every operation of the registry that belongs to `space`.
void add_operations(Runtime& rt, Module& module, Space space);
/// Sets those that are methods, and their in-place forms.
void add_operation_methods(Runtime& rt, Type* type);

}  // namespace gradpad::lang
