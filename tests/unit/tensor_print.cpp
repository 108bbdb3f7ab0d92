// Tensors as text. Expected texts were recorded from PyTorch 1.13.
#include "gradpad/tensor/default_dtype.h"
#include "gradpad/tensor/print.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

using namespace gradpad;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

Tensor floats(std::initializer_list<float> values) {
  return Tensor::from<float>(values, {static_cast<int64_t>(values.size())});
}

template <class T>
Tensor arange(const Shape& shape, T step = 1) {
  std::vector<T> values(static_cast<size_t>(numel_of(shape)));
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<T>(i) * step;
  return Tensor::from<T>(std::span<const T>(values), shape);
}

std::string repr(const Tensor& tensor, const PrintOptions& options = {}) {
  return tensor_repr(tensor, {}, options);
}

}  // namespace

TEST_CASE("a single number prints without brackets", "[print]") {
  CHECK(repr(Tensor::scalar(Scalar(3))) == "tensor(3)");
  CHECK(repr(Tensor::scalar(Scalar(2.5))) == "tensor(2.5000)");
  CHECK(repr(Tensor::scalar(Scalar(true))) == "tensor(True)");
  CHECK(repr(Tensor::scalar(Scalar(1e-5))) == "tensor(1.0000e-05)");
}

TEST_CASE("elements are padded to one width", "[print]") {
  CHECK(repr(Tensor::from<int64_t>({1, -20, 300}, {3})) == "tensor([  1, -20, 300])");
  CHECK(repr(Tensor::from<bool>({true, false}, {2})) == "tensor([ True, False])");
  CHECK(repr(floats({1.5f, -22.25f, 3})) == "tensor([  1.5000, -22.2500,   3.0000])");
  CHECK(repr(Tensor::from<int64_t>({std::numeric_limits<int64_t>::max()}, {1})) ==
        "tensor([9223372036854775807])");
}

TEST_CASE("floats that are all integers print a bare point", "[print]") {
  CHECK(repr(floats({1, 2})) == "tensor([1., 2.])");
  CHECK(repr(floats({0, -0.0f})) == "tensor([0., -0.])");
  CHECK(repr(floats({1, 1000})) == "tensor([   1., 1000.])");
  CHECK(repr(floats({16777216})) == "tensor([16777216.])");
  CHECK(repr(floats({1e8f})) == "tensor([100000000.])");
}

TEST_CASE("scientific notation: ratio over 1000, over 1e8, or under 1e-4", "[print]") {
  CHECK(repr(floats({1, 1001})) == "tensor([1.0000e+00, 1.0010e+03])");
  CHECK(repr(floats({1.00000008e8f})) == "tensor([1.0000e+08])");
  CHECK(repr(floats({1e-4f})) == "tensor([1.0000e-04])");
  CHECK(repr(Tensor::scalar(Scalar(1e-4), DType::Float64)) ==
        "tensor(0.0001, dtype=torch.float64)");
  CHECK(repr(floats({0.00009f})) == "tensor([9.0000e-05])");
  CHECK(repr(floats({0.5f, 1e-6f})) == "tensor([5.0000e-01, 1.0000e-06])");
}

TEST_CASE("infinities and NaN do not choose the format", "[print]") {
  CHECK(repr(floats({1, kInf, kNan, -kInf})) == "tensor([1., inf, nan, -inf])");
  CHECK(repr(floats({1.5f, kInf, kNan, -kInf})) == "tensor([1.5000,    inf,    nan,   -inf])");
  CHECK(repr(floats({1e10f, kNan, 1})) == "tensor([1.0000e+10,        nan, 1.0000e+00])");
  CHECK(repr(floats({kNan})) == "tensor([nan])");
}

TEST_CASE("the dtype is named where it cannot be guessed", "[print]") {
  CHECK(repr(Tensor::from<int32_t>({1, 2}, {2})) == "tensor([1, 2], dtype=torch.int32)");
  CHECK(repr(Tensor::from<uint8_t>({7}, {1})) == "tensor([7], dtype=torch.uint8)");
  CHECK(repr(Tensor::from<double>({1, 2}, {2})) == "tensor([1., 2.], dtype=torch.float64)");
  const DefaultDTypeGuard guard(DType::Float64);
  CHECK(repr(Tensor::from<double>({1, 2}, {2})) == "tensor([1., 2.])");
  CHECK(repr(floats({1, 2})) == "tensor([1., 2.], dtype=torch.float32)");
}

TEST_CASE("an empty tensor shows its size unless it is (0,)", "[print]") {
  CHECK(repr(Tensor::empty({0}, DType::Float32)) == "tensor([])");
  CHECK(repr(Tensor::empty({0, 3}, DType::Float32)) == "tensor([], size=(0, 3))");
  CHECK(repr(Tensor::empty({2, 0}, DType::Int64)) == "tensor([], size=(2, 0), dtype=torch.int64)");
  CHECK(repr(Tensor::empty({0}, DType::Int64)) == "tensor([], dtype=torch.int64)");
  CHECK(repr(Tensor::empty({0}, DType::Bool)) == "tensor([], dtype=torch.bool)");
}

TEST_CASE("each dimension adds a bracket, an indent and an empty line", "[print]") {
  CHECK(repr(arange<float>({2, 3})) == "tensor([[0., 1., 2.],\n        [3., 4., 5.]])");
  CHECK(repr(arange<int64_t>({2, 2, 3})) ==
        "tensor([[[ 0,  1,  2],\n"
        "         [ 3,  4,  5]],\n"
        "\n"
        "        [[ 6,  7,  8],\n"
        "         [ 9, 10, 11]]])");
  CHECK(repr(arange<float>({1, 2, 1, 2}, 0.5f)) ==
        "tensor([[[[0.0000, 0.5000]],\n"
        "\n"
        "         [[1.0000, 1.5000]]]])");
}

TEST_CASE("views print in their own order", "[print]") {
  CHECK(repr(arange<float>({2, 3}).transpose(0, 1)) ==
        "tensor([[0., 3.],\n        [1., 4.],\n        [2., 5.]])");
  CHECK(repr(arange<float>({10}).slice(0, 0, 10, 3)) == "tensor([0., 3., 6., 9.])");
  CHECK(repr(Tensor::scalar(Scalar(1.5)).expand({2, 3})) ==
        "tensor([[1.5000, 1.5000, 1.5000],\n        [1.5000, 1.5000, 1.5000]])");
}

TEST_CASE("rows break at the line width", "[print]") {
  CHECK(repr(arange<int64_t>({30})) ==
        "tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,\n"
        "        18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])");
}

TEST_CASE("over 1000 elements are summarised", "[print]") {
  CHECK(repr(arange<int64_t>({1000})).find("...") == std::string::npos);
  CHECK(repr(arange<int64_t>({1001})) == "tensor([   0,    1,    2,  ...,  998,  999, 1000])");
  CHECK(repr(arange<float>({1001}, 1.5f)) ==
        "tensor([   0.0000,    1.5000,    3.0000,  ..., 1497.0000, 1498.5000,\n"
        "        1500.0000])");
  CHECK(repr(arange<int64_t>({2, 501})) ==
        "tensor([[   0,    1,    2,  ...,  498,  499,  500],\n"
        "        [ 501,  502,  503,  ...,  999, 1000, 1001]])");
  CHECK(repr(arange<float>({40, 50})) ==
        "tensor([[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 4.7000e+01, 4.8000e+01,\n"
        "         4.9000e+01],\n"
        "        [5.0000e+01, 5.1000e+01, 5.2000e+01,  ..., 9.7000e+01, 9.8000e+01,\n"
        "         9.9000e+01],\n"
        "        [1.0000e+02, 1.0100e+02, 1.0200e+02,  ..., 1.4700e+02, 1.4800e+02,\n"
        "         1.4900e+02],\n"
        "        ...,\n"
        "        [1.8500e+03, 1.8510e+03, 1.8520e+03,  ..., 1.8970e+03, 1.8980e+03,\n"
        "         1.8990e+03],\n"
        "        [1.9000e+03, 1.9010e+03, 1.9020e+03,  ..., 1.9470e+03, 1.9480e+03,\n"
        "         1.9490e+03],\n"
        "        [1.9500e+03, 1.9510e+03, 1.9520e+03,  ..., 1.9970e+03, 1.9980e+03,\n"
        "         1.9990e+03]])");
}

TEST_CASE("a summary leaves whole blocks out", "[print]") {
  const std::string text = repr(arange<int64_t>({10, 10, 12}));
  CHECK(
      text.starts_with("tensor([[[   0,    1,    2,  ...,    9,   10,   11],\n"
                       "         [  12,   13,   14,  ...,   21,   22,   23],\n"
                       "         [  24,   25,   26,  ...,   33,   34,   35],\n"
                       "         ...,\n"
                       "         [  84,   85,   86,  ...,   93,   94,   95],\n"));
  CHECK(text.find("         [ 348,  349,  350,  ...,  357,  358,  359]],\n"
                  "\n"
                  "        ...,\n"
                  "\n"
                  "        [[ 840,  841,  842,  ...,  849,  850,  851],\n") != std::string::npos);
}

TEST_CASE("only what a summary shows chooses its format", "[print]") {
  const Tensor tensor = arange<float>({1001});
  tensor.slice(0, 500, 501, 1).fill(Scalar(0.5));
  CHECK(repr(tensor) == "tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.])");
}

TEST_CASE("print options", "[print]") {
  const auto with = [](auto change) {
    PrintOptions options;
    change(options);
    return options;
  };
  CHECK(repr(floats({3.14159265f}), with([](auto& o) { o.precision = 2; })) == "tensor([3.14])");
  CHECK(repr(floats({1.5f, 2.5f}), with([](auto& o) { o.precision = 0; })) == "tensor([2, 2])");
  CHECK(repr(floats({1, 1e6f}), with([](auto& o) { o.sci_mode = false; })) ==
        "tensor([        1.,   1000000.])");
  CHECK(repr(floats({1.5f, 2.25f}), with([](auto& o) { o.sci_mode = true; })) ==
        "tensor([1.5000e+00, 2.2500e+00])");
  CHECK(repr(floats({0, kNan}), with([](auto& o) { o.sci_mode = true; })) == "tensor([0., nan])");
  CHECK(repr(arange<int64_t>({10}), with([](auto& o) { o.threshold = 5; })) ==
        "tensor([0, 1, 2,  ..., 7, 8, 9])");
  CHECK(repr(arange<int64_t>({10, 10}), with([](auto& o) {
               o.threshold = 5;
               o.edgeitems = 1;
             })) == "tensor([[ 0,  ...,  9],\n        ...,\n        [90,  ..., 99]])");
  CHECK(repr(arange<int64_t>({20}), with([](auto& o) { o.linewidth = 30; })) ==
        "tensor([ 0,  1,  2,  3,  4,\n"
        "         5,  6,  7,  8,  9,\n"
        "        10, 11, 12, 13, 14,\n"
        "        15, 16, 17, 18, 19])");
}

TEST_CASE("no edge items and no elements are no trouble", "[print]") {
  PrintOptions options;
  options.threshold = 0;
  options.edgeitems = 0;
  CHECK(repr(arange<int64_t>({3}), options) == "tensor([ ...])");
  CHECK(repr(Tensor::empty({3, 0}, DType::Float32), options) == "tensor([], size=(3, 0))");
}

TEST_CASE("suffixes follow the data and break at the line width", "[print]") {
  const std::string requires_grad[] = {"requires_grad=True"};
  const std::string grad_fn[] = {"grad_fn=<PowBackward0>"};
  CHECK(tensor_repr(floats({4}), grad_fn) == "tensor([4.], grad_fn=<PowBackward0>)");
  CHECK(tensor_repr(Tensor::from<double>({4}, {1}), requires_grad) ==
        "tensor([4.], dtype=torch.float64, requires_grad=True)");
  // The line holds 80 characters with PyTorch's own way of counting.
  const Tensor row = arange<float>({11}, 0.5f);
  CHECK(tensor_repr(row.slice(0, 0, 7, 1), grad_fn) ==
        "tensor([0.0000, 0.5000, 1.0000, 1.5000, 2.0000, 2.5000, 3.0000],\n"
        "       grad_fn=<PowBackward0>)");
  CHECK(tensor_repr(row.slice(0, 0, 5, 1), grad_fn) ==
        "tensor([0.0000, 0.5000, 1.0000, 1.5000, 2.0000], grad_fn=<PowBackward0>)");
  CHECK(tensor_repr(arange<float>({2, 3}).to(DType::Float64), requires_grad) ==
        "tensor([[0., 1., 2.],\n"
        "        [3., 4., 5.]], dtype=torch.float64, requires_grad=True)");
}

TEST_CASE("the data alone, indented as asked", "[print]") {
  CHECK(to_string(arange<float>({2, 2}), {}) == "[[0., 1.],\n [2., 3.]]");
  CHECK(to_string(arange<float>({2, 2}), {}, 4) == "[[0., 1.],\n     [2., 3.]]");
  CHECK(to_string(Tensor::empty({0, 2}, DType::Float32), {}) == "[]");
}

TEST_CASE("a tensor of 64 dimensions prints", "[print]") {
  Shape shape(64, 1);
  std::string expected(129, '[');
  expected.replace(64, 65, 65, ']');
  expected[64] = '1';
  CHECK(to_string(Tensor::full(shape, Scalar(1), DType::Int64), {}) == expected);
}
