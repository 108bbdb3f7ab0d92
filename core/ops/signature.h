// Signatures, written as PyTorch writes them. This is the one model of them: operations, the
// functions of torch that the language adds, the JavaScript module and the tests have no other.
//
//   sum(Tensor input, int[1]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor
//
// A type is Tensor, Scalar, int, float, bool, dtype, str, `Tensor[]` or `int[]`; for functions of
// the language also Device, Generator and object. Behind it `?`: None is allowed. Besides:
//
//   Tensor|Scalar other      a number may stand for the tensor
//   Tensor... tensors        a list of tensors, which may also come one by one
//   int[2] size              a single int stands for so many
//   Tensor(a) input … -> Tensor(a), Tensor(a)[]   the results may be views of that input
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ops/arg.h"

namespace gradpad {

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
  Device,
  Generator,
  Object,
};
inline constexpr int kArgTypeCount = 12;

/// As signatures spell it: "int[]".
std::string_view type_word(ArgType type);
/// As PyTorch's error texts spell it: "tuple of ints".
std::string_view type_text(ArgType type);

struct Param {
  std::string_view name;
  ArgType type = ArgType::Tensor;
  bool optional = false;      ///< None is allowed
  bool keyword_only = false;  ///< stands behind `*`
  bool takes_number = false;  ///< `Tensor|Scalar`
  bool variadic = false;      ///< `Tensor...`
  char alias = 0;             ///< `a` of `Tensor(a)`
  int64_t list_size = 0;      ///< `int[2]`: a single int stands for so many
  std::optional<Arg> default_value;
};

struct Result {
  std::string_view name;  ///< empty where the signature gives none
  ArgType type = ArgType::Tensor;
  char alias = 0;
};

struct Signature {
  std::string_view name;
  std::vector<Param> params;
  std::vector<Result> results;

  /// Whether a result may share its memory with an argument.
  bool is_view() const { return !results.empty() && results[0].alias != 0; }
};

/// Reads a whole signature, which the result points into. ErrorKind::Value with the place where it
/// is not well formed.
Signature parse_signature(std::string_view text);
/// Reads what stands between the parentheses.
Signature parse_parameters(std::string_view text);

/// Parameters as a call meets them: a method's lack the first, which is `self`.
struct Overload {
  std::span<const Param> params;
  size_t max_positional = 0;
  size_t min_args = 0;
  /// One of them is a list whose items may come one by one.
  bool is_variadic = false;

  Overload() = default;
  explicit Overload(std::span<const Param> given);

  /// Its only positional parameter is a list of ints, which may come as separate arguments.
  bool takes_separate_ints() const {
    return max_positional == 1 && params[0].type == ArgType::IntList;
  }
  /// "(Tensor input, *, torch.dtype dtype)", as in PyTorch's error texts.
  std::string text() const;
};

}  // namespace gradpad
