// Methods that write into a tensor, and those that make a new one like it.
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/ops/factory.h"
#include "gradpad/ops/inplace.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/from_data.h"
#include "lang/torch/native.h"
#include "lang/torch/tensor_methods.h"

namespace gradpad::lang {

namespace {

// --- Writing
// -----------------------------------------------------------------------------------------

Value method_copy_(Parsed& a) {
  copy_(a.self_tensor(), a.tensor(0));
  return *a.self;
}
Value method_fill_(Parsed& a) {
  fill_(a.self_tensor(), a.tensor(0));
  return *a.self;
}
Value method_zero_(Parsed& a) {
  zero_(a.self_tensor());
  return *a.self;
}

Value method_resize_(Parsed& a) {
  const Variable self = a.self_tensor();
  if (self.requires_grad()) fail("cannot resize variables that require grad");
  const Dims size = a.ints(0);
  check_sizes(size);
  const int64_t wanted = numel_of(size), had = self.numel();
  if (wanted <= had) {
    self.set_data(self.data().as_strided(size, contiguous_strides(size), self.data().offset()));
    return *a.self;
  }
  const Tensor grown = Tensor::zeros({wanted}, self.dtype(), self.device());
  grown.slice(0, 0, had, 1).copy_from(self.data().reshape({had}));
  self.set_data(grown.reshape(size));
  return *a.self;
}

/// Fills by `fill(tensor)`; what the tensor held, and its history, are gone.
template <class Fill>
Value fill_in_place(Parsed& a, Fill fill) {
  const Variable self = a.self_tensor();
  check_in_place(self);
  if (GradMode::is_enabled() && self.requires_grad()) {
    Variable filled(self.data().clone());
    fill(filled.data());
    assign_in_place(self, filled);
  } else {
    change_in_place(self, [&] { fill(self.data()); });
  }
  return *a.self;
}

Value method_uniform_(Parsed& a) {
  return fill_in_place(
      a, [&](const Tensor& t) { fill_uniform(t, a.real(0, 0), a.real(1, 1), a.generator(2)); });
}
Value method_normal_(Parsed& a) {
  return fill_in_place(
      a, [&](const Tensor& t) { fill_normal(t, a.real(0, 0), a.real(1, 1), a.generator(2)); });
}
Value method_exponential_(Parsed& a) {
  return fill_in_place(a,
                       [&](const Tensor& t) { fill_exponential(t, a.real(0, 1), a.generator(1)); });
}
Value method_geometric_(Parsed& a) {
  return fill_in_place(a, [&](const Tensor& t) { fill_geometric(t, a.real(0), a.generator(1)); });
}
Value method_cauchy_(Parsed& a) {
  return fill_in_place(
      a, [&](const Tensor& t) { fill_cauchy(t, a.real(0, 0), a.real(1, 1), a.generator(2)); });
}
Value method_log_normal_(Parsed& a) {
  return fill_in_place(
      a, [&](const Tensor& t) { fill_log_normal(t, a.real(0, 1), a.real(1, 2), a.generator(2)); });
}
Value method_bernoulli_(Parsed& a) {
  return fill_in_place(a, [&](const Tensor& t) {
    if (a.which == 0) {
      fill_bernoulli(t, a.tensor(0).data(), a.generator(1));
    } else {
      fill_bernoulli(t, a.real(0, 0.5), a.generator(1));
    }
  });
}
Value method_random_(Parsed& a) {
  return fill_in_place(a, [&](const Tensor& t) {
    switch (a.which) {
      case 0:  // from, to
        return fill_random(t, a.integer(0), a.integer(1), a.generator(2));
      case 1:  // to
        return fill_random(t, 0, a.integer(0), a.generator(1));
      default:
        return fill_random(t, a.generator(0));
    }
  });
}

// --- Making
// ------------------------------------------------------------------------------------------

/// The dtype, device and requires_grad at the end of each signature below, from parameter `i` on.
DType dtype_or_own(Parsed& a, size_t i) { return a.dtype(i).value_or(a.self_tensor().dtype()); }
Device device_or_own(Parsed& a, size_t i) {
  return device_argument(a.rt, a.has(i + 1) ? a.value(i + 1) : Value())
      .value_or(a.self_tensor().device());
}

Value method_new_zeros(Parsed& a) {
  return from_variable(zeros(a.ints(0), dtype_or_own(a, 1), a.boolean(3), device_or_own(a, 1)));
}
Value method_new_ones(Parsed& a) {
  return from_variable(ones(a.ints(0), dtype_or_own(a, 1), a.boolean(3), device_or_own(a, 1)));
}
Value method_new_full(Parsed& a) {
  return from_variable(
      full(a.ints(0), a.scalar(1), dtype_or_own(a, 2), a.boolean(4), device_or_own(a, 2)));
}
Value method_new_tensor(Parsed& a) {
  std::optional<DType> dtype = dtype_or_own(a, 1);
  if (a.value(0).is_tensor()) {
    a.rt.warn(a.rt.types.user_warning,
              "To copy construct from a tensor, it is recommended to use "
              "sourceTensor.clone().detach() or "
              "sourceTensor.clone().detach().requires_grad_(True), rather than "
              "tensor.new_tensor(sourceTensor).");
    if (!a.has(1)) dtype = std::nullopt;
  }
  const Tensor made = tensor_from_data(a.rt, a.value(0), dtype).to(device_or_own(a, 1));
  return from_variable(Variable(made, a.boolean(3)));
}

#define GRADPAD_OPTIONS                                                   \
  "*, dtype? dtype=None, Device? device=None, bool requires_grad=False, " \
  "object layout=None, bool pin_memory=False"

constexpr TorchFunction kMethods[] = {
    {"copy_", "Tensor|Scalar src, bool non_blocking=False", method_copy_,
     "Copies the elements of src, broadcast and converted, into this tensor."},
    {"fill_", "Tensor|Scalar value", method_fill_, "Makes every element `value`."},
    {"zero_", "", method_zero_, "Makes every element 0."},
    {"resize_", "int[] size, *, object memory_format=None", method_resize_},
    {"uniform_", "float from=0, float to=1, *, Generator? generator=None", method_uniform_,
     "Numbers uniform in [from, to)."},
    {"normal_", "float mean=0, float std=1, *, Generator? generator=None", method_normal_,
     "Numbers of a normal distribution."},
    {"exponential_", "float lambd=1, *, Generator? generator=None", method_exponential_},
    {"geometric_", "float p, *, Generator? generator=None", method_geometric_},
    {"cauchy_", "float median=0, float sigma=1, *, Generator? generator=None", method_cauchy_},
    {"log_normal_", "float mean=1, float std=2, *, Generator? generator=None", method_log_normal_},
    {"bernoulli_",
     "Tensor p, *, Generator? generator=None\nfloat p=0.5, *, Generator? generator=None",
     method_bernoulli_, "1 with probability p, else 0."},
    {"random_",
     "int from, int to, *, Generator? generator=None\nint to, *, Generator? generator=None\n"
     "*, Generator? generator=None",
     method_random_, "Integers in [from, to)."},
    {"new_zeros", "int[] size, " GRADPAD_OPTIONS, method_new_zeros},
    {"new_empty", "int[] size, " GRADPAD_OPTIONS, method_new_zeros},
    {"new_ones", "int[] size, " GRADPAD_OPTIONS, method_new_ones},
    {"new_full", "int[] size, Scalar fill_value, " GRADPAD_OPTIONS, method_new_full},
    {"new_tensor", "object data, " GRADPAD_OPTIONS, method_new_tensor},
};

/// x.new(...): as the constructor of x's type.
Value method_new(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  check_self(rt, self, arguments);
  return from_variable(legacy_tensor(
      rt, to_variable(arguments.values[0]).dtype(),
      {arguments.values + 1, arguments.positional - 1, arguments.named, arguments.names}));
}

}  // namespace

void add_tensor_filling_methods(Runtime& rt, Type* type) {
  add_methods(rt, type, kMethods);
  Ref<NativeFunction> make_new = rt.make_native({"new", "", nullptr});
  make_new->raw = method_new;
  make_new->owner = type;
  type->set_own(rt, rt.intern("new").get(), make_new);
}

}  // namespace gradpad::lang
