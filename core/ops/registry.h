// The table of operations: name, signature, text, samples and a uniform way to call each. The
// language, the JavaScript module, the reference and the derivative checks are made from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// Where Python finds an operation.
enum Space : uint8_t {
  kTorch = 1,       ///< torch.name
  kMethod = 2,      ///< Tensor.name
  kFunctional = 4,  ///< torch.nn.functional.name
  kInPlace = 8,     ///< Tensor.name_ as well: the same computation, written into the tensor
  kSpecial = 16,    ///< torch.special.name
  kLinalg = 32,     ///< torch.linalg.name
  kEverywhere = kTorch | kMethod,
};

/// One signature of one operation. Several entries of one name are overloads, tried in order.
struct OpEntry {
  /// As PyTorch writes it: `sum(Tensor input, int[] dim, bool keepdim=False) -> Tensor`.
  std::string_view schema;
  /// Meaning, formula, shapes, dtypes, errors; PyTorch's names.
  std::string_view doc;
  /// Calls whose first and second derivatives are checked, separated by `;`:
  /// `T[2,3]` is a random float64 tensor, `P[…]` a positive one, `U[…]` one within (-0.9, 0.9),
  /// `S[…]` one within (0.1, 0.9), `D[…]` one of distinct values, `I[…]<n` integers below n, `B[…]`
  /// bools; then numbers, lists, True, False, None, 'text' and name=value as in Python. Empty:
  /// nothing differentiable.
  std::string_view samples;
  uint8_t spaces;
  /// `args` holds one for each parameter of the schema, defaults filled in.
  Arg (*call)(std::span<const Arg> args);
};

enum class ArgType : uint8_t {
  Tensor,
  TensorList,
  Scalar,
  Int,
  Float,
  Bool,
  IntList,
  DType,
  String,
};

struct Param {
  std::string_view name;
  ArgType type = ArgType::Tensor;
  bool optional = false;      ///< None is allowed
  bool keyword_only = false;  ///< stands behind `*`
  int64_t list_size = 0;      ///< `int[2]`: a single int stands for so many
  std::optional<Arg> default_value;
};

/// A parsed OpEntry.
struct Op {
  std::string_view name;
  const OpEntry* entry = nullptr;
  std::vector<Param> params;
  /// Names of the results where there are several: `-> (Tensor values, Tensor indices)`.
  std::vector<std::string_view> results;

  bool in(Space space) const { return (entry->spaces & space) != 0; }
  /// `name_(self, …)`: computes, then writes the result into the first argument.
  Arg call_in_place(std::span<const Arg> args) const;
};

/// All operations, overloads side by side, in the order of the list.
std::span<const Op> all_ops();
/// The overloads of a name; empty if there is none.
std::span<const Op> find_ops(std::string_view name);

}  // namespace gradpad
