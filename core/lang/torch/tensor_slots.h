// What operators, brackets and built-in functions do with tensors.
#pragma once

#include <span>

#include "gradpad/autograd/variable.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// The slots of the Tensor type.
Slots tensor_slots();

// tensor_operators.cpp
Value tensor_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b);
Value tensor_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other);
Value tensor_unary(Runtime& rt, UnaryOp op, const Value& self);
Value tensor_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other);
bool tensor_contains(Runtime& rt, const Value& self, const Value& item);

// tensor_index.cpp
Value tensor_get_item(Runtime& rt, const Value& self, const Value& key);
void tensor_set_item(Runtime& rt, const Value& self, const Value& key, const Value& value);
void tensor_del_item(Runtime& rt, const Value& self, const Value& key);

// tensor_attributes.cpp
/// An attribute that the user gave this tensor, or null.
Value* tensor_own_attribute(Runtime& rt, const Value& self, Str* name);
void tensor_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value);
std::span<const Getter> tensor_getters();
/// Tensor, or the class that the tensor was given (Parameter).
Type* tensor_type_of(Runtime& rt, const Value& self);
/// Garbage::watch_tensor.
void watch_tensor(const Value& tensor);
void set_tensor_type(Runtime& rt, const Variable& variable, Type* type);

/// The one element as a number; ValueError where there is not exactly one.
Scalar single_item(const Variable& variable);

}  // namespace gradpad::lang
