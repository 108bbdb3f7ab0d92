// Reductions against plain loops in double, on every instruction set.
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "unit/kernels_support.h"

using namespace gradpad;
using namespace gradpad::kernels;
using namespace gradpad::kernels::test;

namespace {

const ReduceShape kShapes[] = {{1, 1, 1},   {1, 7, 1},   {3, 16, 1},   {2, 65, 1}, {1, 1000, 1},
                               {2, 3, 2},   {1, 5, 17},  {3, 130, 3},  {2, 9, 64}, {1, 300, 70},
                               {2, 1, 129}, {1, 259, 5}, {4, 128, 16}, {5, 2, 1}};

/// Calls body(position in the output, gather) where gather(k) is the k-th element reduced.
template <class T, class Body>
void each_reduced(const std::vector<T>& in, ReduceShape s, const Body& body) {
  for (int64_t o = 0; o < s.outer; ++o) {
    for (int64_t j = 0; j < s.inner; ++j) {
      body(o * s.inner + j, [&](int64_t k) { return in[(o * s.n + k) * s.inner + j]; });
    }
  }
}

template <class T>
std::vector<T> run(const KernelTable& table, ReduceOp op, DType dtype, const void* in,
                   ReduceShape s) {
  std::vector<T> out(static_cast<size_t>(s.outer * s.inner));
  table.reduce(op, dtype)(out.data(), in, s);
  return out;
}

}  // namespace

TEMPLATE_TEST_CASE("floating reductions agree with a plain loop", "[kernels]", float, double) {
  struct Case {
    ReduceOp op;
    double start;
    std::function<double(double, double)> add;
  };
  const Case cases[] = {
      {ReduceOp::Sum, 0, [](double s, double v) { return s + v; }},
      {ReduceOp::Prod, 1, [](double s, double v) { return s * v; }},
      {ReduceOp::Max, -INFINITY, [](double s, double v) { return v > s ? v : s; }},
      {ReduceOp::Min, INFINITY, [](double s, double v) { return v < s ? v : s; }},
      {ReduceOp::SumAbs, 0, [](double s, double v) { return s + std::abs(v); }},
      {ReduceOp::SumSquares, 0, [](double s, double v) { return s + v * v; }},
  };
  each_isa([&](const KernelTable& table) {
    for (const ReduceShape s : kShapes) {
      const std::vector<TestType> in =
          random_values<TestType>(s.outer * s.n * s.inner, 11, 0.5, 1.5);
      for (const Case& c : cases) {
        INFO(isa_name(table.isa) << " op " << static_cast<int>(c.op) << " shape " << s.outer << ' '
                                 << s.n << ' ' << s.inner);
        const auto out = run<TestType>(table, c.op, dtype_of<TestType>, in.data(), s);
        each_reduced(in, s, [&](int64_t at, const auto& gather) {
          double expected = c.start;
          for (int64_t k = 0; k < s.n; ++k) expected = c.add(expected, gather(k));
          const double unit = std::numeric_limits<TestType>::epsilon();
          const double terms = c.op == ReduceOp::Prod ? static_cast<double>(s.n) : 8;
          CHECK(std::abs(out[at] - expected) <= unit * terms * std::abs(expected));
        });
      }
    }
  });
}

TEST_CASE("a sum of many floats stays accurate", "[kernels]") {
  const int64_t n = 1 << 20;
  const std::vector<float> in = random_values<float>(n * 3, 12, 0, 1);
  double expected[3] = {};
  for (int64_t i = 0; i < n * 3; ++i) expected[i % 3] += in[i];
  each_isa([&](const KernelTable& table) {
    INFO(isa_name(table.isa));
    const auto columns = run<float>(table, ReduceOp::Sum, DType::Float32, in.data(), {1, n, 3});
    for (int j = 0; j < 3; ++j) CHECK(std::abs(columns[j] / expected[j] - 1) < 1e-6);
    const auto all = run<float>(table, ReduceOp::Sum, DType::Float32, in.data(), {1, n * 3, 1});
    CHECK(std::abs(all[0] / (expected[0] + expected[1] + expected[2]) - 1) < 3e-7);
  });
}

TEMPLATE_TEST_CASE("reductions of nothing give the neutral element", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    const TestType none{};
    for (const int64_t inner : {1, 3}) {
      const ReduceShape s{2, 0, inner};
      const auto zeros = run<TestType>(table, ReduceOp::Sum, dtype_of<TestType>, &none, s);
      CHECK(zeros == std::vector<TestType>(static_cast<size_t>(2 * inner), 0));
      const auto ones = run<TestType>(table, ReduceOp::Prod, dtype_of<TestType>, &none, s);
      CHECK(ones == std::vector<TestType>(static_cast<size_t>(2 * inner), 1));
    }
  });
}

TEMPLATE_TEST_CASE("max and min carry NaN, wherever it stands", "[kernels]", float, double) {
  const TestType nan = std::numeric_limits<TestType>::quiet_NaN();
  each_isa([&](const KernelTable& table) {
    for (const ReduceShape s : kShapes) {
      for (const int64_t where : {int64_t{0}, s.n / 2, s.n - 1}) {
        auto in = random_values<TestType>(s.outer * s.n * s.inner, 13);
        for (int64_t j = 0; j < s.inner; ++j) in[where * s.inner + j] = nan;
        for (const ReduceOp op : {ReduceOp::Max, ReduceOp::Min}) {
          INFO(isa_name(table.isa) << " n " << s.n << " inner " << s.inner << " at " << where);
          const auto out = run<TestType>(table, op, dtype_of<TestType>, in.data(), s);
          for (int64_t j = 0; j < s.inner; ++j) CHECK(std::isnan(out[j]));
          for (int64_t j = s.inner; j < s.outer * s.inner; ++j) CHECK(!std::isnan(out[j]));
          const auto fn = op == ReduceOp::Max ? table.arg_max : table.arg_min;
          std::vector<int64_t> indices(out.size());
          fn[static_cast<int>(dtype_of<TestType>)](nullptr, indices.data(), in.data(), s);
          for (int64_t j = 0; j < s.inner; ++j) CHECK(indices[j] == where);
        }
      }
    }
  });
}

TEMPLATE_TEST_CASE("argmax and argmin give the first of equals", "[kernels]", float, double,
                   int64_t, int32_t, uint8_t) {
  each_isa([&](const KernelTable& table) {
    for (const ReduceShape s : kShapes) {
      // Few distinct values, so that many are equal.
      const auto in = random_values<TestType>(s.outer * s.n * s.inner, 14, 0, 4.99);
      std::vector<TestType> rounded = in;
      for (TestType& v : rounded) v = static_cast<TestType>(static_cast<int>(v));
      const size_t size = static_cast<size_t>(s.outer * s.inner);
      std::vector<int64_t> most(size), least(size);
      std::vector<TestType> largest(size), smallest(size);
      const int type = static_cast<int>(dtype_of<TestType>);
      table.arg_max[type](largest.data(), most.data(), rounded.data(), s);
      table.arg_min[type](smallest.data(), least.data(), rounded.data(), s);
      INFO(isa_name(table.isa) << " shape " << s.outer << ' ' << s.n << ' ' << s.inner);
      each_reduced(rounded, s, [&](int64_t at, const auto& gather) {
        int64_t first_most = 0, first_least = 0;
        for (int64_t k = 1; k < s.n; ++k) {
          if (gather(k) > gather(first_most)) first_most = k;
          if (gather(k) < gather(first_least)) first_least = k;
        }
        CHECK(most[at] == first_most);
        CHECK(least[at] == first_least);
        CHECK(largest[at] == gather(first_most));
        CHECK(smallest[at] == gather(first_least));
      });
    }
  });
}

TEST_CASE("sums and products of integers and bools are int64", "[kernels]") {
  const KernelTable& table = kernels::kernels();
  const std::vector<uint8_t> bytes{200, 100, 3, 0, 1, 2};
  CHECK(run<int64_t>(table, ReduceOp::Sum, DType::UInt8, bytes.data(), {1, 6, 1})[0] == 306);
  CHECK(run<int64_t>(table, ReduceOp::Sum, DType::UInt8, bytes.data(), {1, 2, 3}) ==
        std::vector<int64_t>{200, 101, 5});
  CHECK(run<int64_t>(table, ReduceOp::Prod, DType::UInt8, bytes.data(), {2, 3, 1}) ==
        std::vector<int64_t>{60000, 0});
  const bool flags[] = {true, false, true};
  CHECK(run<int64_t>(table, ReduceOp::Sum, DType::Bool, flags, {1, 3, 1})[0] == 2);
  const std::vector<int32_t> ints{-5, 7, std::numeric_limits<int32_t>::max(), -1};
  CHECK(run<int64_t>(table, ReduceOp::Sum, DType::Int32, ints.data(), {1, 4, 1})[0] ==
        int64_t{std::numeric_limits<int32_t>::max()} + 1);
  CHECK(run<int32_t>(table, ReduceOp::Max, DType::Int32, ints.data(), {2, 2, 1}) ==
        std::vector<int32_t>{7, std::numeric_limits<int32_t>::max()});
  CHECK(run<int32_t>(table, ReduceOp::Min, DType::Int32, ints.data(), {1, 2, 2}) ==
        std::vector<int32_t>{-5, -1});
  const std::vector<int64_t> big{std::numeric_limits<int64_t>::max(), 1};
  CHECK(run<int64_t>(table, ReduceOp::Sum, DType::Int64, big.data(), {1, 2, 1})[0] ==
        std::numeric_limits<int64_t>::min());
}

TEST_CASE("any and all ask for what is not zero, NaN included", "[kernels]") {
  const KernelTable& table = kernels::kernels();
  const float values[] = {0, NAN, 1, 0, 0, 0};
  CHECK(run<uint8_t>(table, ReduceOp::Any, DType::Float32, values, {2, 3, 1}) ==
        std::vector<uint8_t>{1, 0});
  CHECK(run<uint8_t>(table, ReduceOp::All, DType::Float32, values, {1, 2, 3}) ==
        std::vector<uint8_t>{0, 0, 0});
  CHECK(run<uint8_t>(table, ReduceOp::All, DType::Float32, values + 1, {1, 2, 1})[0] == 1);
  CHECK(run<uint8_t>(table, ReduceOp::All, DType::Int64, values, {1, 0, 1})[0] == 1);
  CHECK(run<uint8_t>(table, ReduceOp::Any, DType::Int64, values, {1, 0, 1})[0] == 0);
}

TEMPLATE_TEST_CASE("moments are the mean and the squared deviations", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    for (const ReduceShape s : kShapes) {
      // Far from zero, where the difference of two sums of squares would have no digits left.
      const auto in = random_values<TestType>(s.outer * s.n * s.inner, 15, 1000, 1001);
      std::vector<TestType> mean(static_cast<size_t>(s.outer * s.inner)), deviations(mean.size());
      table.of<TestType>().moments(mean.data(), deviations.data(), in.data(), s);
      INFO(isa_name(table.isa) << " shape " << s.outer << ' ' << s.n << ' ' << s.inner);
      each_reduced(in, s, [&](int64_t at, const auto& gather) {
        long double sum = 0, squares = 0;
        for (int64_t k = 0; k < s.n; ++k) sum += gather(k);
        const long double middle = sum / s.n;
        for (int64_t k = 0; k < s.n; ++k) squares += (gather(k) - middle) * (gather(k) - middle);
        const double unit = std::numeric_limits<TestType>::epsilon();
        CHECK(std::abs(mean[at] - middle) <= 12 * unit * middle);
        CHECK(std::abs(deviations[at] - squares) <=
              1e-6 * squares + static_cast<double>(s.n) * 1e6 * 16 * unit * unit);
      });
    }
  });
}

TEMPLATE_TEST_CASE("softmax and log_softmax, and their gradients", "[kernels]", float, double) {
  each_isa([&](const KernelTable& table) {
    const auto& k = table.of<TestType>();
    const double unit = std::numeric_limits<TestType>::epsilon();
    for (const ReduceShape s : kShapes) {
      const int64_t size = s.outer * s.n * s.inner;
      const auto in = random_values<TestType>(size, 16, -60, 1000);
      const auto grad = random_values<TestType>(size, 17);
      std::vector<TestType> out(in.size()), log_out(in.size()), grad_in(in.size()),
          log_grad_in(in.size());
      k.softmax(out.data(), in.data(), s);
      k.log_softmax(log_out.data(), in.data(), s);
      k.softmax_grad(grad_in.data(), grad.data(), out.data(), s);
      k.log_softmax_grad(log_grad_in.data(), grad.data(), log_out.data(), s);
      INFO(isa_name(table.isa) << " shape " << s.outer << ' ' << s.n << ' ' << s.inner);
      bool right = true;
      for (int64_t o = 0; o < s.outer; ++o) {
        for (int64_t j = 0; j < s.inner; ++j) {
          const auto at = [&](int64_t i) { return (o * s.n + i) * s.inner + j; };
          double largest = -INFINITY, sum = 0, inner = 0, total = 0;
          for (int64_t i = 0; i < s.n; ++i) largest = std::fmax(largest, in[at(i)]);
          for (int64_t i = 0; i < s.n; ++i) sum += std::exp(in[at(i)] - largest);
          for (int64_t i = 0; i < s.n; ++i) {
            const double y = std::exp(in[at(i)] - largest) / sum;
            inner += y * grad[at(i)];
            total += grad[at(i)];
          }
          for (int64_t i = 0; i < s.n; ++i) {
            const double x = in[at(i)] - largest, y = std::exp(x) / sum;
            right &= std::abs(out[at(i)] - y) <= 16 * unit * y + 1e-37;
            right &=
                std::abs(log_out[at(i)] - (x - std::log(sum))) <= 4 * unit * (1000 + std::abs(x));
            right &= std::abs(grad_in[at(i)] - (grad[at(i)] - inner) * y) <= 40 * unit;
            right &= std::abs(log_grad_in[at(i)] - (grad[at(i)] - y * total)) <=
                     4000 * unit * (1 + std::abs(total));
          }
        }
      }
      CHECK(right);
    }
  });
}

TEST_CASE("softmax may overwrite its input, and NaN fills its row", "[kernels]") {
  each_isa([&](const KernelTable& table) {
    const auto in = random_values<float>(100, 18);
    std::vector<float> out(100), same = in;
    table.f32.softmax(out.data(), in.data(), {4, 25, 1});
    table.f32.softmax(same.data(), same.data(), {4, 25, 1});
    CHECK(out == same);
    same = in;
    same[30] = NAN;
    table.f32.softmax(out.data(), same.data(), {4, 25, 1});
    CHECK(!std::isnan(out[24]));
    for (int i = 25; i < 50; ++i) CHECK(std::isnan(out[i]));
    CHECK(!std::isnan(out[50]));
  });
}
