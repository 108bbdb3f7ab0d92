// The table of operations: name, signature, text, samples and a uniform way to call each. The
// language, the JavaScript module, the reference and the derivative checks are made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ops/signature.h"

namespace gradpad {

/// Where Python finds an operation, and what those who check it must know.
enum Space : uint8_t {
  kTorch = 1,         ///< torch.name
  kMethod = 2,        ///< Tensor.name
  kFunctional = 4,    ///< torch.nn.functional.name
  kInPlace = 8,       ///< Tensor.name_ as well: written into the tensor, or the tensor's new view
  kSpecial = 16,      ///< torch.special.name
  kLinalg = 32,       ///< torch.linalg.name
  kByStrides = 64,    ///< what it gives depends on how its operands lie in memory
  kNotPyTorch = 128,  ///< PyTorch has no such operation, so there is nothing to compare with
  kEverywhere = kTorch | kMethod,
};

/// One signature of one operation. Several entries of one name are overloads, tried in order.
struct OpEntry {
  /// As PyTorch writes it: `sum(Tensor input, int[] dim, bool keepdim=False) -> Tensor`; see
  /// signature.h.
  std::string_view schema;
  /// Meaning, formula, shapes, dtypes, errors; PyTorch's names.
  std::string_view doc;
  /// Calls whose first and second derivatives are checked, separated by `;`:
  /// `T[2,3]` is a random float64 tensor, `P[…]` a positive one, `U[…]` one within (-0.9, 0.9),
  /// `S[…]` one within (0.1, 0.9), `D[…]` one of distinct values, `I[…]<n` integers below n, `B[…]`
  /// bools; then numbers, lists, True, False, None, 'text' and name=value as in Python. A call that
  /// ends with `~1e-7` agrees with PyTorch only so far. `none: reason` where nothing is
  /// differentiable, or the other overloads' samples show it.
  std::string_view samples;
  uint8_t spaces;
  /// `args` holds one for each parameter of the schema, defaults filled in.
  Arg (*call)(std::span<const Arg> args);
};

/// A parsed OpEntry.
struct Op : Signature {
  const OpEntry* entry = nullptr;

  bool in(Space space) const { return (entry->spaces & space) != 0; }
  /// `name_(self, …)`: computes, then writes the result into the first argument; of a view, makes
  /// the first argument that view.
  Arg call_in_place(std::span<const Arg> args) const;
};

/// All operations, overloads side by side, in the order of the list.
std::span<const Op> all_ops();
/// The overloads of a name; empty if there is none.
std::span<const Op> find_ops(std::string_view name);

}  // namespace gradpad
