// Output sizes of convolution and pooling.
#include "kernels/kernels.h"

namespace gradpad::kernels {
namespace {

int64_t divide_down(int64_t a, int64_t b) {
  const int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

}  // namespace

int64_t conv_out_size(int64_t in, int64_t kernel, int64_t stride, int64_t padding,
                      int64_t dilation) {
  return pool_out_size(in, kernel, stride, padding, dilation, false);
}

int64_t pool_out_size(int64_t in, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation,
                      bool ceil_mode) {
  const int64_t span = in + 2 * padding - dilation * (kernel - 1) - 1;
  const int64_t out = divide_down(span + (ceil_mode ? stride - 1 : 0), stride) + 1;
  return ceil_mode && (out - 1) * stride >= in + padding ? out - 1 : out;
}

}  // namespace gradpad::kernels
