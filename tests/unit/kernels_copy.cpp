// Copies between layouts and types, and rows by index.
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "unit/kernels_support.h"

using namespace gradpad;
using namespace gradpad::kernels;
using namespace gradpad::kernels::test;

namespace {

/// The element of one type as another type, through the kernel.
template <class Out, class In>
Out converted(In value) {
  Out out{};
  const int64_t stride = 0;
  find_memory(DeviceType::CPU)
      ->copy({reinterpret_cast<char*>(&out), dtype_of<Out>, &stride},
             {reinterpret_cast<char*>(&value), dtype_of<In>, &stride}, nullptr, 0);
  return out;
}

}  // namespace

TEMPLATE_TEST_CASE("copy permutes and converts", "[kernels]", float, double, int64_t, int32_t,
                   uint8_t, bool) {
  const int64_t shape[4] = {3, 37, 1, 41};
  // The input is laid out as (37, 41, 3), with gaps.
  std::vector<double> in(37 * 41 * 3 * 2);
  Numbers numbers(41);
  for (double& v : in) v = static_cast<double>(numbers.integer(0, 100));
  const int64_t in_strides[4] = {2 * 8, 41 * 3 * 2 * 8, 0, 3 * 2 * 8};
  std::vector<uint8_t> raw(3 * 37 * 41 * sizeof(TestType));
  TestType* const out = reinterpret_cast<TestType*>(raw.data());
  const int64_t item = sizeof(TestType);
  const int64_t out_strides[4] = {37 * 41 * item, 41 * item, 41 * item, item};
  find_memory(DeviceType::CPU)
      ->copy({reinterpret_cast<char*>(out), dtype_of<TestType>, out_strides},
             {reinterpret_cast<char*>(in.data()), DType::Float64, in_strides}, shape, 4);
  bool right = true;
  for (int64_t i = 0; i < 3; ++i) {
    for (int64_t j = 0; j < 37; ++j) {
      for (int64_t k = 0; k < 41; ++k) {
        right &=
            out[(i * 37 + j) * 41 + k] == static_cast<TestType>(in[((j * 41 + k) * 3 + i) * 2]);
      }
    }
  }
  CHECK(right);
}

TEMPLATE_TEST_CASE("copy writes through any strides, and broadcasts", "[kernels]", float, double,
                   int64_t, uint8_t) {
  // Transposed and reversed output; the input repeats one row.
  const int64_t shape[2] = {50, 70}, item = sizeof(TestType);
  std::vector<TestType> in(70), out(50 * 70, TestType(9));
  for (int i = 0; i < 70; ++i) in[i] = static_cast<TestType>(i);
  const int64_t in_strides[2] = {0, item}, out_strides[2] = {item, -50 * item};
  find_memory(DeviceType::CPU)
      ->copy({reinterpret_cast<char*>(out.data() + 69 * 50), dtype_of<TestType>, out_strides},
             {reinterpret_cast<char*>(in.data()), dtype_of<TestType>, in_strides}, shape, 2);
  bool right = true;
  for (int64_t i = 0; i < 50; ++i) {
    for (int64_t j = 0; j < 70; ++j) right &= out[(69 - j) * 50 + i] == in[j];
  }
  CHECK(right);
}

TEST_CASE("copy of a transposed matrix equals element by element", "[kernels]") {
  for (const int64_t rows : {1, 5, 32, 33, 100}) {
    for (const int64_t cols : {1, 31, 64, 97}) {
      const auto in = random_values<float>(rows * cols, 42);
      std::vector<float> out(in.size());
      const int64_t shape[2] = {cols, rows};
      const int64_t in_strides[2] = {4, cols * 4}, out_strides[2] = {rows * 4, 4};
      find_memory(DeviceType::CPU)
          ->copy(
              {reinterpret_cast<char*>(out.data()), DType::Float32, out_strides},
              {reinterpret_cast<char*>(const_cast<float*>(in.data())), DType::Float32, in_strides},
              shape, 2);
      bool right = true;
      for (int64_t i = 0; i < rows; ++i) {
        for (int64_t j = 0; j < cols; ++j) right &= out[j * rows + i] == in[i * cols + j];
      }
      CHECK(right);
    }
  }
}

TEST_CASE("copy of nothing touches nothing", "[kernels]") {
  const int64_t shape[2] = {3, 0}, strides[2] = {0, 0};
  find_memory(DeviceType::CPU)
      ->copy({nullptr, DType::Float32, strides}, {nullptr, DType::Int64, strides}, shape, 2);
}

TEST_CASE("conversion truncates, and is PyTorch's where the value does not fit", "[kernels]") {
  CHECK(converted<int64_t>(2.9) == 2);
  CHECK(converted<int64_t>(-2.9f) == -2);
  CHECK(converted<int32_t>(-2147483648.0) == std::numeric_limits<int32_t>::min());
  CHECK(converted<int32_t>(2147483648.0) == std::numeric_limits<int32_t>::min());
  CHECK(converted<int64_t>(NAN) == std::numeric_limits<int64_t>::min());
  CHECK(converted<int64_t>(9223372036854774784.0) == 9223372036854774784);
  CHECK(converted<int64_t>(std::numeric_limits<float>::infinity()) ==
        std::numeric_limits<int64_t>::min());
  CHECK(converted<uint8_t>(-1.0f) == 255);
  CHECK(converted<uint8_t>(300.7) == 44);
  CHECK(converted<uint8_t>(int64_t{-1}) == 255);
  CHECK(converted<int32_t>(int64_t{1} << 33) == 0);
  CHECK(converted<bool>(0.5f));
  CHECK(converted<bool>(double{NAN}));
  CHECK(!converted<bool>(-0.0));
  CHECK(converted<bool>(int64_t{256}));
  CHECK(converted<float>(true) == 1.0f);
  CHECK(converted<uint8_t>(true) == 1);
  CHECK(std::isinf(converted<float>(1e300)));
}

TEST_CASE("rows are gathered and added by index, repeated indices in order", "[kernels]") {
  const auto table = random_values<float>(5 * 19, 43);
  const int64_t indices[] = {4, 0, 4, 2};
  std::vector<float> rows(4 * 19);
  kernels::kernels().gather_rows(rows.data(), table.data(), indices, 4, 19, DType::Float32);
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 19; ++j) CHECK(rows[i * 19 + j] == table[indices[i] * 19 + j]);
  }
  std::vector<float> sums = table;
  kernels::kernels().scatter_add_rows(sums.data(), rows.data(), indices, 4, 19, DType::Float32);
  for (int j = 0; j < 19; ++j) {
    CHECK(sums[j] == 2 * table[j]);
    CHECK(sums[19 + j] == table[19 + j]);
    CHECK(sums[4 * 19 + j] == table[4 * 19 + j] + table[4 * 19 + j] + table[4 * 19 + j]);
  }
  int32_t counts[3] = {1, 2, 3};
  const int32_t ones[] = {1, 1, 1};
  const int64_t where[] = {2, 2, 0};
  kernels::kernels().scatter_add_rows(counts, ones, where, 3, 1, DType::Int32);
  CHECK(counts[0] == 2);
  CHECK(counts[1] == 2);
  CHECK(counts[2] == 5);
}
