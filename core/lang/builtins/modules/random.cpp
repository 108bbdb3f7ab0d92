// random: CPython's generator and seeding, so that a seeded program prints what CPython prints. The
// module's functions are methods of one hidden generator.
#include "lang/builtins/modules/random.h"

#include <algorithm>
#include <bit>
#include <random>

#include "lang/builtins/modules/modules.h"
#include "lang/builtins/modules/sha512.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

uint64_t RandomState::bits(int count) {
  if (count == 0) return 0;
  if (count <= 32) return engine() >> (32 - count);
  // Lowest word first; the last gives its upper bits.
  const uint64_t low = engine();
  return low | static_cast<uint64_t>(engine() >> (64 - count)) << 32;
}

uint64_t RandomState::below(uint64_t n) {
  const int width = static_cast<int>(std::bit_width(n));
  uint64_t r = bits(width);
  while (r >= n) r = bits(width);
  return r;
}

void RandomState::seed(Runtime& rt, const Value& v) {
  next_gauss.reset();
  std::vector<uint32_t> key;  // lowest word first
  if (v.is_none()) {
    std::random_device entropy;
    for (int i = 0; i < Mt19937::kSize; ++i) key.push_back(entropy());
  } else if (const Str* text = v.to<Str>()) {
    // The bytes of the text and their SHA-512 as one large number.
    std::string bytes = text->text();
    for (unsigned char byte : sha512(text->view())) bytes.push_back(static_cast<char>(byte));
    std::reverse(bytes.begin(), bytes.end());
    for (size_t i = 0; i < bytes.size(); ++i) {
      if (i % 4 == 0) key.push_back(0);
      key.back() |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[i])) << (i % 4 * 8);
    }
    while (key.size() > 1 && key.back() == 0) key.pop_back();
  } else if (v.is_number()) {
    uint64_t number = 0;
    if (v.is_integral()) {
      number = static_cast<uint64_t>(v.as_int());
      if (v.as_int() < 0) number = 0 - number;
    } else {
      number = static_cast<uint64_t>(rt.hash(v));
    }
    key.push_back(static_cast<uint32_t>(number));
    if (number >> 32 != 0) key.push_back(static_cast<uint32_t>(number >> 32));
  } else {
    fail_type({"The only supported seed types are: None,\nint, float, str, bytes, and bytearray."});
  }
  engine.seed_by_array(key);
}

namespace {

Value random_seed(Runtime& rt, Value* a) {
  random_of(a).seed(rt, a[1]);
  return Value::none();
}

Value random_random(Runtime&, Value* a) { return Value(random_of(a).uniform()); }

Value random_getrandbits(Runtime& rt, Value* a) {
  const int64_t count = rt.to_index(a[1]);
  if (count < 0) fail_value({"number of bits must be non-negative"});
  if (count == 0) return Value(0);
  if (count > 63) {
    fail_with(ErrorKind::Overflow, {"getrandbits() gives at most 63 bits: ints have 64"});
  }
  return Value(static_cast<int64_t>(random_of(a).bits(static_cast<int>(count))));
}

Value random_getstate(Runtime& rt, Value* a) {
  const RandomState& state = random_of(a);
  Values words;
  words.reserve(Mt19937::kSize + 1);
  for (uint32_t word : state.engine.state) words.emplace_back(static_cast<int64_t>(word));
  // CPython counts the words given out; an exhausted block counts 624.
  const bool fresh = state.engine.left == 1;
  words.emplace_back(static_cast<int64_t>(fresh ? Mt19937::kSize : state.engine.next));
  const Value gauss = state.next_gauss ? Value(*state.next_gauss) : Value::none();
  return rt.make_tuple({Value(3), rt.make_tuple(std::span<const Value>(words)), gauss});
}

Value random_setstate(Runtime& rt, Value* a) {
  RandomState& state = random_of(a);
  const Tuple* given = a[1].to<Tuple>();
  if (!given || given->size() != 3) fail_type({"state vector must be a tuple"});
  const Tuple* words = (*given)[1].to<Tuple>();
  if (!words || words->size() != Mt19937::kSize + 1) {
    fail_value({"state vector is the wrong size"});
  }
  const int64_t next = rt.to_index((*words)[Mt19937::kSize]);
  if (next < 0 || next > Mt19937::kSize) fail_value({"invalid state"});
  for (int i = 0; i < Mt19937::kSize; ++i) {
    state.engine.state[static_cast<size_t>(i)] = static_cast<uint32_t>(rt.to_index((*words)[i]));
  }
  state.engine.next = static_cast<uint32_t>(next);
  state.engine.left = Mt19937::kSize - static_cast<int>(next) + 1;
  state.next_gauss.reset();
  if (!(*given)[2].is_none()) state.next_gauss = rt.to_float((*given)[2]);
  return Value::none();
}

constexpr Method kStateMethods[] = {
    {"seed", "self, a=None, version=2", random_seed, "Initialize internal state from a seed."},
    {"random", "self, /", random_random, "random() -> x in the interval [0, 1)."},
    {"getrandbits", "self, k, /", random_getrandbits,
     "getrandbits(k) -> x.  Generates an int with k random bits."},
    {"getstate", "self, /", random_getstate},
    {"setstate", "self, state", random_setstate},
};

Value make_random(Runtime& rt, Type* cls, const Arguments&) { return rt.make_of<RandomState>(cls); }

void init_random(Runtime& rt, const Value& self, const Arguments& arguments) {
  check_positional("Random", arguments, 0, 1);
  self.as<RandomState>()->seed(rt, arguments.positional > 0 ? arguments.values[0] : Value::none());
}

void init_module(Runtime& rt, Module& module) {
  std::vector<Method> methods;
  for (const auto table : {std::span<const Method>(kStateMethods), random_sequence_methods(),
                           random_distribution_methods()}) {
    methods.insert(methods.end(), table.begin(), table.end());
  }
  TypeSpec spec;
  spec.slots.make = make_random;
  spec.slots.init = init_random;
  spec.methods = methods;
  spec.doc = "Random number generator.";
  const Ref<Type> type = rt.make_type("Random", rt.types.object, spec, "random");
  type->can_inherit = true;
  module.set(rt.intern("Random").get(), Value(type));
  const Ref<RandomState> hidden = rt.make_of<RandomState>(type.get());
  hidden->seed(rt, Value::none());
  for (const Method& method : methods) {
    const Ref<Str> name = rt.intern(method.name);
    module.set(name.get(), rt.get_attr(hidden, name.get()));
  }
}

}  // namespace

const ModuleSpec kRandomModule = {"random", {}, init_module};

}  // namespace gradpad::lang
