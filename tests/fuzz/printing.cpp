// Tensors of any bytes, shape, strides and type under any print options: text that closes its
// brackets and, where nothing is left out, holds every element.
#include <algorithm>

#include "gradpad/tensor/print.h"
#include "gradpad/tensor/tensor.h"
#include "input.h"

using namespace gradpad;
using fuzz::expect;
using fuzz::Input;

namespace {

PrintOptions options_of(Input& in) {
  PrintOptions options;
  options.precision = static_cast<int>(in.between(0, 20));
  options.threshold = static_cast<double>(in.between(0, 40));
  options.edgeitems = in.between(0, 5);
  options.linewidth = in.between(0, 200);
  if (in.coin()) options.sci_mode = in.coin();
  return options;
}

Tensor tensor_of(Input& in) {
  const auto dtype = static_cast<DType>(in.between(0, kDTypeCount - 1));
  Shape shape;
  for (int64_t d = in.between(0, 4); d > 0; --d) shape.push_back(in.between(0, 4));
  Tensor tensor = Tensor::zeros(shape, dtype);
  char* bytes = tensor.bytes();
  for (int64_t i = 0; i < tensor.numel() * item_size(dtype); ++i) {
    const auto byte = in.take<char>();
    bytes[i] = dtype == DType::Bool ? static_cast<char>(byte & 1) : byte;
  }
  if (tensor.dim() >= 2 && in.coin()) tensor = tensor.transpose(0, -1);
  if (tensor.dim() >= 1 && in.coin()) tensor = tensor.slice(0, 0, 4, in.between(1, 3));
  if (tensor.dim() >= 1 && in.coin()) tensor = tensor.unsqueeze(0);
  return tensor;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input in(data, size);
  const PrintOptions options = options_of(in);
  const Tensor tensor = tensor_of(in);
  const std::string text = tensor_repr(tensor, {}, options);
  expect(text.starts_with("tensor(") && text.ends_with(")"), text);
  expect(std::count(text.begin(), text.end(), '[') == std::count(text.begin(), text.end(), ']'),
         text);
  const auto count = static_cast<double>(tensor.numel());
  if (count > 0 && count <= options.threshold) {
    // Between elements of a row and between rows stands a comma each.
    const std::string elements = to_string(tensor, options);
    expect(std::count(elements.begin(), elements.end(), ',') == tensor.numel() - 1, elements);
  }
  return 0;
}
