// Convolution and its gradients against plain loops in double, on every instruction set.
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "unit/kernels_support.h"

using namespace gradpad;
using namespace gradpad::kernels;
using namespace gradpad::kernels::test;

namespace {

ConvShape shape_of(int64_t batch, int64_t in_channels, int64_t out_channels, int64_t groups,
                   const int64_t (&in)[2], const int64_t (&kernel)[2], const int64_t (&stride)[2],
                   const int64_t (&padding)[2], const int64_t (&dilation)[2]) {
  ConvShape s;
  s.batch = batch, s.in_channels = in_channels, s.out_channels = out_channels, s.groups = groups;
  for (int d = 0; d < 2; ++d) {
    s.in[d] = in[d], s.kernel[d] = kernel[d], s.stride[d] = stride[d];
    s.padding[d] = padding[d], s.dilation[d] = dilation[d];
    s.out[d] = conv_out_size(in[d], kernel[d], stride[d], padding[d], dilation[d]);
  }
  return s;
}

const ConvShape kShapes[] = {
    shape_of(1, 1, 1, 1, {1, 1}, {1, 1}, {1, 1}, {0, 0}, {1, 1}),
    shape_of(2, 3, 5, 1, {7, 9}, {3, 3}, {1, 1}, {1, 1}, {1, 1}),
    shape_of(2, 4, 6, 2, {8, 6}, {3, 2}, {2, 1}, {1, 0}, {1, 2}),
    shape_of(1, 4, 8, 4, {10, 11}, {3, 3}, {1, 2}, {2, 1}, {2, 1}),
    shape_of(3, 8, 16, 1, {5, 7}, {1, 1}, {1, 1}, {0, 0}, {1, 1}),     // the image is the columns
    shape_of(2, 3, 4, 1, {6, 6}, {1, 1}, {2, 2}, {1, 1}, {1, 1}),      // 1 x 1, and yet not
    shape_of(2, 5, 7, 1, {1, 40}, {1, 5}, {1, 1}, {0, 2}, {1, 1}),     // 1-dimensional
    shape_of(1, 16, 32, 1, {28, 30}, {5, 5}, {1, 1}, {2, 2}, {1, 1}),  // several blocks of pixels
    shape_of(1, 6, 6, 6, {9, 9}, {3, 3}, {1, 1}, {1, 1}, {1, 1}),      // depthwise
    shape_of(1, 2, 3, 1, {5, 5}, {5, 5}, {1, 1}, {0, 0}, {1, 1}),      // one pixel
    shape_of(1, 1, 2, 1, {4, 4}, {2, 2}, {3, 3}, {0, 0}, {1, 1}),      // input that no window sees
};

/// Calls body(in, weight, out, group's out channel) with the offsets of every product.
template <class Body>
void each_product(const ConvShape& s, const Body& body) {
  const int64_t in_per = s.in_channels / s.groups, out_per = s.out_channels / s.groups;
  for (int64_t n = 0; n < s.batch; ++n)
    for (int64_t o = 0; o < s.out_channels; ++o)
      for (int64_t oy = 0; oy < s.out[0]; ++oy)
        for (int64_t ox = 0; ox < s.out[1]; ++ox)
          for (int64_t i = 0; i < in_per; ++i)
            for (int64_t ky = 0; ky < s.kernel[0]; ++ky)
              for (int64_t kx = 0; kx < s.kernel[1]; ++kx) {
                const int64_t y = oy * s.stride[0] - s.padding[0] + ky * s.dilation[0];
                const int64_t x = ox * s.stride[1] - s.padding[1] + kx * s.dilation[1];
                if (y < 0 || y >= s.in[0] || x < 0 || x >= s.in[1]) continue;
                const int64_t channel = o / out_per * in_per + i;
                body(((n * s.in_channels + channel) * s.in[0] + y) * s.in[1] + x,
                     ((o * in_per + i) * s.kernel[0] + ky) * s.kernel[1] + kx,
                     ((n * s.out_channels + o) * s.out[0] + oy) * s.out[1] + ox);
              }
}

template <class T>
void check_close(const std::vector<T>& got, const std::vector<double>& expected, double terms) {
  REQUIRE(got.size() == expected.size());
  double worst = 0;
  for (size_t i = 0; i < got.size(); ++i) {
    const double error = std::abs(static_cast<double>(got[i]) - expected[i]);
    worst = error > worst || std::isnan(error) ? error : worst;
  }
  CHECK(worst <= 2 * std::numeric_limits<T>::epsilon() * terms);
}

}  // namespace

TEMPLATE_TEST_CASE("convolution and its gradients agree with plain loops", "[kernels]", float,
                   double) {
  for (const ConvShape& s : kShapes) {
    const int64_t in_size = s.batch * s.in_channels * s.in[0] * s.in[1];
    const int64_t out_size = s.batch * s.out_channels * s.out[0] * s.out[1];
    const int64_t weight_size =
        s.out_channels * (s.in_channels / s.groups) * s.kernel[0] * s.kernel[1];
    const auto in = random_values<TestType>(in_size, 21);
    const auto weight = random_values<TestType>(weight_size, 22);
    const auto bias = random_values<TestType>(s.out_channels, 23);
    const auto grad = random_values<TestType>(out_size, 24);
    std::vector<double> out(out_size), biased(out_size), grad_in(in_size), grad_weight(weight_size);
    each_product(s, [&](int64_t i, int64_t w, int64_t o) {
      out[o] += static_cast<double>(in[i]) * weight[w];
      grad_in[i] += static_cast<double>(grad[o]) * weight[w];
      grad_weight[w] += static_cast<double>(grad[o]) * in[i];
    });
    const int64_t plane = s.out[0] * s.out[1];
    for (int64_t i = 0; i < out_size; ++i) {
      biased[i] = out[i] + static_cast<double>(bias[i / plane % s.out_channels]);
    }
    each_isa([&](const KernelTable& table) {
      INFO(isa_name(table.isa) << " shape " << (&s - kShapes));
      const auto& k = table.of<TestType>();
      const double terms = static_cast<double>(
          (s.in_channels + s.out_channels) / s.groups * s.kernel[0] * s.kernel[1] + 1);
      std::vector<TestType> got(out_size, NAN);
      k.conv(s, in.data(), weight.data(), nullptr, got.data());
      check_close(got, out, terms);
      k.conv(s, in.data(), weight.data(), bias.data(), got.data());
      check_close(got, biased, terms);
      got.assign(in_size, NAN);
      k.conv_grad_input(s, grad.data(), weight.data(), got.data());
      check_close(got, grad_in, terms);
      got.assign(weight_size, NAN);
      k.conv_grad_weight(s, grad.data(), in.data(), got.data());
      check_close(got, grad_weight, static_cast<double>(s.batch * plane + 1));
    });
  }
}

TEST_CASE("output sizes of windows are PyTorch's", "[kernels]") {
  CHECK(conv_out_size(32, 3, 1, 1, 1) == 32);
  CHECK(conv_out_size(7, 3, 2, 0, 2) == 2);
  CHECK(conv_out_size(2, 3, 1, 0, 1) == 0);
  CHECK(conv_out_size(1, 3, 2, 0, 1) == 0);
  CHECK(conv_out_size(0, 5, 2, 0, 1) == -2);
  CHECK(pool_out_size(7, 2, 2, 0, 1, false) == 3);
  CHECK(pool_out_size(7, 2, 2, 0, 1, true) == 4);
  // The fourth window would start in the padding on the right.
  CHECK(pool_out_size(5, 2, 2, 1, 1, true) == 3);
  CHECK(pool_out_size(6, 3, 2, 1, 1, true) == 4);
}
