// Joining tensors along a dimension.
#include "gradpad/ops/join.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/views.h"
#include "gradpad/tensor/default_dtype.h"
#include "ops/device.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

/// An empty 1-dimensional tensor joins anything, as it always did in PyTorch.
bool is_skipped(const Variable& v) { return v.dim() == 1 && v.numel() == 0; }

DType joined_type(const Variables& tensors) {
  Promotion promotion;
  for (const Variable& v : tensors) promotion.add(v.dtype(), v.dim(), false);
  return promotion.result();
}

}  // namespace

Variable cat(const Variables& tensors, int64_t dim) {
  if (tensors.empty()) fail("torch.cat(): expected a non-empty list of Tensors");
  const Variable* first = nullptr;
  for (size_t i = 0; i < tensors.size(); ++i) {
    if (tensors[i].dim() == 0) {
      fail("zero-dimensional tensor (at position ", i, ") cannot be concatenated");
    }
    if (!first && !is_skipped(tensors[i])) first = &tensors[i];
  }
  const Variable& model = first ? *first : tensors[0];
  dim = wrap_dim(dim, model.dim());
  Shape shape = model.shape();
  shape[dim] = 0;
  Dims sizes;
  for (size_t i = 0; i < tensors.size(); ++i) {
    const Variable& v = tensors[i];
    if (is_skipped(v)) {
      sizes.push_back(0);
      continue;
    }
    if (v.dim() != model.dim()) {
      fail("Tensors must have same number of dimensions: got ", model.dim(), " and ", v.dim());
    }
    for (int64_t d = 0; d < v.dim(); ++d) {
      if (d == dim || v.shape()[d] == model.shape()[d]) continue;
      fail("Sizes of tensors must match except in dimension ", dim, ". Expected size ",
           model.shape()[d], " but got size ", v.shape()[d], " for tensor number ", i,
           " in the list.");
    }
    sizes.push_back(v.shape()[dim]);
    shape[dim] += v.shape()[dim];
  }
  Tensor data = Tensor::empty(shape, joined_type(tensors), ops::device_of(tensors));
  int64_t start = 0;
  for (size_t i = 0; i < tensors.size(); ++i) {
    if (sizes[i] > 0) data.narrow(dim, start, sizes[i]).copy_from(tensors[i].data());
    start += sizes[i];
  }
  return differentiable(
      "CatBackward0", std::move(data), tensors, {},
      [dim, sizes](Backward& b, const Variable& g) -> Variables {
        Variables grads;
        int64_t at = 0;
        for (size_t i = 0; i < sizes.size(); ++i) {
          // A skipped tensor has another number of dimensions, and no elements.
          grads.push_back(b.needs(i) && sizes[i] > 0 ? narrow(g, dim, at, sizes[i]) : Variable());
          at += sizes[i];
        }
        return grads;
      });
}

Variable stack(const Variables& tensors, int64_t dim) {
  if (tensors.empty()) fail("stack expects a non-empty TensorList");
  for (size_t i = 1; i < tensors.size(); ++i) {
    if (tensors[i].shape() != tensors[0].shape()) {
      fail("stack expects each tensor to be equal size, but got ", to_string(tensors[0].shape()),
           " at entry 0 and ", to_string(tensors[i].shape()), " at entry ", i);
    }
  }
  dim = wrap_dim(dim, tensors[0].dim() + 1);
  Shape shape = tensors[0].shape();
  shape.insert(dim, static_cast<int64_t>(tensors.size()));
  Tensor data = Tensor::empty(shape, joined_type(tensors), ops::device_of(tensors));
  for (size_t i = 0; i < tensors.size(); ++i) {
    data.select(dim, static_cast<int64_t>(i)).copy_from(tensors[i].data());
  }
  return differentiable(
      "StackBackward0", std::move(data), tensors, {},
      [dim](Backward& b, const Variable& g) -> Variables {
        Variables grads;
        for (size_t i = 0; i < b.edges.size(); ++i) {
          grads.push_back(b.needs(i) ? select(g, dim, static_cast<int64_t>(i)) : Variable());
        }
        return grads;
      });
}

namespace {

template <class Body>
Variables each(const Variables& tensors, Body body) {
  Variables result;
  for (const Variable& v : tensors) result.push_back(body(v));
  return result;
}

Variable at_least_1d(const Variable& v) { return v.dim() == 0 ? reshape(v, {1}) : v; }
Variable at_least_2d(const Variable& v) { return v.dim() >= 2 ? v : unsqueeze(at_least_1d(v), 0); }
Variable at_least_3d(const Variable& v) { return v.dim() >= 3 ? v : unsqueeze(at_least_2d(v), -1); }

}  // namespace

Variable hstack(const Variables& tensors) {
  if (tensors.empty()) fail("hstack expects a non-empty TensorList");
  const Variables rows = each(tensors, at_least_1d);
  return cat(rows, rows[0].dim() == 1 ? 0 : 1);
}
Variable vstack(const Variables& tensors) {
  if (tensors.empty()) fail("vstack expects a non-empty TensorList");
  return cat(each(tensors, at_least_2d), 0);
}
Variable dstack(const Variables& tensors) {
  if (tensors.empty()) fail("dstack expects a non-empty TensorList");
  return cat(each(tensors, at_least_3d), 2);
}
Variable column_stack(const Variables& tensors) {
  if (tensors.empty()) fail("column_stack expects a non-empty TensorList");
  return hstack(each(
      tensors, [](const Variable& v) { return v.dim() <= 1 ? reshape(v, {v.numel(), 1}) : v; }));
}

Variable block_diag(const Variables& tensors) {
  Shape shape{0, 0};
  for (size_t i = 0; i < tensors.size(); ++i) {
    if (tensors[i].dim() > 2) {
      fail("torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ", i, " has ",
           tensors[i].dim(), " dimensions");
    }
    const Shape own = at_least_2d(tensors[i].detach()).shape();
    shape[0] += own[0];
    shape[1] += own[1];
  }
  Tensor data = Tensor::zeros(shape, tensors.empty() ? default_dtype() : joined_type(tensors),
                              ops::device_of(tensors));
  std::vector<Shape> shapes;
  int64_t row = 0, column = 0;
  for (const Variable& v : tensors) {
    const Tensor block = at_least_2d(v.detach()).data();
    data.narrow(0, row, block.size(0)).narrow(1, column, block.size(1)).copy_from(block);
    row += block.size(0);
    column += block.size(1);
    shapes.push_back(v.shape());
  }
  return differentiable(
      "BlockDiagBackward0", std::move(data), tensors, {},
      [shapes](Backward&, const Variable& g) -> Variables {
        Variables grads;
        int64_t at_row = 0, at_column = 0;
        for (const Shape& own : shapes) {
          const int64_t rows = own.size() == 2 ? own[0] : 1;
          const int64_t columns = own.empty() ? 1 : own.back();
          grads.push_back(reshape(narrow(narrow(g, 0, at_row, rows), 1, at_column, columns), own));
          at_row += rows;
          at_column += columns;
        }
        return grads;
      });
}

namespace {

constexpr std::string_view kCatDoc =
    "The tensors one after the other along `dim`; other sizes must be equal. Types are promoted.\n"
    "Derivative: each tensor's slice of g.\n"
    "Shape: as the tensors, their sizes along `dim` added up.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError for other sizes or numbers of dimensions; IndexError for a dimension "
    "out of range.";

}  // namespace

GRADPAD_DEFINE_OP(cat, "cat(Tensor[] tensors, int dim=0) -> Tensor", kCatDoc,
                  "[T[2,3], T[1,3]]; [T[2,3], T[2,1]], 1; [T[2], T[0], T[1]]", kTorch, boxed<&cat>);
GRADPAD_DEFINE_OP(concat, "concat(Tensor[] tensors, int dim=0) -> Tensor", kCatDoc,
                  "[T[2,3], T[1,3]]", kTorch, boxed<&cat>);
GRADPAD_DEFINE_OP(
    stack, "stack(Tensor[] tensors, int dim=0) -> Tensor",
    "The tensors, all of one shape, along a new dimension.\n"
    "Derivative: each tensor's slice of g.\n"
    "Shape: with a dimension as long as the list.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError for an empty list or shapes that differ; IndexError for a dimension out "
    "of range.",
    "[T[2,3], T[2,3]]; [T[2,3], T[2,3]], 1; [T[], T[]]", kTorch, boxed<&stack>);
GRADPAD_DEFINE_OP(hstack, "hstack(Tensor[] tensors) -> Tensor",
                  "Joined along the second dimension; the first for 1-dimensional tensors.\n"
                  "Derivative: each tensor's part of g.\n"
                  "Shape: as the tensors, their second sizes added up.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "[T[2], T[3]]; [T[2,1], T[2,2]]; [T[], T[2]]", kTorch, boxed<&hstack>);
GRADPAD_DEFINE_OP(vstack, "vstack(Tensor[] tensors) -> Tensor",
                  "Joined along the first dimension; 1-dimensional tensors are rows.\n"
                  "Derivative: each tensor's rows of g.\n"
                  "Shape: as the tensors, their first sizes added up.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "[T[2], T[2]]; [T[1,2], T[2,2]]", kTorch, boxed<&vstack>);
GRADPAD_DEFINE_OP(row_stack, "row_stack(Tensor[] tensors) -> Tensor",
                  "Joined along the first dimension; as vstack.\n"
                  "Derivative: each tensor's rows of g.\n"
                  "Shape: as vstack.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "[T[2], T[2]]", kTorch, boxed<&vstack>);
GRADPAD_DEFINE_OP(dstack, "dstack(Tensor[] tensors) -> Tensor",
                  "Joined along the third dimension.\n"
                  "Derivative: each tensor's part of g.\n"
                  "Shape: [n, m, sum of the third sizes], vectors being [1, n, 1].\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "[T[2], T[2]]; [T[2,2], T[2,2]]", kTorch, boxed<&dstack>);
GRADPAD_DEFINE_OP(column_stack, "column_stack(Tensor[] tensors) -> Tensor",
                  "Joined along the second dimension; 1-dimensional tensors are columns.\n"
                  "Derivative: each tensor's columns of g.\n"
                  "Shape: [n, sum of the columns].\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "[T[2], T[2,2]]", kTorch, boxed<&column_stack>);
GRADPAD_DEFINE_OP(block_diag, "block_diag(Tensor... tensors) -> Tensor",
                  "Matrices along a diagonal, zeros elsewhere.\n"
                  "Derivative: each tensor's block of g.\n"
                  "Shape: the sums of the tensors' sizes, each taken as a matrix.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for more than two dimensions.",
                  "[T[2,2], T[2], T[]]", kTorch, boxed<&block_diag>);

}  // namespace gradpad
