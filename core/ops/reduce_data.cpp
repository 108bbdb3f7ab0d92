// Reductions over any dimensions: adjacent ones are reduced as one, blocks of them one after the
// other from the innermost, so that nothing has to be copied into another order.
#include "ops/reduce_data.h"

#include <algorithm>
#include <vector>

#include "ops/pointwise/all.h"
#include "tensor/layout.h"

namespace gradpad::ops {

using kernels::ReduceOp;
using kernels::ReduceShape;

Dims reduction_dims(const Dims& dims, int64_t ndim) {
  Dims result;
  if (dims.empty()) {
    for (int64_t d = 0; d < ndim; ++d) result.push_back(d);
    return result;
  }
  for (int64_t d : dims) result.push_back(wrap_dim(d, ndim));
  std::sort(result.begin(), result.end());
  for (size_t i = 1; i < result.size(); ++i) {
    if (result[i] == result[i - 1]) {
      fail("dim ", result[i], " appears multiple times in the list of dims");
    }
  }
  return result;
}

Shape reduced_shape(const Shape& shape, const Dims& dims, bool keepdim) {
  Shape result;
  size_t next = 0;
  for (int64_t d = 0; d < shape.ssize(); ++d) {
    if (next < dims.size() && dims[next] == d) {
      ++next;
      if (keepdim) result.push_back(1);
    } else {
      result.push_back(shape[d]);
    }
  }
  return result;
}

int64_t reduced_count(const Shape& shape, const Dims& dims) {
  int64_t count = 1;
  for (int64_t d : dims) {
    if (d < shape.ssize()) count *= shape[d];
  }
  return count;
}

ReduceShape shape_around(const Shape& shape, int64_t d) {
  ReduceShape result;
  result.n = shape.empty() ? 1 : shape[d];
  for (int64_t i = 0; i < d; ++i) result.outer *= shape[i];
  for (int64_t i = d + 1; i < shape.ssize(); ++i) result.inner *= shape[i];
  return result;
}

namespace {

DType result_type(ReduceOp op, DType input) {
  switch (op) {
    case ReduceOp::Any:
    case ReduceOp::All:
      return DType::Bool;
    case ReduceOp::Sum:
    case ReduceOp::Prod:
      return is_floating(input) ? input : DType::Int64;
    default:
      return input;
  }
}

/// What a second pass over the results of the first has to do.
ReduceOp continued(ReduceOp op) {
  return op == ReduceOp::SumAbs || op == ReduceOp::SumSquares ? ReduceOp::Sum : op;
}

Tensor run(ReduceOp op, const Tensor& input, ReduceShape shape) {
  Tensor out =
      Tensor::empty({shape.outer * shape.inner}, result_type(op, input.dtype()), input.device());
  const kernels::ReduceFn reduce = kernels::kernels(input.device()).reduce(op, input.dtype());
  if (!reduce) fail("reduction not implemented for '", scalar_type_name(input.dtype()), "'");
  reduce(out.bytes(), input.bytes(), shape);
  return out;
}

/// Runs of dimensions that are all reduced or all kept.
struct Block {
  int64_t size;
  bool reduced;
};

std::vector<Block> blocks_of(const Shape& shape, const std::vector<bool>& reduced) {
  std::vector<Block> blocks;
  for (size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] == 1) continue;
    if (blocks.empty() || blocks.back().reduced != reduced[d]) blocks.push_back({1, reduced[d]});
    blocks.back().size *= shape[d];
  }
  return blocks;
}

}  // namespace

Tensor reduce_data(ReduceOp op, const Tensor& input, const Dims& dims, bool keepdim) {
  const Shape final_shape = reduced_shape(input.shape(), dims, keepdim);
  if (input.numel() == 0) {
    const bool one = op == ReduceOp::Prod || op == ReduceOp::All;
    return Tensor::full(final_shape, one ? 1 : 0, result_type(op, input.dtype()), input.device());
  }
  const int64_t ndim = input.dim();
  std::vector<bool> is_reduced(static_cast<size_t>(ndim), false);
  for (int64_t d : dims) {
    if (d < ndim) is_reduced[static_cast<size_t>(d)] = true;
  }
  // Walk in the order of memory where that makes the tensor contiguous.
  Dims order;
  for (int64_t d = 0; d < ndim; ++d) order.push_back(d);
  Tensor data = input;
  if (!input.is_contiguous()) {
    const Dims by_stride = memory_order({&input, 1});
    const Tensor permuted = input.permute(by_stride);
    if (permuted.is_contiguous()) {
      order = by_stride;
      data = permuted;
    } else {
      data = input.contiguous();
    }
  }
  std::vector<bool> reduced;
  Shape kept;
  for (int64_t d : order) {
    reduced.push_back(is_reduced[static_cast<size_t>(d)]);
    if (!reduced.back()) kept.push_back(input.shape()[d]);
  }
  std::vector<Block> blocks = blocks_of(data.shape(), reduced);
  bool started = false;
  while (true) {
    ReduceShape shape;
    size_t last = blocks.size();
    while (last > 0 && !blocks[last - 1].reduced) shape.inner *= blocks[--last].size;
    if (last == 0) break;
    shape.n = blocks[last - 1].size;
    for (size_t i = 0; i + 1 < last; ++i) shape.outer *= blocks[i].size;
    data = run(started ? continued(op) : op, data, shape);
    started = true;
    blocks.erase(blocks.begin() + static_cast<int64_t>(last) - 1);
  }
  // Only sizes of 1 were reduced; an op may still change values and types.
  if (!started) data = run(op, data, {input.numel(), 1, 1});
  data = data.reshape(kept);
  Dims back;
  for (int64_t d = 0; d < ndim; ++d) {
    if (is_reduced[static_cast<size_t>(d)]) continue;
    int64_t place = 0;
    for (int64_t other : order) {
      if (other == d) break;
      if (!is_reduced[static_cast<size_t>(other)]) ++place;
    }
    back.push_back(place);
  }
  return data.permute(back).reshape(final_shape);
}

void divide_data(const Tensor& tensor, double divisor) {
  const Variable dividend(tensor);
  pointwise_into(def_of<Div>, tensor, {dividend, Variable(divisor)});
}

void root_data(const Tensor& tensor) { pointwise_into(def_of<Sqrt>, tensor, {Variable(tensor)}); }

}  // namespace gradpad::ops
