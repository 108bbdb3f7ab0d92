// Element-wise operations. An op is a struct with everything about it:
//
//   struct Tanh : Unary {
//     static constexpr PointwiseText text{"tanh", "TanhBackward0", "Hyperbolic tangent …", "T"};
//     static constexpr auto kResult = ResultType::floating;
//     template <class V>
//     GRADPAD_INLINE static V forward(V x) { return math::tanh(x); }
//     static constexpr auto kSaves = kSaveResult;
//     static Variable derivative(const Variable& g, Recall& r) { return g * (1 -
//     square(r.result())); }
//   };
//
// and a line in list.h. Binary ops have `derivative_a` and `derivative_b`, and where one of them
// does with less than kSaves, a `kSavesForA` or `kSavesForB`: what is not saved may be changed in
// place. One that cannot be differentiated has none. `forward` runs on xsimd batches, on floats and
// on integers: every backend instantiates it for the types that has_type says, the CPU in
// loops.isa.cpp (see kernels/cpu/loops.h for how it becomes loops, and for `Params`), the reference
// in ops/reference/elementwise.cpp. ops/backend.h says where a further one comes in.
#pragma once

#include <array>
#include <initializer_list>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/tensor/default_dtype.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/row_loop.h"
#include "kernels/isa.h"
#include "ops/registry.h"

namespace gradpad::ops {

struct PointwiseText {
  std::string_view name;
  std::string_view node_name;
  std::string_view doc;
  /// One letter of OpEntry::samples for each operand. Empty for what has no derivative.
  std::string_view domain;
  uint8_t spaces = kEverywhere | kInPlace;
  /// Where PyTorch names the node of a tensor and a number differently.
  std::string_view node_with_number = {};
  /// PyTorch's name of the kernel, for the error about a type it does not have; else `name`.
  std::string_view kernel_name = {};
};

/// Type in which an op computes, and of its result.
enum class ResultType : uint8_t {
  promoted,  ///< the operands' promoted type
  floating,  ///< the same, integers and bool becoming the default type
  boolean,   ///< computes in the promoted type, gives bool
  logical,   ///< operands are taken as bool, gives bool
};

/// Element types an op has loops for.
enum class Types : uint8_t { all, numeric, floating, integral };

enum Saves : uint8_t { kSaveNothing = 0, kSaveA = 1, kSaveB = 2, kSaveResult = 4 };

/// Operands for which a Python number may stand.
enum Numbers : uint8_t { kNoNumber = 0, kNumberA = 1, kNumberB = 2, kNumberAB = 3 };

inline constexpr size_t kMaxParamBytes = 3 * sizeof(double);

class Recall;
using Derivative = Variable (*)(const Variable& grad, Recall& recall);

/// A pointwise op at run time.
struct PointwiseDef {
  const PointwiseText* text;
  uint16_t index;  ///< in list.h, and so in the table of loops
  ResultType result;
  std::array<Saves, 3> saves;  ///< for the derivative by each operand
  uint8_t param_bytes;
  bool has_mask;
  std::array<Derivative, 3> derivatives;  ///< by operand
};

/// What a derivative may ask for: the operands and the result, if the op declares to save them for
/// it.
class Recall : public Backward {
 public:
  Variable a() { return saved_value(kSaveA); }
  Variable b() { return saved_value(kSaveB); }
  Variable result() { return saved_value(kSaveResult); }
  template <class Params>
  const Params& params() const {
    static_assert(sizeof(Params) <= kMaxParamBytes);
    return *reinterpret_cast<const Params*>(params_.data());
  }

 protected:
  /// `saves`: what `saved` holds.
  Recall(std::string_view name, Saves saves, Saved saved, const PointwiseDef& def,
         const void* params);

 private:
  Variable saved_value(Saves which);

  Saves saves_;
  alignas(double) std::array<std::byte, kMaxParamBytes> params_;
};

struct Pointwise {
  static constexpr auto kResult = ResultType::promoted;
  static constexpr auto kTypes = Types::all;
  static constexpr Saves kSaves = kSaveNothing;
  static constexpr Numbers kNumbers = kNoNumber;
};
struct Unary : Pointwise {
  static constexpr int kArity = 1;
};
struct Binary : Pointwise {
  static constexpr int kArity = 2;
};
/// The first operand is a mask of bools beside two values.
struct Masked : Pointwise {
  static constexpr int kArity = 3;
};

/// Loops by element type; null where an op does not have the type.
using LoopRow = std::array<kernels::Loop, kDTypeCount>;
/// The loops of an op for the active instruction set.
const LoopRow& loops_of(const PointwiseDef& def);

/// Runs an op on operands that broadcast together. `params`: the op's Params.
Variable pointwise(const PointwiseDef& def, InputList operands, const void* params = nullptr);

/// The same written into `target`, which is one of the operands' shape, outside any graph.
void pointwise_into(const PointwiseDef& def, const Tensor& target, InputList operands,
                    const void* params = nullptr);

template <class Op>
concept HasDerivative = requires { &Op::derivative; };
template <class Op>
concept HasDerivativeA = requires { &Op::derivative_a; };
template <class Op>
concept HasDerivativeB = requires { &Op::derivative_b; };
template <class Op>
concept HasDerivativeC = requires { &Op::derivative_c; };
template <class Op>
concept HasParams = requires { typename Op::Params; };

/// Whether a backend instantiates the op's `forward` for elements of T.
template <class Op, class T>
constexpr bool has_type() {
  if constexpr (Op::kResult == ResultType::logical) return std::is_same_v<T, bool>;
  if constexpr (Op::kTypes == Types::floating) return std::is_floating_point_v<T>;
  if constexpr (Op::kTypes == Types::integral) return std::is_integral_v<T>;
  if constexpr (Op::kTypes == Types::numeric) return !std::is_same_v<T, bool>;
  return true;
}

template <class Op>
constexpr PointwiseDef make_def(size_t index) {
  PointwiseDef def{&Op::text,   static_cast<uint16_t>(index),
                   Op::kResult, {Op::kSaves, Op::kSaves, Op::kSaves},
                   0,           Op::kArity == 3,
                   {}};
  if constexpr (requires { Op::kSavesForA; }) def.saves[0] = Op::kSavesForA;
  if constexpr (requires { Op::kSavesForB; }) def.saves[1] = Op::kSavesForB;
  if constexpr (HasParams<Op>) {
    static_assert(sizeof(typename Op::Params) <= kMaxParamBytes);
    def.param_bytes = sizeof(typename Op::Params);
  }
  if constexpr (HasDerivative<Op>) def.derivatives[0] = &Op::derivative;
  if constexpr (HasDerivativeA<Op>) def.derivatives[0] = &Op::derivative_a;
  if constexpr (HasDerivativeB<Op>) def.derivatives[1] = &Op::derivative_b;
  if constexpr (HasDerivativeC<Op>) def.derivatives[2] = &Op::derivative_c;
  return def;
}

}  // namespace gradpad::ops
