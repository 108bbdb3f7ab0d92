// Reading the arguments of torch functions: overloads tried in order, keywords, defaults, numpy's
// names (`axis`, `keepdims`), a list of ints given as separate arguments, and PyTorch's error
// texts. It follows PyTorch's PythonArgParser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradpad/tensor/random.h"
#include "gradpad/tensor/small_vector.h"
#include "lang/torch/convert.h"

namespace gradpad::lang {

enum class ParamKind : uint8_t {
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

struct ParamSpec {
  std::string_view name;
  ParamKind kind = ParamKind::Object;
  bool has_default = false;
  bool allow_none = false;
  bool keyword_only = false;
  bool allow_number = false;  ///< a tensor for which a number may stand
  int64_t list_size = 0;      ///< `int[2]`: a single int stands for so many
};

/// One signature.
struct Overload {
  std::vector<ParamSpec> params;
  size_t max_positional = 0;
  size_t min_args = 0;
  bool separate_tensors = false;  ///< its last list of tensors may come as separate arguments

  void add(const ParamSpec& param);
  /// Its only positional parameter is a list of ints, which may come as separate arguments.
  bool takes_separate_ints() const {
    return max_positional == 1 && params[0].kind == ParamKind::IntList;
  }
  /// "(Tensor input, *, torch.dtype dtype)".
  std::string text() const;
};

/// From "int[] size, *, ScalarType? dtype=None": PyTorch's native schemas without the name.
Overload parse_overload(std::string_view parameters);
/// The parameters of an operation; those of the method lack the first.
Overload overload_of(const Op& op, bool method);

/// The arguments of one call. They live as long as the call.
class Parsed {
 public:
  Runtime& rt;
  size_t which = 0;  ///< which overload
  const Value* self = nullptr;

  bool has(size_t i) const { return given_[i].value != nullptr; }
  const Value& value(size_t i) const { return *given_[i].value; }
  Variable self_tensor() const { return to_variable(*self); }
  /// Undefined where left out or None.
  Variable tensor(size_t i) const;
  Scalar scalar(size_t i) const;
  int64_t integer(size_t i) const;
  int64_t integer(size_t i, int64_t otherwise) const { return has(i) ? integer(i) : otherwise; }
  double real(size_t i) const { return scalar(i).to_double(); }
  double real(size_t i, double otherwise) const { return has(i) ? real(i) : otherwise; }
  bool boolean(size_t i, bool otherwise = false) const;
  Dims ints(size_t i) const;
  std::optional<gradpad::DType> dtype(size_t i) const;
  std::string string(size_t i) const;
  /// The thread's own where none is given.
  gradpad::Generator& generator(size_t i) const;
  /// Any of the kinds an operation takes; its default where left out.
  Arg arg(size_t i, const Param& param) const;

 private:
  friend class ArgParser;
  Parsed(Runtime& runtime, const std::string& name) : rt(runtime), name_(&name) {}

  struct Given {
    const Value* value = nullptr;  ///< null: left out, or None
    uint32_t separate = 0;         ///< so many ints or tensors from `value` on
    bool by_name = false;
  };
  SmallVector<Given, 8> given_;
  const Overload* overload_ = nullptr;
  const std::string* name_;
};

class ArgParser {
 public:
  ArgParser(std::string name, bool method) : name_(std::move(name)), method_(method) {}
  void add(Overload overload) { overloads_.push_back(std::move(overload)); }

  /// For a method the first value is `self`.
  Parsed parse(Runtime& rt, const Arguments& arguments) const;
  const std::string& name() const { return name_; }

 private:
  bool match(const Arguments& arguments, const Overload& overload, Parsed& out, bool report) const;
  [[noreturn]] void raise_no_match(const Arguments& arguments, Parsed& out) const;
  [[noreturn]] void raise_unexpected_keyword(const Arguments& arguments, const Overload& overload,
                                             size_t positional) const;

  std::string name_;
  bool method_;
  std::vector<Overload> overloads_;
};

/// Whether a value may stand for a parameter.
bool accepts(Runtime& rt, const ParamSpec& param, const Value& value);
/// "Number", "tuple of ints": the parameter's type in error texts.
const char* type_text(const ParamSpec& param);
/// "add() received an invalid combination of arguments - got (str), but expected one of: …".
std::string no_match_text(Runtime& rt, const std::string& name, std::span<const Value> positional,
                          std::span<const std::pair<std::string_view, Value>> named,
                          std::span<const Overload> overloads);

}  // namespace gradpad::lang
