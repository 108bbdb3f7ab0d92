#include "kernels/cpu/row_loop.h"

#include <cstring>

namespace gradpad::kernels {
namespace {

// Large enough to hide the calls, small enough that all buffers stay in the first-level cache.
constexpr int64_t kBlock = 512;
constexpr int64_t kMaxItem = 8;

template <class T>
void pack(void* out, const char* in, int64_t stride, int64_t n) {
  T* const to = static_cast<T*>(out);
  for (int64_t i = 0; i < n; ++i) std::memcpy(to + i, in + i * stride, sizeof(T));
}

template <class T>
void unpack(char* out, const void* in, int64_t stride, int64_t n) {
  const T* const from = static_cast<const T*>(in);
  for (int64_t i = 0; i < n; ++i) std::memcpy(out + i * stride, from + i, sizeof(T));
}

void pack(int64_t size, void* out, const char* in, int64_t stride, int64_t n) {
  if (size == 4) return pack<uint32_t>(out, in, stride, n);
  if (size == 8) return pack<uint64_t>(out, in, stride, n);
  pack<uint8_t>(out, in, stride, n);
}

void unpack(int64_t size, char* out, const void* in, int64_t stride, int64_t n) {
  if (size == 4) return unpack<uint32_t>(out, in, stride, n);
  if (size == 8) return unpack<uint64_t>(out, in, stride, n);
  unpack<uint8_t>(out, in, stride, n);
}

}  // namespace

void run_row(ContiguousLoop body, int operands, const int64_t* sizes, char* const* pointers,
             const int64_t* byte_strides, int64_t n, const void* params) {
  bool contiguous = true;
  for (int k = 0; k < operands; ++k) contiguous &= byte_strides[k] == sizes[k];
  if (contiguous || n <= 1) {
    if (n > 0) body(pointers, n, params);
    return;
  }

  alignas(64) char buffers[kMaxRowOperands][kBlock * kMaxItem];
  char* block[kMaxRowOperands];
  for (int k = 0; k < operands; ++k) {
    const bool packed = byte_strides[k] != sizes[k];
    block[k] = packed ? buffers[k] : pointers[k];
    if (k > 0 && byte_strides[k] == 0) {
      pack(sizes[k], buffers[k], pointers[k], 0, n < kBlock ? n : kBlock);
    }
  }
  for (int64_t start = 0; start < n; start += kBlock) {
    const int64_t count = n - start < kBlock ? n - start : kBlock;
    for (int k = 0; k < operands; ++k) {
      const int64_t stride = byte_strides[k];
      if (stride == sizes[k]) {
        block[k] = pointers[k] + start * stride;
      } else if (k > 0 && stride != 0) {
        pack(sizes[k], block[k], pointers[k] + start * stride, stride, count);
      }
    }
    body(block, count, params);
    if (byte_strides[0] != sizes[0]) {
      unpack(sizes[0], pointers[0] + start * byte_strides[0], block[0], byte_strides[0], count);
    }
  }
}

}  // namespace gradpad::kernels
