// Reading and adding rows at places.
#include "ops/gather_map.h"

#include "gradpad/autograd/function.h"
#include "kernels/kernels.h"

namespace gradpad {

namespace {

Dims inverse(const Dims& order) {
  Dims result(order.size(), 0);
  for (int64_t i = 0; i < order.ssize(); ++i) result[order[i]] = i;
  return result;
}

Shape permuted(const Shape& shape, const Dims& order) {
  Shape result;
  for (int64_t d : order) result.push_back(shape[d]);
  return result;
}

}  // namespace

Dims identity_order(int64_t n) {
  Dims order(static_cast<size_t>(n), 0);
  for (int64_t i = 0; i < n; ++i) order[i] = i;
  return order;
}

Tensor GatherMap::read(const Tensor& from) const {
  const Tensor table = from.permute(source_order).contiguous();
  Tensor rows = Tensor::empty(result, from.dtype(), from.device());
  if (rows.numel() > 0) {
    kernels::kernels_for(table, places)
        .gather_rows(rows.bytes(), table.bytes(), places.data<int64_t>(), places.numel(), row,
                     from.dtype());
  }
  return rows.permute(result_order).contiguous();
}

Tensor GatherMap::add(const Tensor& given) const {
  const Tensor rows = given.permute(inverse(result_order)).contiguous();
  Tensor table = Tensor::zeros(permuted(source, source_order), given.dtype(), given.device());
  if (rows.numel() > 0) {
    kernels::kernels_for(rows, places)
        .scatter_add_rows(table.bytes(), rows.bytes(), places.data<int64_t>(), places.numel(), row,
                          given.dtype());
  }
  return table.permute(inverse(source_order)).contiguous();
}

void GatherMap::write(const Tensor& target, const Tensor& given) const {
  const Tensor rows = given.permute(inverse(result_order)).to(target.dtype()).contiguous();
  const Tensor view = target.permute(source_order);
  const Tensor table = view.contiguous();
  const kernels::KernelTable& kernels = kernels::kernels_for(table, rows, places);
  if (rows.numel() > 0) {
    kernels.put_rows(table.bytes(), rows.bytes(), places.data<int64_t>(), places.numel(), row,
                     target.dtype());
  }
  if (!table.shares_storage(view)) view.copy_from(table);
}

Variable gather_rows(const GatherMap& map, const Variable& source) {
  return differentiable(
      map.name, map.read(source.data()), {source}, {},
      [map](Backward&, const Variable& g) -> Variables { return {scatter_rows(map, g)}; });
}

Variable scatter_rows(const GatherMap& map, const Variable& rows) {
  return differentiable(
      map.transpose_name, map.add(rows.data()), {rows}, {},
      [map](Backward&, const Variable& g) -> Variables { return {gather_rows(map, g)}; });
}

Variable replace_rows(const GatherMap& map, std::string_view name, const Variable& source,
                      const Variable& rows) {
  Tensor data = source.data().clone();
  map.write(data, rows.data());
  return differentiable(
      name, std::move(data), {source, rows}, {},
      [map, name](Backward& b, const Variable& g) -> Variables {
        Variables grads(2);
        if (b.needs(0)) {
          Shape shape = map.result;
          Tensor zero = Tensor::zeros(shape, g.dtype(), g.device()).permute(map.result_order);
          grads[0] = replace_rows(map, name, g, Variable(zero));
        }
        if (b.needs(1)) grads[1] = gather_rows(map, g);
        return grads;
      });
}

}  // namespace gradpad
