// Element-wise loops: turns the functor of an op into the inner loop that walks strided rows.
//
//   struct Tanh {                                   // in core/ops/pointwise/…, included everywhere
//     template <class V>
//     GRADPAD_INLINE static V forward(V a) { return math::tanh(a); }
//   };
//   struct Clamp {
//     struct Params { double min, max; };           // handed through the loop's `params`
//     template <class V>
//     GRADPAD_INLINE static V forward(V a, const Params& p) {
//       return math::min(math::max(a, math::constant<V>(p.min)), math::constant<V>(p.max));
//     }
//   };
//   struct Less {                                   // a comparison: Mask or bool, written as bool
//     template <class V>
//     GRADPAD_INLINE static auto forward(V a, V b) { return a < b; }
//   };
//   struct Where {                                  // a bool input beside T is a Mask<T>, or bool
//     template <class M, class V>
//     GRADPAD_INLINE static V forward(M condition, V a, V b) { return math::select(condition, a,
//     b); }
//   };
//
//   // core/ops/pointwise/loops.isa.cpp
//   namespace gradpad::kernels::GRADPAD_ISA {
//   Loop f = unary_loop<Tanh, float>;               // out[i] = tanh(a[i])
//   Loop g = binary_loop<Less, int64_t>;            // bool out[i] = a[i] < b[i]
//   Loop h = loop<Where, bool, float, float>;       // any inputs, of one type T or bool
//   }
//
// For float and double, V is a Batch, for the tail of a row too; for the integers and bool it is
// the C type itself, in a loop that the compiler vectorises. The output's type follows from what
// forward returns: Mask or bool gives bool, anything else gives T.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "kernels/cpu/mask_memory.h"
#include "kernels/cpu/math.h"
#include "kernels/cpu/row_loop.h"
#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace loops {

template <class... In>
struct ElementOf;
template <class T>
struct ElementOf<T> {
  using type = T;
};
template <class T, class... Rest>
struct ElementOf<T, Rest...> {
  using type = std::conditional_t<std::is_same_v<T, bool>, typename ElementOf<Rest...>::type, T>;
};
/// The type of the inputs that are not bool; bool if there is none.
template <class... In>
using Element = typename ElementOf<In...>::type;

struct NoParams {};
template <class Op>
concept TakesParams = requires { typename Op::Params; };
template <class Op>
struct ParamsOf {
  using type = NoParams;
};
template <TakesParams Op>
struct ParamsOf<Op> {
  using type = typename Op::Params;
};
/// A copy: writes through the output may not alias it, so it stays in registers.
template <class Op>
GRADPAD_INLINE typename ParamsOf<Op>::type read_params(const void* params) {
  if constexpr (TakesParams<Op>)
    return *static_cast<const typename Op::Params*>(params);
  else
    return {};
}

template <class Op, class... V>
GRADPAD_INLINE auto apply(const typename ParamsOf<Op>::type& params, V... v) {
  if constexpr (TakesParams<Op>)
    return Op::forward(v..., params);
  else
    return Op::forward(v...);
}

template <class T, class In>
using Value = std::conditional_t<!std::is_floating_point_v<T>, In,
                                 std::conditional_t<std::is_same_v<In, bool>, Mask<T>, Batch<T>>>;

template <class Op, class... In>
struct Signature {
  using T = Element<In...>;
  using Returned = decltype(apply<Op>(std::declval<typename ParamsOf<Op>::type>(),
                                      std::declval<Value<T, In>>()...));
  static constexpr bool gives_bool = std::is_same_v<Returned, bool> ||
                                     std::is_same_v<Returned, Mask<float>> ||
                                     std::is_same_v<Returned, Mask<double>>;
  using Out = std::conditional_t<gives_bool, bool, T>;
};

template <class T, class In>
GRADPAD_INLINE Value<T, In> load_value(const In* p) {
  if constexpr (std::is_same_v<In, T>)
    return loadu(p);
  else
    return load_mask<T>(p);
}
template <class T, class In>
GRADPAD_INLINE Value<T, In> load_value(const In* p, int64_t n) {
  if constexpr (std::is_same_v<In, T>)
    return loadu_part(p, n);
  else
    return load_mask<T>(p, n);
}

/// The loop over contiguous rows.
template <class Op, class... In, size_t... I>
GRADPAD_INLINE void contiguous(char* const* pointers, int64_t n, const void* params,
                               std::index_sequence<I...>) {
  using T = Element<In...>;
  using Out = typename Signature<Op, In...>::Out;
  const auto p = read_params<Op>(params);
  Out* const out = reinterpret_cast<Out*>(pointers[0]);
  if constexpr (std::is_floating_point_v<T>) {
    int64_t i = 0;
    for (; i + kLanes<T> <= n; i += kLanes<T>) {
      const auto value =
          apply<Op>(p, load_value<T, In>(reinterpret_cast<const In*>(pointers[I + 1]) + i)...);
      if constexpr (std::is_same_v<Out, bool>)
        store_mask<T>(out + i, value);
      else
        storeu<T>(out + i, value);
    }
    if (i < n) {
      const int64_t rest = n - i;
      const auto value = apply<Op>(
          p, load_value<T, In>(reinterpret_cast<const In*>(pointers[I + 1]) + i, rest)...);
      if constexpr (std::is_same_v<Out, bool>)
        store_mask<T>(out + i, value, rest);
      else
        storeu_part<T>(out + i, value, rest);
    }
  } else {
    for (int64_t i = 0; i < n; ++i) {
      out[i] = static_cast<Out>(apply<Op>(p, reinterpret_cast<const In*>(pointers[I + 1])[i]...));
    }
  }
}

template <class Op, class... In>
void contiguous_row(char* const* pointers, int64_t n, const void* params) {
  contiguous<Op, In...>(pointers, n, params, std::index_sequence_for<In...>{});
}

}  // namespace loops

/// out[i] = Op::forward(in0[i], in1[i], ...) over a row of n, with strides in bytes. The output may
/// be one of the inputs.
template <class Op, class... In>
void loop(char* const* pointers, const int64_t* byte_strides, int64_t n, const void* params) {
  using Out = typename loops::Signature<Op, In...>::Out;
  static constexpr int64_t kSizes[] = {sizeof(Out), sizeof(In)...};
  run_row(&loops::contiguous_row<Op, In...>, 1 + static_cast<int>(sizeof...(In)), kSizes, pointers,
          byte_strides, n, params);
}

template <class Op, class T>
inline constexpr Loop unary_loop = &loop<Op, T>;
template <class Op, class T>
inline constexpr Loop binary_loop = &loop<Op, T, T>;

}  // namespace gradpad::kernels::GRADPAD_ISA
