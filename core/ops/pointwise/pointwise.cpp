// Running element-wise ops: types, shapes, loops and history.
#include "ops/pointwise/pointwise.h"

#include <cstring>
#include <optional>
#include <utility>

#include "ops/backend.h"
#include "ops/pointwise/all.h"
#include "tensor/iterate.h"

namespace gradpad::ops {

namespace {

DType promote(const PointwiseDef& def, InputList operands) {
  if (def.result == ResultType::logical) return DType::Bool;
  const Variable* first = operands.begin() + (def.has_mask ? 1 : 0);
  DType dtype = first->dtype();
  bool same = !first->is_number();
  for (const Variable* v = first + 1; v != operands.end(); ++v) {
    same &= v->dtype() == dtype && !v->is_number();
  }
  if (!same) {
    Promotion promotion;
    for (const Variable* v = first; v != operands.end(); ++v) {
      promotion.add(v->dtype(), v->dim(), v->is_number());
    }
    dtype = promotion.result();
    // Numbers alone: a Python float is the value of a tensor such as torch.tensor(1.0).
    bool numbers_only = true;
    for (const Variable* v = first; v != operands.end(); ++v) numbers_only &= v->is_number();
    if (numbers_only && is_floating(dtype)) dtype = default_dtype();
  }
  if (def.result == ResultType::floating && !is_floating(dtype)) dtype = default_dtype();
  return dtype;
}

kernels::Loop find_loop(const PointwiseDef& def, DType dtype) {
  const kernels::Loop loop = loops_of(def)[static_cast<size_t>(dtype)];
  const auto& kernel = def.text->kernel_name.empty() ? def.text->name : def.text->kernel_name;
  if (!loop) fail('"', kernel, "\" not implemented for '", scalar_type_name(dtype), "'");
  return loop;
}

/// Where an op is computed. A 0-dimensional tensor of the CPU, a number above all, goes along with
/// tensors of any device.
Device common_device(InputList operands) {
  bool all_cpu = true;
  for (const Variable& v : operands) all_cpu &= v.device().is_cpu();
  if (all_cpu) return {};
  const auto goes_along = [](const Variable& v) { return v.dim() == 0 && v.device().is_cpu(); };
  const Variable* first = nullptr;
  for (const Variable& v : operands) {
    if (goes_along(v)) continue;
    if (!first) first = &v;
    if (v.device() != first->device()) fail_two_devices(first->device(), v.device());
  }
  return first->device();
}

void check_mask(const Tensor& mask) {
  if (mask.dtype() == DType::Bool) return;
  fail("where expected condition to be a boolean tensor, but got a tensor with dtype ",
       scalar_type_name(mask.dtype()));
}

/// An operand in the type of the computation. What is converted is kept here: a single element in
/// place, for Python numbers are the commonest case, anything else as a tensor.
class Converted {
 public:
  LoopOperand take(const PointwiseDef& def, const Variable* operand, InputList operands,
                   DType dtype) {
    if (def.has_mask && operand == operands.begin()) {
      check_mask(operand->data());
      return LoopOperand(operand->data());
    }
    if (operand->dtype() == dtype) return LoopOperand(operand->data());
    if (operand->dim() > 0) {
      tensor_ = operand->data().to(dtype);
      return LoopOperand(*tensor_);
    }
    store_scalar(element_, operand->item(), dtype);
    static const Shape no_dims;
    return LoopOperand(element_, item_size(dtype), no_dims);
  }

 private:
  std::optional<Tensor> tensor_;
  alignas(8) std::byte element_[8];
};

Shape result_shape(InputList operands) {
  const Variable* operand = operands.begin();
  const Shape* shape = &operand->shape();
  Shape merged;
  for (++operand; operand != operands.end(); ++operand) {
    if (operand->shape() == *shape || operand->dim() == 0) continue;
    merged = broadcast_shapes(*shape, operand->shape());
    shape = &merged;
  }
  return *shape;
}

/// On a device other than the CPU.
template <size_t N>
void compute_elsewhere(const PointwiseDef& def, const Tensor& out, InputList operands, DType dtype,
                       const void* params) {
  find_loop(def, dtype);
  Tensor converted[N];
  for (size_t i = 0; i < N; ++i) {
    const Tensor& given = operands.begin()[i].data();
    const bool is_mask = def.has_mask && i == 0;
    if (is_mask) check_mask(given);
    converted[i] = (is_mask ? given : given.to(dtype)).to(out.device());
  }
  if (out.numel() == 0) return;
  const std::array<LoopOperand, N + 1> walk = [&]<size_t... I>(std::index_sequence<I...>) {
    return std::array<LoopOperand, N + 1>{LoopOperand(out), LoopOperand(converted[I])...};
  }(std::make_index_sequence<N>());
  const detail::LoopPlan<N + 1> plan(out.shape(), walk);
  std::array<char*, N + 1> data;
  for (size_t k = 0; k <= N; ++k) data[k] = walk[k].data;
  backend_of(out.device())
      .elementwise(def.index, dtype,
                   {static_cast<int>(N + 1), data.data(), plan.dims, plan.size.data(),
                    plan.stride[0].data()},
                   params);
}

template <size_t N, size_t... I>
void compute(const PointwiseDef& def, const Tensor& out, InputList operands, DType dtype,
             const void* params, std::index_sequence<I...>) {
  if (!out.device().is_cpu()) return compute_elsewhere<N>(def, out, operands, dtype, params);
  const kernels::Loop loop = find_loop(def, dtype);
  std::array<Converted, N> converted;
  const std::array<LoopOperand, N + 1> walk{
      LoopOperand(out), converted[I].take(def, operands.begin() + I, operands, dtype)...};
  if (out.numel() == 1) {
    std::array<char*, N + 1> pointers;
    std::array<int64_t, N + 1> steps;
    for (size_t k = 0; k <= N; ++k) {
      pointers[k] = walk[k].data;
      steps[k] = walk[k].item;
    }
    loop(pointers.data(), steps.data(), 1, params);
    return;
  }
  for_each_row(out.shape(), walk, [&](char* const* pointers, const int64_t* strides, int64_t n) {
    loop(pointers, strides, n, params);
  });
}

void compute(const PointwiseDef& def, const Tensor& out, InputList operands, DType dtype,
             const void* params) {
  switch (operands.size()) {
    case 1:
      return compute<1>(def, out, operands, dtype, params, std::make_index_sequence<1>());
    case 2:
      return compute<2>(def, out, operands, dtype, params, std::make_index_sequence<2>());
    default:
      return compute<3>(def, out, operands, dtype, params, std::make_index_sequence<3>());
  }
}

class PointwiseNode final : public Recall {
 public:
  PointwiseNode(std::string_view name, const PointwiseDef& def, Saves saves, Saved saved,
                const void* params)
      : Recall(name, saves, std::move(saved), def, params), def_(&def) {}

  Variables apply(const Variables& grads) override {
    check_not_released();
    Variables results;
    for (size_t i = 0; i < edges.size(); ++i) {
      const Derivative derivative = def_->derivatives[i];
      results.push_back(needs(i) && derivative ? derivative(grads[0], *this) : Variable());
    }
    return results;
  }

 private:
  const PointwiseDef* def_;
};

std::string_view node_name(const PointwiseDef& def, InputList operands) {
  if (!def.text->node_with_number.empty()) {
    for (const Variable& operand : operands) {
      if (operand.is_number()) return def.text->node_with_number;
    }
  }
  return def.text->node_name;
}

bool is_differentiable(const PointwiseDef& def) {
  return def.derivatives[0] || def.derivatives[1] || def.derivatives[2];
}

}  // namespace

Recall::Recall(std::string_view name, Saves saves, Saved saved, const PointwiseDef& def,
               const void* params)
    : Backward(name, std::move(saved)), saves_(saves) {
  if (params) std::memcpy(params_.data(), params, def.param_bytes);
}

Variable Recall::saved_value(Saves which) {
  // Saved values stand in the order of their flags; absent ones take no place.
  size_t place = 0;
  for (unsigned flag = 1; flag < which; flag <<= 1) place += (saves_ & flag) != 0;
  return saved(place);
}

Variable pointwise(const PointwiseDef& def, InputList operands, const void* params) {
  for (const Variable& operand : operands) {
    if (!operand.defined()) [[unlikely]]
      fail_undefined(def.text->name);
  }
  const DType dtype = promote(def, operands);
  const bool gives_bool = def.result == ResultType::boolean || def.result == ResultType::logical;
  Tensor out = Tensor::empty(result_shape(operands), gives_bool ? DType::Bool : dtype,
                             common_device(operands));
  compute(def, out, operands, dtype, params);
  Variable result(std::move(out));
  if (gives_bool || !is_floating(dtype) || !is_differentiable(def) || !needs_graph(operands)) {
    return result;
  }
  const Variable* operand = operands.begin();
  unsigned saves = kSaveNothing;
  for (size_t i = 0; i < operands.size(); ++i) {
    if (operand[i].requires_grad()) saves |= def.saves[i];
  }
  Saved saved;
  if (saves & kSaveA) saved.push_back(saved_input(operand[0]));
  if (saves & kSaveB) saved.push_back(saved_input(operand[1]));
  if (saves & kSaveResult) saved.push_back(saved_output(result.data()));
  link(make_ref<PointwiseNode>(node_name(def, operands), def, static_cast<Saves>(saves),
                               std::move(saved), params),
       std::span<const Variable>(operands.begin(), operands.size()), {&result, 1});
  return result;
}

void pointwise_into(const PointwiseDef& def, const Tensor& target, InputList operands,
                    const void* params) {
  const Device device = common_device(operands);
  if (device != target.device()) fail_two_devices(target.device(), device);
  compute(def, target, operands, promote(def, operands), params);
}

}  // namespace gradpad::ops

namespace gradpad {

#define GRADPAD_OP(entry)
#define GRADPAD_KERNEL(Op)
#define GRADPAD_UNARY(name, Op) \
  Variable name(const Variable& input) { return ops::pointwise(ops::def_of<ops::Op>, {input}); }
#define GRADPAD_BINARY(name, Op)                                 \
  Variable name(const Variable& input, const Variable& other) {  \
    return ops::pointwise(ops::def_of<ops::Op>, {input, other}); \
  }
#include "gradpad/ops/list.h"
#undef GRADPAD_OP
#undef GRADPAD_KERNEL
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY

}  // namespace gradpad
