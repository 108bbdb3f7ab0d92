// Normal numbers. From 16 elements on PyTorch fills the tensor with uniform numbers and turns each
// block of 16 into normal ones by the Box-Muller transform, the first half of a block giving the
// radii and the second the angles. A last block that is not full is drawn again, whole, over the
// last 16 elements.
// Source: ATen/native/cpu/DistributionTemplates.h of PyTorch 1.13.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "gradpad/tensor/random.h"
#include "tensor/iterate.h"
#include "tensor/layout.h"
#include "tensor/normal_block.h"

namespace gradpad {

namespace {

using namespace normal_block;

#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] void transform_by_hardware(const float* from, float* to, float mean,
                                                       float deviation) {
  HardwareFused fused;
  transform(from, to, mean, deviation, fused);
}

bool has_fused_hardware() {
  static const bool has = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#elif defined(__aarch64__)
void transform_by_hardware(const float* from, float* to, float mean, float deviation) {
  HardwareFused fused;
  transform(from, to, mean, deviation, fused);
}

bool has_fused_hardware() { return true; }
#else
void transform_by_hardware(const float*, float*, float, float) {}
bool has_fused_hardware() { return false; }
#endif

void box_muller(float* block, float mean, float deviation) {
  float uniform[16];
  std::copy_n(block, 16, uniform);
  if (has_fused_hardware()) {
    transform_by_hardware(uniform, block, mean, deviation);
    return;
  }
  QuickFused quick;
  transform(uniform, block, mean, deviation, quick);
  if (!quick.ties) return;
  CarefulFused careful;
  transform(uniform, block, mean, deviation, careful);
}

void box_muller(double* block, double mean, double deviation) {
  for (int i = 0; i < 8; ++i) {
    const double radius = std::sqrt(-2 * std::log(1 - block[i]));
    const double angle = 2 * std::numbers::pi * block[i + 8];
    block[i] = std::fma(radius * std::cos(angle), deviation, mean);
    block[i + 8] = std::fma(radius * std::sin(angle), deviation, mean);
  }
}

template <class T>
void draw_uniform(T* data, int64_t count, Generator& generator) {
  for (int64_t i = 0; i < count; ++i) {
    if constexpr (std::is_same_v<T, float>) {
      data[i] = generator.uniform_float();
    } else {
      data[i] = generator.uniform_double();
    }
  }
}

template <class T>
void fill_blocks(T* data, int64_t count, T mean, T deviation, Generator& generator) {
  draw_uniform(data, count, generator);
  for (int64_t i = 0; i + 16 <= count; i += 16) box_muller(data + i, mean, deviation);
  if (count % 16 == 0) return;
  T* last = data + count - 16;
  draw_uniform(last, 16, generator);
  box_muller(last, mean, deviation);
}

}  // namespace

void fill_normal(const Tensor& tensor, double mean, double deviation, Generator& generator) {
  if (!(deviation >= 0)) fail("normal expects std >= 0.0, but found std ", deviation);
  if (filled_on_host(tensor,
                     [&](const Tensor& host) { fill_normal(host, mean, deviation, generator); })) {
    return;
  }
  dispatch_floating(tensor.dtype(), "normal_kernel_cpu", [&]<class T>() {
    if (tensor.numel() >= 16 && tensor.is_contiguous()) {
      fill_blocks(tensor.data<T>(), tensor.numel(), static_cast<T>(mean), static_cast<T>(deviation),
                  generator);
      return;
    }
    check_no_internal_overlap(tensor);
    const Tensor ordered = tensor.permute(memory_order({&tensor, 1}));
    for_each_row(ordered.shape(), {LoopOperand(ordered)},
                 [&](char* const* pointers, const int64_t* strides, int64_t n) {
                   for (int64_t i = 0; i < n; ++i) {
                     *reinterpret_cast<T*>(pointers[0] + i * strides[0]) =
                         static_cast<T>(std::fma(generator.normal_double(), deviation, mean));
                   }
                 });
  });
}

}  // namespace gradpad
