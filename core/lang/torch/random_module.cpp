// torch.Generator and the functions that draw from one.
#include "lang/torch/random_module.h"

#include "gradpad/ops/factory.h"
#include "gradpad/ops/functions.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/from_data.h"
#include "lang/torch/native.h"
#include "lang/torch/state.h"
#include "tensor/layout.h"

namespace gradpad::lang {

namespace {

// --- Generator -----------------------------------------------------------------------------------

Generator& generator_of(const Value& self) { return self.as<GeneratorObject>()->get(); }

uint64_t to_seed(Runtime& rt, const Value& v) {
  if (v.is_float()) return static_cast<uint64_t>(static_cast<int64_t>(v.as_float()));
  return static_cast<uint64_t>(rt.to_index(v));
}

Value generator_manual_seed(Runtime& rt, Value* a) {
  generator_of(a[0]).manual_seed(to_seed(rt, a[1]));
  return a[0];
}
Value generator_seed(Runtime&, Value* a) {
  return Value(static_cast<int64_t>(generator_of(a[0]).seed()));
}
Value generator_initial_seed(Runtime&, Value* a) {
  return Value(static_cast<int64_t>(generator_of(a[0]).initial_seed()));
}
Value generator_get_state(Runtime&, Value* a) {
  return from_variable(Variable(generator_of(a[0]).state()));
}
Value generator_set_state(Runtime& rt, Value* a) {
  generator_of(a[0]).set_state(require_tensor(rt, a[1], "RNG state").data());
  return Value::none();
}
Value generator_make(Runtime& rt, Type* cls, const Arguments&) {
  return rt.make_of<GeneratorObject>(cls, false);
}

constexpr Method kGeneratorMethods[] = {
    {"manual_seed", "self, seed, /", generator_manual_seed, "Starts the stream of this seed."},
    {"seed", "self, /", generator_seed, "Seeds from the machine's entropy."},
    {"initial_seed", "self, /", generator_initial_seed},
    {"get_state", "self, /", generator_get_state},
    {"set_state", "self, new_state, /", generator_set_state},
};
constexpr Getter kGeneratorGetters[] = {
    {"device", [](Runtime& rt, const Value&) { return torch_state(rt).cpu; }},
};

// --- The default generator
// -------------------------------------------------------------------------

Value torch_manual_seed(Runtime& rt, Value* a) {
  Value seed = a[0];
  // PyTorch passes it through int().
  if (!seed.is_integral()) seed = rt.call(Value(rt.types.integer), {seed});
  default_generator().manual_seed(to_seed(rt, seed));
  return torch_state(rt).default_generator;
}
Value torch_seed(Runtime&, Value*) {
  return Value(static_cast<int64_t>(default_generator().seed()));
}
Value torch_initial_seed(Runtime&, Value*) {
  return Value(static_cast<int64_t>(default_generator().initial_seed()));
}
Value torch_get_rng_state(Runtime&, Value*) {
  return from_variable(Variable(default_generator().state()));
}
Value torch_set_rng_state(Runtime& rt, Value* a) {
  default_generator().set_state(require_tensor(rt, a[0], "RNG state").data());
  return Value::none();
}

constexpr Method kSeeding[] = {
    {"manual_seed", "seed", torch_manual_seed,
     "Starts the random stream of this seed: PyTorch's own."},
    {"seed", "", torch_seed},
    {"initial_seed", "", torch_initial_seed},
    {"get_rng_state", "", torch_get_rng_state},
    {"set_rng_state", "new_state", torch_set_rng_state},
};

// --- Drawing
// -----------------------------------------------------------------------------------------

#define GRADPAD_OPTIONS                                                \
  "dtype? dtype=None, Device? device=None, bool requires_grad=False, " \
  "object layout=None, bool pin_memory=False"

Value finish(Parsed& a, Tensor made, size_t options) {
  const auto device = device_argument(a.rt, a.has(options + 1) ? a.value(options + 1) : Value());
  if (device) made = made.to(*device);
  const bool requires_grad = a.boolean(options + 2);
  if (requires_grad) require_differentiable(made.dtype());
  return from_variable(Variable(std::move(made), requires_grad));
}

DType floating(Parsed& a, size_t i) { return a.dtype(i).value_or(default_dtype()); }

Value torch_rand(Parsed& a) {
  const Dims size = a.ints(0);
  check_sizes(size);
  return finish(a, rand(size, floating(a, 2), a.generator(1)), 2);
}
Value torch_randn(Parsed& a) {
  const Dims size = a.ints(0);
  check_sizes(size);
  return finish(a, randn(size, floating(a, 2), a.generator(1)), 2);
}
Value torch_randint(Parsed& a) {
  const bool has_low = a.which == 1;
  const size_t size_at = has_low ? 2 : 1;
  const int64_t low = has_low ? a.integer(0) : 0, high = a.integer(has_low ? 1 : 0);
  const Dims size = a.ints(size_at);
  check_sizes(size);
  return finish(a,
                randint(low, high, size, a.dtype(size_at + 2).value_or(DType::Int64),
                        a.generator(size_at + 1)),
                size_at + 2);
}
Value torch_randperm(Parsed& a) {
  return finish(a, randperm(a.integer(0), a.dtype(2).value_or(DType::Int64), a.generator(1)), 2);
}
Value torch_rand_like(Parsed& a) {
  const Variable input = a.tensor(0);
  const Tensor made = empty_like(input.data(), a.dtype(1).value_or(input.dtype()));
  fill_uniform(made, 0, 1, default_generator());
  return finish(a, made, 1);
}
Value torch_randn_like(Parsed& a) {
  const Variable input = a.tensor(0);
  const Tensor made = empty_like(input.data(), a.dtype(1).value_or(input.dtype()));
  fill_normal(made, 0, 1, default_generator());
  return finish(a, made, 1);
}
Value torch_randint_like(Parsed& a) {
  const bool has_low = a.which == 1;
  const size_t options = has_low ? 3 : 2;
  const Variable input = a.tensor(0);
  const Tensor made = empty_like(input.data(), a.dtype(options).value_or(input.dtype()));
  fill_random(made, has_low ? a.integer(1) : 0, a.integer(has_low ? 2 : 1), default_generator());
  return finish(a, made, options);
}
Value torch_bernoulli(Parsed& a) {
  const Variable input = a.tensor(0);
  if (a.which == 0) return from_variable(Variable(bernoulli(input.data(), a.generator(1))));
  const Tensor made = empty_like(input.data(), input.dtype());
  fill_bernoulli(made, a.real(1), a.generator(2));
  return from_variable(Variable(made));
}
Value torch_multinomial(Parsed& a) {
  return from_variable(
      Variable(multinomial(a.tensor(0).data(), a.integer(1), a.boolean(2), a.generator(3))));
}

/// Standard normals scaled and shifted; mean and deviation may each be a tensor.
Value torch_normal(Parsed& a) {
  if (a.which == 3) {  // mean, std, size
    const Dims size = a.ints(2);
    check_sizes(size);
    const Tensor made = Tensor::empty(size, floating(a, 4));
    fill_normal(made, a.real(0), a.real(1), a.generator(3));
    return finish(a, made, 4);
  }
  const bool mean_is_tensor = a.which != 2;
  const bool deviation_is_tensor = a.which != 1;
  const Tensor mean = mean_is_tensor ? a.tensor(0).data() : Tensor();
  const Tensor deviation = deviation_is_tensor ? a.tensor(1).data() : Tensor();
  if (deviation_is_tensor) {
    const Tensor values = deviation.contiguous();
    for (int64_t i = 0; i < values.numel(); ++i) {
      if (values.at(i).to_double() < 0) fail("normal expects all elements of std >= 0.0");
    }
  } else if (a.real(1, 1) < 0) {
    fail("normal expects std >= 0.0, but found std ", a.real(1, 1));
  }
  const Dims shape = mean_is_tensor && deviation_is_tensor
                         ? broadcast_shapes(mean.shape(), deviation.shape())
                         : (mean_is_tensor ? mean : deviation).shape();
  const DType dtype = (mean_is_tensor ? mean : deviation).dtype();
  const Tensor made = Tensor::empty(shape, dtype, (mean_is_tensor ? mean : deviation).device());
  fill_normal(made, 0, 1, a.generator(2));
  const Variable m = mean_is_tensor ? Variable(mean) : Variable(a.real(0, 0));
  const Variable s = deviation_is_tensor ? Variable(deviation) : Variable(a.real(1, 1));
  return from_variable(add(mul(Variable(made), s), m));
}

constexpr TorchFunction kFunctions[] = {
    {"rand", "int[] size, *, Generator? generator=None, " GRADPAD_OPTIONS, torch_rand,
     "Numbers uniform in [0, 1)."},
    {"randn", "int[] size, *, Generator? generator=None, " GRADPAD_OPTIONS, torch_randn,
     "Numbers of the standard normal distribution."},
    {"randint",
     "int high, int[] size, *, Generator? generator=None, " GRADPAD_OPTIONS
     "\nint low, int high, int[] size, *, Generator? generator=None, " GRADPAD_OPTIONS,
     torch_randint, "Integers in [low, high)."},
    {"randperm", "int n, *, Generator? generator=None, " GRADPAD_OPTIONS, torch_randperm,
     "A permutation of 0 … n-1."},
    {"rand_like", "Tensor input, *, " GRADPAD_OPTIONS ", object memory_format=None",
     torch_rand_like},
    {"randn_like", "Tensor input, *, " GRADPAD_OPTIONS ", object memory_format=None",
     torch_randn_like},
    {"randint_like",
     "Tensor input, int high, *, " GRADPAD_OPTIONS
     "\nTensor input, int low, int high, *, " GRADPAD_OPTIONS,
     torch_randint_like},
    {"bernoulli",
     "Tensor input, *, Generator? generator=None\n"
     "Tensor input, float p, *, Generator? generator=None",
     torch_bernoulli, "1 with the probability that each element says, else 0."},
    {"multinomial",
     "Tensor input, int num_samples, bool replacement=False, *, Generator? generator=None",
     torch_multinomial, "Indices drawn with the weights that the elements say."},
    {"normal",
     "Tensor mean, Tensor std, *, Generator? generator=None\n"
     "Tensor mean, float std=1, *, Generator? generator=None\n"
     "float mean, Tensor std, *, Generator? generator=None\n"
     "float mean, float std, int[] size, *, Generator? generator=None, " GRADPAD_OPTIONS,
     torch_normal, "Numbers of a normal distribution."},
};

}  // namespace

Generator& Parsed::generator(size_t i) const {
  return has(i) ? generator_of(value(i)) : default_generator();
}

void define_generator(Runtime& rt, Module& torch) {
  TorchState& state = torch_state(rt);
  state.generator = rt.make_type("Generator", nullptr,
                                 TypeSpec{.slots = {.make = generator_make},
                                          .methods = kGeneratorMethods,
                                          .getters = kGeneratorGetters},
                                 "torch._C")
                        .get();
  torch.set(rt.intern("Generator").get(), Value(state.generator));
  state.default_generator = rt.make_of<GeneratorObject>(state.generator, true);
  torch.set(rt.intern("default_generator").get(), state.default_generator);
}

void add_random_functions(Runtime& rt, Module& torch) {
  for (const Method& method : kSeeding) {
    torch.set(rt.intern(method.name).get(), rt.make_native(method));
  }
  add_functions(rt, torch, kFunctions);
}

}  // namespace gradpad::lang
