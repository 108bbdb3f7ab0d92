// The linear map behind every kind of selection by index tensors: rows of a tensor are read at
// given places. Its transpose adds rows at those places; each is the derivative of the other.
#pragma once

#include "gradpad/autograd/variable.h"

namespace gradpad {

struct GatherMap {
  std::string_view name;            ///< of the node: "IndexBackward0"
  std::string_view transpose_name;  ///< of the transpose's node
  Shape source;                     ///< shape of what is read
  /// The source's dimensions in the order in which they are flattened; the last ones are a row.
  Dims source_order;
  int64_t row = 1;  ///< elements of a row
  Tensor places;    ///< int64, contiguous: the row to be read, for each row of the result
  Shape result;     ///< shape of the result, rows last, before `result_order` permutes it
  Dims result_order;

  Tensor read(const Tensor& source) const;
  /// Zeros of the source's shape with the rows of `rows`, shaped as the result, added.
  Tensor add(const Tensor& rows) const;
  /// `target`, of the source's shape, with its rows at the places overwritten.
  void write(const Tensor& target, const Tensor& rows) const;
};

/// The result of reading; differentiable.
Variable gather_rows(const GatherMap& map, const Variable& source);
/// The transpose of gather_rows; differentiable.
Variable scatter_rows(const GatherMap& map, const Variable& rows);
/// `source` with rows overwritten by `rows`; differentiable in both.
Variable replace_rows(const GatherMap& map, std::string_view name, const Variable& source,
                      const Variable& rows);

/// 0, 1, …, n - 1.
Dims identity_order(int64_t n);

}  // namespace gradpad
