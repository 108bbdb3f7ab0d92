// What an operation is called with and gives, whatever its signature.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// An argument or result of any operation. A Python number stays a Scalar.
struct Arg;
using Args = std::vector<Arg>;
struct None {};
struct Arg {
  std::variant<None, Variable, Scalar, Dims, DType, std::string, Args> value;

  Arg() = default;
  template <class T>
    requires(!std::is_same_v<std::decay_t<T>, Arg>)
  Arg(T&& content) : value(std::forward<T>(content)) {}
  bool is_none() const { return std::holds_alternative<None>(value); }
  template <class T>
  const T* get() const {
    return std::get_if<T>(&value);
  }
};

}  // namespace gradpad
