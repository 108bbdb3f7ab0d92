// The reference backend: its memory, and its table.
#include "kernels/backend.h"

#include <cstdlib>
#include <cstring>

#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"
#include "tensor/convert.h"

namespace gradpad::kernels {
namespace reference {
namespace {

constexpr int64_t kAlignment = 64;

void* allocate(int8_t, int64_t bytes) {
  const int64_t whole = (bytes + kAlignment - 1) / kAlignment * kAlignment + kAlignment;
  void* const data = std::aligned_alloc(kAlignment, static_cast<size_t>(whole));
  return data != nullptr ? to_device(data) : nullptr;
}

void release(int8_t, void* data, int64_t) noexcept { std::free(host(data)); }

void from_host(int8_t, void* to, const void* from, int64_t bytes) {
  std::memcpy(host(to), from, static_cast<size_t>(bytes));
}

void to_host(int8_t, void* to, const void* from, int64_t bytes) {
  std::memcpy(to, host(from), static_cast<size_t>(bytes));
}

void copy(CopySide out, CopySide in, const int64_t* shape, int dims) {
  int64_t count = 1;
  for (int d = 0; d < dims; ++d) count *= shape[d];
  dispatch(out.dtype, [&]<class To>() {
    dispatch(in.dtype, [&]<class From>() {
      for (int64_t i = 0; i < count; ++i) {
        char *to = host(out.data), *from = host(in.data);
        for (int64_t d = dims - 1, rest = i; d >= 0; --d) {
          to += rest % shape[d] * out.strides[d];
          from += rest % shape[d] * in.strides[d];
          rest /= shape[d];
        }
        *reinterpret_cast<To*>(to) = convert_element<To>(*reinterpret_cast<From*>(from));
      }
    });
  });
}

const KernelTable& table() {
  static const KernelTable made = [] {
    KernelTable t{};
    t.isa = Isa::generic;
    add_products(t);
    add_reductions(t);
    add_normalising(t);
    add_convolution(t);
    add_pooling(t);
    add_rows(t);
    return t;
  }();
  return made;
}

}  // namespace
}  // namespace reference

const Backend* reference_backend() {
  static constexpr DeviceMemory memory{reference::allocate, reference::release,
                                       reference::from_host, reference::to_host, reference::copy};
  static constexpr Backend backend{&memory, &reference::table};
  return &backend;
}

}  // namespace gradpad::kernels
