// The element-wise definitions, one element at a time and in a type wider than the elements.
#define GRADPAD_REFERENCE

#include <array>
#include <type_traits>
#include <utility>

#include "kernels/reference/address.h"
#include "kernels/reference/math.h"
#include "ops/backend.h"
#include "ops/pointwise/all.h"
#include "ops/reference/cells.h"

namespace gradpad::ops {
namespace reference {
namespace {

using kernels::reference::host;

/// Where `forward` computes what has elements of T.
template <class T>
struct Computes {
  using type = T;
};
template <>
struct Computes<float> {
  using type = double;
};
template <>
struct Computes<double> {
  using type = long double;
};

template <class T, class V>
T read(const char* element) {
  return static_cast<T>(*reinterpret_cast<const V*>(element));
}

/// One element: pointers[0] is the output. Host addresses.
using Element = void (*)(char* const* pointers, const void* params);

template <class Op, class T, size_t... I>
void compute(char* const* pointers, const void* params, std::index_sequence<I...>) {
  using V = typename Computes<T>::type;
  const auto operand = [&]<size_t k>() {
    if constexpr (Op::kArity == 3 && k == 0)
      return read<bool, bool>(pointers[1]);
    else
      return read<V, T>(pointers[k + 1]);
  };
  const auto result = [&] {
    if constexpr (HasParams<Op>)
      return Op::forward(operand.template operator()<I>()...,
                         *static_cast<const typename Op::Params*>(params));
    else
      return Op::forward(operand.template operator()<I>()...);
  }();
  if constexpr (Op::kResult == ResultType::boolean || Op::kResult == ResultType::logical)
    *reinterpret_cast<bool*>(pointers[0]) = result;
  else
    *reinterpret_cast<T*>(pointers[0]) = static_cast<T>(result);
}

template <class Op, class T>
constexpr Element element_of() {
  if constexpr (!has_type<Op, T>()) {
    return nullptr;
  } else {
    return [](char* const* pointers, const void* params) {
      compute<Op, T>(pointers, params, std::make_index_sequence<Op::kArity>());
    };
  }
}

using Row = std::array<Element, kDTypeCount>;

template <class Op>
constexpr Row row() {
  return {element_of<Op, uint8_t>(), element_of<Op, int32_t>(), element_of<Op, int64_t>(),
          element_of<Op, float>(),   element_of<Op, double>(),  element_of<Op, bool>()};
}

constexpr Row kRows[] = {
#define GRADPAD_OP(entry)
#define GRADPAD_KERNEL(Op) row<Op>(),
#define GRADPAD_UNARY(name, Op) row<Op>(),
#define GRADPAD_BINARY(name, Op) row<Op>(),
#include "gradpad/ops/list.h"
#undef GRADPAD_OP
#undef GRADPAD_KERNEL
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY
};

void elementwise(uint16_t op, DType dtype, const ElementWalk& walk, const void* params) {
  const Element element = kRows[op][static_cast<size_t>(dtype)];
  int64_t count = 1;
  for (int d = 0; d < walk.dims; ++d) count *= walk.shape[d];
  for (int64_t i = 0; i < count; ++i) {
    std::array<char*, 4> pointers{};
    for (int k = 0; k < walk.operands; ++k) {
      char* at = host(walk.data[k]);
      for (int64_t d = walk.dims - 1, rest = i; d >= 0; rest /= walk.shape[d--]) {
        at += rest % walk.shape[d] * walk.strides[d * walk.operands + k];
      }
      pointers[static_cast<size_t>(k)] = at;
    }
    element(pointers.data(), params);
  }
}

}  // namespace
}  // namespace reference

const Backend* reference_backend() {
  static constexpr Backend backend{&reference::elementwise, &reference::cell_table};
  return &backend;
}

}  // namespace gradpad::ops
