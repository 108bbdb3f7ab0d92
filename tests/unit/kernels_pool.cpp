// Pooling against the definition, on every instruction set.
#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "unit/kernels_support.h"

using namespace gradpad;
using namespace gradpad::kernels;
using namespace gradpad::kernels::test;

namespace {

PoolShape pool_shape(int64_t planes, const int64_t (&in)[2], const int64_t (&kernel)[2],
                     const int64_t (&stride)[2], const int64_t (&padding)[2],
                     const int64_t (&dilation)[2], bool ceil_mode) {
  PoolShape s;
  s.planes = planes;
  for (int d = 0; d < 2; ++d) {
    s.in[d] = in[d], s.kernel[d] = kernel[d], s.stride[d] = stride[d];
    s.padding[d] = padding[d], s.dilation[d] = dilation[d];
    s.out[d] = pool_out_size(in[d], kernel[d], stride[d], padding[d], dilation[d], ceil_mode);
  }
  return s;
}

const PoolShape kShapes[] = {
    pool_shape(1, {2, 2}, {2, 2}, {2, 2}, {0, 0}, {1, 1}, false),
    pool_shape(3, {8, 10}, {2, 2}, {2, 2}, {0, 0}, {1, 1}, false),
    pool_shape(2, {7, 9}, {3, 2}, {2, 3}, {1, 1}, {1, 1}, true),
    pool_shape(2, {7, 9}, {3, 3}, {1, 1}, {1, 1}, {1, 1}, false),
    pool_shape(2, {1, 13}, {1, 4}, {1, 3}, {0, 2}, {1, 1}, true),
    pool_shape(1, {5, 5}, {2, 2}, {2, 2}, {1, 1}, {1, 1}, true),
};
const PoolShape kDilated[] = {
    pool_shape(2, {9, 11}, {3, 2}, {2, 1}, {1, 1}, {2, 3}, false),
    pool_shape(1, {8, 8}, {3, 3}, {2, 2}, {1, 1}, {2, 2}, true),
};

/// Calls body(offset in the plane, position) for the positions of a window, padding included: the
/// offset is negative there.
template <class Body>
void each_in_window(const PoolShape& s, int64_t oy, int64_t ox, const Body& body) {
  for (int64_t ky = 0; ky < s.kernel[0]; ++ky) {
    for (int64_t kx = 0; kx < s.kernel[1]; ++kx) {
      const int64_t y = oy * s.stride[0] - s.padding[0] + ky * s.dilation[0];
      const int64_t x = ox * s.stride[1] - s.padding[1] + kx * s.dilation[1];
      const bool within = y >= 0 && y < s.in[0] && x >= 0 && x < s.in[1];
      // A window of ceil_mode may reach beyond the padding: that part counts for nothing.
      const bool padding = y < s.in[0] + s.padding[0] && x < s.in[1] + s.padding[1];
      if (padding) body(within ? y * s.in[1] + x : -1);
    }
  }
}

template <class T>
void check_max(const PoolShape& s) {
  const int64_t plane = s.in[0] * s.in[1], out_plane = s.out[0] * s.out[1];
  const auto in = random_values<T>(s.planes * plane, 31);
  const auto grad = random_values<T>(s.planes * out_plane, 32);
  each_isa([&](const KernelTable& table) {
    std::vector<T> out(s.planes * out_plane), grad_in(in.size(), NAN), expected_grad(in.size());
    std::vector<int64_t> indices(out.size());
    table.of<T>().max_pool(s, in.data(), out.data(), indices.data());
    table.of<T>().max_pool_grad(s, grad.data(), indices.data(), grad_in.data());
    for (int64_t p = 0, at = 0; p < s.planes; ++p) {
      for (int64_t oy = 0; oy < s.out[0]; ++oy) {
        for (int64_t ox = 0; ox < s.out[1]; ++ox, ++at) {
          int64_t where = -1;
          each_in_window(s, oy, ox, [&](int64_t i) {
            if (i >= 0 && (where < 0 || in[p * plane + i] > in[p * plane + where])) where = i;
          });
          CHECK(indices[at] == where);
          CHECK(out[at] == in[p * plane + where]);
          expected_grad[p * plane + where] += grad[at];
        }
      }
    }
    CHECK(grad_in == expected_grad);
    std::vector<T> again(out.size());
    table.of<T>().max_pool(s, in.data(), again.data(), nullptr);
    CHECK(again == out);
  });
}

}  // namespace

TEMPLATE_TEST_CASE("max pooling finds the first maximum of each window", "[kernels]", float,
                   double) {
  for (const PoolShape& s : kShapes) check_max<TestType>(s);
  for (const PoolShape& s : kDilated) check_max<TestType>(s);
}

TEST_CASE("max pooling carries NaN and minus infinity", "[kernels]") {
  const PoolShape s = pool_shape(1, {1, 6}, {1, 2}, {1, 2}, {0, 0}, {1, 1}, false);
  const float in[] = {1, NAN, -INFINITY, -INFINITY, NAN, 3};
  float out[3];
  int64_t indices[3];
  kernels::kernels().f32.max_pool(s, in, out, indices);
  CHECK(std::isnan(out[0]));
  CHECK(out[1] == -INFINITY);
  CHECK(std::isnan(out[2]));
  CHECK(indices[0] == 1);
  CHECK(indices[1] == 2);
  CHECK(indices[2] == 4);
}

TEMPLATE_TEST_CASE("average pooling divides by what it is told to", "[kernels]", float, double) {
  for (PoolShape s : kShapes) {
    for (const int mode : {0, 1, 2}) {
      s.count_include_pad = mode == 0;
      s.divisor_override = mode == 2 ? 3 : 0;
      const int64_t plane = s.in[0] * s.in[1], out_plane = s.out[0] * s.out[1];
      const auto in = random_values<TestType>(s.planes * plane, 33);
      const auto grad = random_values<TestType>(s.planes * out_plane, 34);
      std::vector<double> expected(s.planes * out_plane), expected_grad(in.size());
      for (int64_t p = 0, at = 0; p < s.planes; ++p) {
        for (int64_t oy = 0; oy < s.out[0]; ++oy) {
          for (int64_t ox = 0; ox < s.out[1]; ++ox, ++at) {
            double sum = 0, padded = 0, within = 0;
            each_in_window(s, oy, ox, [&](int64_t i) {
              ++padded;
              if (i < 0) return;
              ++within;
              sum += in[p * plane + i];
            });
            const double divisor = mode == 2 ? 3 : mode == 0 ? padded : within;
            expected[at] = sum / divisor;
            each_in_window(s, oy, ox, [&](int64_t i) {
              if (i >= 0) expected_grad[p * plane + i] += grad[at] / divisor;
            });
          }
        }
      }
      each_isa([&](const KernelTable& table) {
        INFO(isa_name(table.isa) << " shape " << s.in[0] << 'x' << s.in[1] << " mode " << mode);
        std::vector<TestType> out(expected.size()), grad_in(in.size(), NAN);
        table.of<TestType>().avg_pool(s, in.data(), out.data());
        table.of<TestType>().avg_pool_grad(s, grad.data(), grad_in.data());
        const double bound = 16 * std::numeric_limits<TestType>::epsilon();
        for (size_t i = 0; i < out.size(); ++i) CHECK(std::abs(out[i] - expected[i]) <= bound);
        for (size_t i = 0; i < in.size(); ++i) {
          CHECK(std::abs(grad_in[i] - expected_grad[i]) <= bound);
        }
      });
    }
  }
}

TEST_CASE("adaptive average pooling covers the plane with the asked number of windows",
          "[kernels]") {
  PoolShape s;
  s.planes = 2, s.in[0] = 5, s.in[1] = 7, s.out[0] = 3, s.out[1] = 2;
  const auto in = random_values<double>(70, 35), grad = random_values<double>(12, 36);
  std::vector<double> out(12), grad_in(70, NAN), expected_grad(70);
  kernels::kernels().f64.adaptive_avg_pool(s, in.data(), out.data());
  kernels::kernels().f64.adaptive_avg_pool_grad(s, grad.data(), grad_in.data());
  const int64_t rows[3][2] = {{0, 2}, {1, 4}, {3, 5}}, columns[2][2] = {{0, 4}, {3, 7}};
  for (int64_t p = 0; p < 2; ++p) {
    for (int64_t oy = 0; oy < 3; ++oy) {
      for (int64_t ox = 0; ox < 2; ++ox) {
        const int64_t at = (p * 3 + oy) * 2 + ox;
        double sum = 0, count = 0;
        for (int64_t y = rows[oy][0]; y < rows[oy][1]; ++y) {
          for (int64_t x = columns[ox][0]; x < columns[ox][1]; ++x, ++count) {
            sum += in[p * 35 + y * 7 + x];
          }
        }
        CHECK(std::abs(out[at] - sum / count) < 1e-14);
        for (int64_t y = rows[oy][0]; y < rows[oy][1]; ++y) {
          for (int64_t x = columns[ox][0]; x < columns[ox][1]; ++x) {
            expected_grad[p * 35 + y * 7 + x] += grad[at] / count;
          }
        }
      }
    }
  }
  for (int64_t i = 0; i < 70; ++i) CHECK(std::abs(grad_in[i] - expected_grad[i]) < 1e-14);
}
