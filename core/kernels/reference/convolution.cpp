// Convolutions and windows, from one enumeration of what meets what.
#include <vector>

#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"

namespace gradpad::kernels::reference {
namespace {

/// Calls `body(input element, weight element, output element)` for every product of a convolution.
/// The input's is -1 for the padding: zeros that take part, so that an infinite factor gives NaN.
template <class Body>
void for_each_product(const ConvShape& s, Body body) {
  const int64_t in_per_group = s.in_channels / s.groups, out_per_group = s.out_channels / s.groups;
  for (int64_t n = 0; n < s.batch; ++n) {
    for (int64_t oc = 0; oc < s.out_channels; ++oc) {
      for (int64_t oy = 0; oy < s.out[0]; ++oy) {
        for (int64_t ox = 0; ox < s.out[1]; ++ox) {
          const int64_t out = ((n * s.out_channels + oc) * s.out[0] + oy) * s.out[1] + ox;
          for (int64_t c = 0; c < in_per_group; ++c) {
            const int64_t ic = oc / out_per_group * in_per_group + c;
            for (int64_t ky = 0; ky < s.kernel[0]; ++ky) {
              for (int64_t kx = 0; kx < s.kernel[1]; ++kx) {
                const int64_t y = oy * s.stride[0] - s.padding[0] + ky * s.dilation[0];
                const int64_t x = ox * s.stride[1] - s.padding[1] + kx * s.dilation[1];
                const bool inside = y >= 0 && y < s.in[0] && x >= 0 && x < s.in[1];
                body(inside ? ((n * s.in_channels + ic) * s.in[0] + y) * s.in[1] + x : -1,
                     ((oc * in_per_group + c) * s.kernel[0] + ky) * s.kernel[1] + kx, out);
              }
            }
          }
        }
      }
    }
  }
}

template <class T>
Wide<T> at(const T* values, int64_t i) {
  return i < 0 ? 0 : static_cast<Wide<T>>(host(values)[i]);
}

template <class T>
void store(const std::vector<Wide<T>>& sums, T* out) {
  for (size_t i = 0; i < sums.size(); ++i) host(out)[i] = static_cast<T>(sums[i]);
}
template <class T>
std::vector<Wide<T>> zeros(int64_t count) {
  return std::vector<Wide<T>>(static_cast<size_t>(count), 0);
}

template <class T>
void conv(const ConvShape& s, const T* in, const T* weight, const T* bias, T* out) {
  const int64_t plane = s.out[0] * s.out[1];
  auto sums = zeros<T>(s.batch * s.out_channels * plane);
  for (size_t i = 0; bias != nullptr && i < sums.size(); ++i) {
    sums[i] = host(bias)[static_cast<int64_t>(i) / plane % s.out_channels];
  }
  for_each_product(s, [&](int64_t i, int64_t w, int64_t o) {
    sums[static_cast<size_t>(o)] += at(in, i) * host(weight)[w];
  });
  store(sums, out);
}

template <class T>
void conv_grad_input(const ConvShape& s, const T* grad_out, const T* weight, T* grad_in) {
  auto sums = zeros<T>(s.batch * s.in_channels * s.in[0] * s.in[1]);
  for_each_product(s, [&](int64_t i, int64_t w, int64_t o) {
    if (i < 0) return;
    sums[static_cast<size_t>(i)] += static_cast<Wide<T>>(host(grad_out)[o]) * host(weight)[w];
  });
  store(sums, grad_in);
}

template <class T>
void conv_grad_weight(const ConvShape& s, const T* grad_out, const T* in, T* grad_weight) {
  auto sums = zeros<T>(s.out_channels * (s.in_channels / s.groups) * s.kernel[0] * s.kernel[1]);
  for_each_product(s, [&](int64_t i, int64_t w, int64_t o) {
    sums[static_cast<size_t>(w)] += at(in, i) * host(grad_out)[o];
  });
  store(sums, grad_weight);
}

/// Calls `body(column element, image element)`, -1 for what lies outside the image.
template <class Body>
void for_each_pair(const WindowShape& w, Body body) {
  int64_t column = 0;
  for (int64_t plane = 0; plane < w.planes; ++plane) {
    for (int64_t ky = 0; ky < w.kernel[0]; ++ky) {
      for (int64_t kx = 0; kx < w.kernel[1]; ++kx) {
        for (int64_t i = 0; i < w.out[0]; ++i) {
          for (int64_t j = 0; j < w.out[1]; ++j) {
            const int64_t y = i * w.stride[0] - w.padding[0] + ky * w.dilation[0];
            const int64_t x = j * w.stride[1] - w.padding[1] + kx * w.dilation[1];
            const bool inside = y >= 0 && y < w.in[0] && x >= 0 && x < w.in[1];
            body(column++, inside ? (plane * w.in[0] + y) * w.in[1] + x : -1);
          }
        }
      }
    }
  }
}

template <class T>
void im2col(const WindowShape& w, const T* images, T* columns) {
  for_each_pair(w, [&](int64_t column, int64_t place) {
    host(columns)[column] = place < 0 ? T(0) : host(images)[place];
  });
}

template <class T>
void col2im(const WindowShape& w, const T* columns, T* images) {
  auto sums = zeros<T>(w.planes * w.in[0] * w.in[1]);
  for_each_pair(w, [&](int64_t column, int64_t place) {
    if (place >= 0) sums[static_cast<size_t>(place)] += host(columns)[column];
  });
  store(sums, images);
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.conv = conv<T>;
  kernels.conv_grad_input = conv_grad_input<T>;
  kernels.conv_grad_weight = conv_grad_weight<T>;
  kernels.im2col = im2col<T>;
  kernels.col2im = col2im<T>;
}

}  // namespace

void add_convolution(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels::reference
