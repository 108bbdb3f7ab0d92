#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA {

/// `count` times 12 independent multiply-adds of float registers; gives the operations done.
double multiply_add_many(int64_t count, float* sink) {
  constexpr int kSums = 12;  // enough to hide the latency, few enough for 16 registers
  Batch<float> sum[kSums];
  for (int i = 0; i < kSums; ++i) sum[i] = Batch<float>(static_cast<float>(i));
  const Batch<float> a(sink[0]), b(sink[1]);
  for (int64_t k = 0; k < count; ++k) {
#pragma GCC unroll 12
    for (int i = 0; i < kSums; ++i) sum[i] = mul_add<float>(sum[i], a, b);
  }
  for (int i = 1; i < kSums; ++i) sum[0] += sum[i];
  storeu<float>(sink, sum[0]);
  return static_cast<double>(count) * kSums * 2 * static_cast<double>(kLanes<float>);
}

}  // namespace gradpad::kernels::GRADPAD_ISA
