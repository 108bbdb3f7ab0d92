// The matrix product against a plain triple loop in double, on every instruction set.
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "unit/kernels_support.h"

using namespace gradpad;
using namespace gradpad::kernels;
using namespace gradpad::kernels::test;

namespace {

/// How a factor lies in memory.
enum class Layout { Rows, Columns, Strided };

template <class T>
struct Factor {
  std::vector<T> values;
  int64_t row, col;
  Factor(int64_t rows, int64_t cols, Layout layout, uint64_t seed) {
    row = layout == Layout::Columns ? 1 : layout == Layout::Rows ? cols : 3 * cols + 1;
    col = layout == Layout::Columns ? rows : layout == Layout::Rows ? 1 : 3;
    // Exactly as long as it must be, so that the sanitizer sees a read past the end.
    values = random_values<T>((rows - 1) * row + (cols - 1) * col + 1, seed);
  }
  double at(int64_t i, int64_t j) const { return static_cast<double>(values[i * row + j * col]); }
};

template <class T>
bool check(const KernelTable& table, int64_t m, int64_t n, int64_t k, Layout a_layout,
           Layout b_layout, T alpha, T beta) {
  const Factor<T> a(m, k, a_layout, 1), b(k, n, b_layout, 2);
  const int64_t pitch = n + 3;
  const std::vector<T> before = random_values<T>(m * pitch, 3);
  std::vector<T> c = before;
  Gemm<T> g;
  g.m = m, g.n = n, g.k = k;
  g.a = a.values.data(), g.a_row = a.row, g.a_col = a.col;
  g.b = b.values.data(), g.b_row = b.row, g.b_col = b.col;
  g.c = c.data(), g.c_row = pitch;
  g.alpha = alpha, g.beta = beta;
  if (beta == T(0)) {
    // C need not be readable as a number.
    for (int64_t i = 0; i < m; ++i) {
      for (int64_t j = 0; j < n; ++j) c[i * pitch + j] = std::numeric_limits<T>::quiet_NaN();
    }
  }
  table.of<T>().gemm(g);
  const double unit = std::numeric_limits<T>::epsilon();
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t j = 0; j < n; ++j) {
      double sum = 0, size = 0;
      for (int64_t p = 0; p < k; ++p) {
        sum += a.at(i, p) * b.at(p, j);
        size += std::abs(a.at(i, p) * b.at(p, j));
      }
      const double old = beta == T(0) ? 0 : static_cast<double>(before[i * pitch + j]);
      const double expected = alpha * sum + beta * old;
      const double error = std::abs(expected - static_cast<double>(c[i * pitch + j]));
      const double bound = unit * (2 + std::sqrt(static_cast<double>(k))) *
                           (std::abs(alpha) * size + std::abs(beta * old) + 1e-30);
      if (!(error <= bound)) {
        UNSCOPED_INFO("at " << i << ", " << j << ": " << c[i * pitch + j] << ", not " << expected);
        return false;
      }
    }
    for (int64_t j = n; j < pitch; ++j) {
      if (c[i * pitch + j] != before[i * pitch + j]) {
        UNSCOPED_INFO("wrote beyond row " << i);
        return false;
      }
    }
  }
  return true;
}

}  // namespace

TEMPLATE_TEST_CASE("gemm multiplies matrices of any size and layout", "[kernels]", float, double) {
  const int64_t sizes[][3] = {{1, 1, 1},    {2, 3, 4},     {5, 7, 3},    {16, 16, 16}, {13, 33, 17},
                              {14, 32, 64}, {15, 65, 9},   {31, 10, 64}, {1, 37, 50},  {37, 1, 50},
                              {64, 10, 33}, {29, 129, 70}, {6, 8, 300},  {57, 70, 261}};
  const Layout layouts[] = {Layout::Rows, Layout::Columns, Layout::Strided};
  each_isa([&](const KernelTable& table) {
    for (const auto& size : sizes) {
      for (const Layout a : layouts) {
        for (const Layout b : layouts) {
          INFO(isa_name(table.isa) << ' ' << size[0] << 'x' << size[1] << 'x' << size[2]
                                   << " layouts " << static_cast<int>(a) << static_cast<int>(b));
          REQUIRE(check<TestType>(table, size[0], size[1], size[2], a, b, 1, 0));
        }
      }
    }
  });
}

TEMPLATE_TEST_CASE("gemm has every number of rows and columns right", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    for (int64_t m = 1; m <= 30; ++m) {
      INFO(isa_name(table.isa) << " rows " << m);
      REQUIRE(check<TestType>(table, m, 300, 5, Layout::Rows, Layout::Rows, 1, 0));
      REQUIRE(check<TestType>(table, m, 20, 5, Layout::Columns, Layout::Rows, 1, 0));
    }
    for (int64_t n = 1; n <= 70; ++n) {
      INFO(isa_name(table.isa) << " columns " << n);
      REQUIRE(check<TestType>(table, 9, n, 6, Layout::Rows, Layout::Rows, 1, 0));
      REQUIRE(check<TestType>(table, 70, n, 6, Layout::Rows, Layout::Columns, 1, 0));
    }
  });
}

TEMPLATE_TEST_CASE("gemm goes through all blocks of large matrices", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    INFO(isa_name(table.isa));
    REQUIRE(check<TestType>(table, 190, 40, 530, Layout::Rows, Layout::Rows, 1, 0));
    REQUIRE(check<TestType>(table, 20, 1100, 270, Layout::Columns, Layout::Rows, 1, 1));
  });
}

TEMPLATE_TEST_CASE("gemm scales the product and what was there", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    for (const TestType beta : {TestType(0), TestType(1), TestType(-0.5)}) {
      INFO(isa_name(table.isa) << " beta " << beta);
      REQUIRE(check<TestType>(table, 33, 45, 300, Layout::Rows, Layout::Columns, 2.5, beta));
      REQUIRE(check<TestType>(table, 3, 4, 5, Layout::Rows, Layout::Rows, -1, beta));
      REQUIRE(check<TestType>(table, 40, 1, 19, Layout::Rows, Layout::Rows, 2.5, beta));
      REQUIRE(check<TestType>(table, 40, 1, 19, Layout::Columns, Layout::Rows, 2.5, beta));
      REQUIRE(check<TestType>(table, 1, 40, 19, Layout::Rows, Layout::Rows, 2.5, beta));
    }
  });
}

TEMPLATE_TEST_CASE("gemm of no terms leaves beta times C", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    std::vector<TestType> c{1, 2, 3, 4, 5, 6};
    Gemm<TestType> g;
    g.m = 2, g.n = 3, g.k = 0, g.c = c.data(), g.c_row = 3, g.beta = 2;
    table.of<TestType>().gemm(g);
    CHECK(c == std::vector<TestType>{2, 4, 6, 8, 10, 12});
    g.beta = 0;
    table.of<TestType>().gemm(g);
    CHECK(c == std::vector<TestType>(6, 0));
    g.m = 0, g.k = 4;
    table.of<TestType>().gemm(g);  // touches nothing
  });
}

TEST_CASE("gemm of a batch steps through it, and stride 0 repeats a factor", "[kernels]") {
  const std::vector<float> a = random_values<float>(3 * 2 * 4, 7),
                           b = random_values<float>(4 * 5, 8);
  each_isa([&](const KernelTable& table) {
    std::vector<float> c(3 * 2 * 5);
    Gemm<float> g;
    g.m = 2, g.n = 5, g.k = 4, g.batch = 3;
    g.a = a.data(), g.a_row = 4, g.a_batch = 8;
    g.b = b.data(), g.b_row = 5, g.b_batch = 0;
    g.c = c.data(), g.c_row = 5, g.c_batch = 10;
    table.f32.gemm(g);
    for (int64_t i = 0; i < 6; ++i) {
      for (int64_t j = 0; j < 5; ++j) {
        float sum = 0;
        for (int64_t k = 0; k < 4; ++k) sum += a[i * 4 + k] * b[k * 5 + j];
        CHECK(std::abs(c[i * 5 + j] - sum) < 1e-6f);
      }
    }
  });
}

TEST_CASE("gemm of integers is exact and wraps around", "[kernels]") {
  const std::vector<int64_t> a{1, 2, 3, 4}, b{5, 6, 7, int64_t{1} << 62};
  std::vector<int64_t> c(4);
  Gemm<int64_t> g;
  g.m = g.n = g.k = 2, g.a = a.data(), g.a_row = 2, g.b = b.data(), g.b_row = 2;
  g.c = c.data(), g.c_row = 2;
  kernels::kernels().i64.gemm(g);
  CHECK(c[0] == 19);
  CHECK(c[1] == std::numeric_limits<int64_t>::min() + 6);
  CHECK(c[2] == 43);
  CHECK(c[3] == 18);

  const std::vector<uint8_t> x{200, 100}, y{2, 3};
  uint8_t sum = 0;
  kernels::kernels().u8.dot(2, x.data(), 1, y.data(), 1, &sum);
  CHECK(sum == (700 & 255));
}

TEMPLATE_TEST_CASE("dot sums products at any stride", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    for (const int64_t n : {0, 1, 3, 15, 16, 17, 64, 100, 1001}) {
      for (const int64_t stride : {1, 3}) {
        const std::vector<TestType> x = random_values<TestType>(n * stride, 4);
        const std::vector<TestType> y = random_values<TestType>(n, 5);
        double sum = 0, size = 0;
        for (int64_t i = 0; i < n; ++i) {
          const double term = static_cast<double>(x[i * stride]) * static_cast<double>(y[i]);
          sum += term, size += std::abs(term);
        }
        INFO(isa_name(table.isa) << " n " << n << " stride " << stride);
        TestType got = 0;
        table.of<TestType>().dot(n, x.data(), stride, y.data(), 1, &got);
        CHECK(std::abs(got - sum) <= 20 * std::numeric_limits<TestType>::epsilon() * size);
      }
    }
  });
}
