// x.grad, x.shape, x.T: attributes of tensors, those of the user's own making included.
#include <array>

#include "gradpad/ops/views.h"
#include "lang/objects/weak_reference.h"
#include "lang/runtime/attribute_access.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/convert.h"
#include "lang/torch/graph_objects.h"
#include "lang/torch/state.h"
#include "lang/torch/tensor_slots.h"
#include "lang/torch/volatile.h"

namespace gradpad::lang {

namespace {

Value get_data(Runtime&, const Value& self) { return from_variable(to_variable(self).alias()); }
void set_data(Runtime& rt, const Value& self, const Value& value) {
  if (!value.is_tensor()) {
    fail(ErrorKind::Type, "Variable data has to be a tensor, but got ", rt.type_name(value));
  }
  const Variable variable = to_variable(self), source = to_variable(value);
  if (variable.requires_grad() && !is_floating(source.dtype())) {
    fail("data set to a tensor that requires gradients must be floating point or complex dtype");
  }
  variable.set_data(source.data());
}

Value get_grad(Runtime& rt, const Value& self) {
  const Variable variable = to_variable(self);
  if (!variable.is_leaf() && !variable.retains_grad() && !variable.grad().defined()) {
    rt.warn(rt.types.user_warning,
            "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its "
            ".grad attribute won't be populated during autograd.backward(). If you indeed want "
            "the .grad field to be populated for a non-leaf Tensor, use .retain_grad() on the "
            "non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access "
            "the leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more "
            "informations.");
  }
  return from_variable(variable.grad());
}
void set_grad(Runtime& rt, const Value& self, const Value& value) {
  if (!value.is_none() && !value.is_unbound() && !value.is_tensor()) {
    fail(ErrorKind::Type, "assigned grad expected to be a Tensor or None but got grad of type",
         rt.type_name(value));
  }
  to_variable(self).set_grad(value.is_tensor() ? to_variable(value) : Variable());
}

Value get_requires_grad(Runtime&, const Value& self) {
  return Value(to_variable(self).requires_grad());
}
void set_requires_grad(Runtime&, const Value& self, const Value& value) {
  if (!value.is_bool()) fail("requires_grad must be a bool");
  const Variable variable = to_variable(self);
  if (value.as_bool() && !variable.is_leaf()) {
    fail("you can only change requires_grad flags of leaf variables.");
  }
  variable.set_requires_grad(value.as_bool());
}

void set_volatile(Runtime& rt, const Value& self, const Value& value) {
  make_volatile(rt, to_variable(self), rt.truth(value));
}

Value get_transposed(Runtime& rt, const Value& self) {
  const Variable x = to_variable(self);
  if (x.dim() != 2 && x.dim() != 0) {
    rt.warn(rt.types.user_warning,
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is "
            "deprecated and it will throw an error in a future release. Consider `x.mT` to "
            "transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to "
            "reverse the dimensions of a tensor.");
  }
  Dims order;
  for (int64_t d = x.dim(); d-- > 0;) order.push_back(d);
  return from_variable(permute(x, order));
}
Value get_matrix_transposed(Runtime&, const Value& self) {
  const Variable x = to_variable(self);
  if (x.dim() < 2) {
    fail("tensor.mT is only supported on matrices or batches of matrices. Got ", x.dim(),
         "-D tensor.");
  }
  return from_variable(transpose(x, -2, -1));
}
Value get_adjoint(Runtime&, const Value& self) {
  const Variable x = to_variable(self);
  if (x.dim() == 0) return self;
  if (x.dim() != 2) {
    fail("tensor.H is only supported on matrices (2-D tensors). Got ", x.dim(),
         "-D tensor. For "
         "batches of matrices, consider using tensor.mH");
  }
  return from_variable(transpose(x, -2, -1));
}

Value yes(bool value) { return Value(value); }

constexpr Getter kGetters[] = {
    {"data", get_data, set_data, "The same data outside the graph."},
    {"grad", get_grad, set_grad, "The accumulated gradient, or None."},
    {"grad_fn",
     [](Runtime& rt, const Value& self) { return from_node(rt, to_variable(self).grad_fn()); },
     nullptr, "The node of the graph that made this tensor; None for a leaf."},
    {"requires_grad", get_requires_grad, set_requires_grad},
    {"is_leaf", [](Runtime&, const Value& self) { return yes(to_variable(self).is_leaf()); }},
    {"retains_grad",
     [](Runtime&, const Value& self) { return yes(to_variable(self).retains_grad()); }},
    {"volatile", [](Runtime&, const Value& self) { return yes(to_variable(self).is_volatile()); },
     set_volatile, "Kept out of every graph; torch.no_grad() is the modern way."},
    {"shape",
     [](Runtime& rt, const Value& self) { return from_shape(rt, tensor_impl(self)->data.shape()); },
     nullptr, "The size of each dimension."},
    {"dtype", [](Runtime& rt,
                 const Value& self) { return from_dtype(rt, tensor_impl(self)->data.dtype()); }},
    {"device", [](Runtime& rt,
                  const Value& self) { return from_device(rt, tensor_impl(self)->data.device()); }},
    {"ndim", [](Runtime&, const Value& self) { return Value(tensor_impl(self)->data.dim()); }},
    {"T", get_transposed},
    {"mT", get_matrix_transposed},
    {"H", get_adjoint},
    {"mH", get_matrix_transposed},
    {"real", [](Runtime&, const Value& self) { return self; }},
    {"_version",
     [](Runtime&, const Value& self) {
       return Value(static_cast<int64_t>(to_variable(self).version()));
     }},
    {"output_nr",
     [](Runtime&, const Value& self) {
       return Value(static_cast<int64_t>(to_variable(self).output_number()));
     }},
    {"_base",
     [](Runtime&, const Value& self) {
       const ViewOf* view = tensor_impl(self)->view();
       return view ? from_variable(view->base) : Value::none();
     }},
    {"is_cuda", [](Runtime&, const Value&) { return yes(false); }},
    {"is_sparse", [](Runtime&, const Value&) { return yes(false); }},
    {"is_quantized", [](Runtime&, const Value&) { return yes(false); }},
    {"is_meta", [](Runtime&, const Value&) { return yes(false); }},
};

/// The object that keeps a tensor's class and the attributes a user gave it.
Instance* attachment(const Value& self) {
  const auto& extra = tensor_impl(self)->extra;
  return extra ? static_cast<Instance*>(extra->attachment.get()) : nullptr;
}

/// Kept by a tensor that somebody refers to weakly: its end is the tensor's.
class TensorWatcher final : public RefCounted {
 public:
  explicit TensorWatcher(RefCounted& tensor) : tensor_(tensor) {}
  ~TensorWatcher() override { clear_weak_references(tensor_); }

 private:
  RefCounted& tensor_;
};

}  // namespace

void watch_tensor(const Value& tensor) {
  VariableImpl* impl = tensor_impl(tensor);
  Ref<RefCounted>& watcher = impl->get_extra().watcher;
  if (!watcher) watcher = make_ref<TensorWatcher>(*impl);
}

std::span<const Getter> tensor_getters() { return kGetters; }

Type* tensor_type_of(Runtime& rt, const Value& self) {
  const Instance* own = attachment(self);
  return own ? own->type() : rt.types.tensor;
}

void set_tensor_type(Runtime& rt, const Variable& variable, Type* type) {
  variable.impl()->get_extra().attachment = rt.make_of<Instance>(type);
}

Value* tensor_own_attribute(Runtime& rt, const Value& self, Str* name) {
  Instance* own = attachment(self);
  return own ? own->attrs.find(rt, name) : nullptr;
}

void tensor_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value) {
  Type* type = rt.type_of(self);
  Instance* own = attachment(self);
  if (type->lookup(name)) {
    // `del x.grad` clears it.
    const bool clears = value.is_unbound() && name->view() == "grad";
    object_set_attr(rt, self, name, clears ? Value::none() : value);
  } else if (value.is_bound()) {
    if (!own) {
      set_tensor_type(rt, to_variable(self), type);
      own = attachment(self);
    }
    own->attrs.set(rt, type, name, value);
  } else if (!own || !own->attrs.erase(rt, type, name)) {
    rt.raise_no_attribute(self, name);
  }
}

}  // namespace gradpad::lang
