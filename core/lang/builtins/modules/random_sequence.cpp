// random: integers, and choosing from sequences.
#include <algorithm>
#include <cmath>

#include "lang/builtins/modules/random.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

/// Where randrange still takes a float, it must be whole.
int64_t whole_argument(Runtime& rt, const Value& v, const char* what) {
  if (!v.is_float()) return rt.to_index(v);
  const double number = v.as_float();
  if (number != std::floor(number) || std::fabs(number) > 0x1p62) {
    fail_value({"non-integer ", what, " for randrange()"});
  }
  return static_cast<int64_t>(number);
}

int64_t pick(Runtime& rt, RandomState& random, int64_t start, int64_t stop) {
  if (stop <= start) {
    const Value width = rt.binary(BinaryOp::Sub, Value(stop), Value(start));
    fail_value({"empty range for randrange() (", std::to_string(start), ", ", std::to_string(stop),
                ", ", std::to_string(width.as_int()), ")"});
  }
  const uint64_t width = static_cast<uint64_t>(stop) - static_cast<uint64_t>(start);
  return static_cast<int64_t>(static_cast<uint64_t>(start) + random.below(width));
}

Value random_randrange(Runtime& rt, Value* a) {
  RandomState& random = random_of(a);
  const int64_t start = whole_argument(rt, a[1], "arg 1");
  if (a[2].is_none()) {
    if (!a[3].is_int() || a[3].as_int() != 1) fail_type({"Missing a non-None stop argument"});
    if (start <= 0) fail_value({"empty range for randrange()"});
    return Value(static_cast<int64_t>(random.below(static_cast<uint64_t>(start))));
  }
  const int64_t stop = whole_argument(rt, a[2], "stop");
  const int64_t step = whole_argument(rt, a[3], "step");
  if (step == 1) return Value(pick(rt, random, start, stop));
  if (step == 0) fail_value({"zero step for randrange()"});
  const Ref<Range> range = rt.make<Range>(start, stop, step);
  if (range->count == 0) fail_value({"empty range for randrange()"});
  return Value(range->at(static_cast<int64_t>(random.below(static_cast<uint64_t>(range->count)))));
}

Value random_randint(Runtime& rt, Value* a) {
  const int64_t low = whole_argument(rt, a[1], "arg 1");
  const int64_t high = whole_argument(rt, a[2], "stop");
  const Value stop = rt.binary(BinaryOp::Add, Value(high), Value(1));
  return Value(pick(rt, random_of(a), low, stop.as_int()));
}

Value random_choice(Runtime& rt, Value* a) {
  const int64_t length = rt.length(a[1]);
  if (length == 0) fail_with(ErrorKind::Index, {"Cannot choose from an empty sequence"});
  const uint64_t index = random_of(a).below(static_cast<uint64_t>(length));
  return rt.get_item(a[1], Value(static_cast<int64_t>(index)));
}

Value random_shuffle(Runtime& rt, Value* a) {
  RandomState& random = random_of(a);
  Ticker tick(rt);
  if (List* list = a[1].to<List>(); list && list->type() == rt.types.list) {
    for (size_t i = list->items.size(); i-- > 1;) {
      list->items[i].swap(list->items[random.below(i + 1)]);
    }
    return Value::none();
  }
  for (int64_t i = rt.length(a[1]) - 1; i >= 1; --i) {
    tick();
    const auto j = static_cast<int64_t>(random.below(static_cast<uint64_t>(i) + 1));
    const Value x = rt.get_item(a[1], Value(i));
    const Value y = rt.get_item(a[1], Value(j));
    rt.set_item(a[1], Value(i), y);
    rt.set_item(a[1], Value(j), x);
  }
  return Value::none();
}

/// `count` different places out of `n`, in the order of their choice.
std::vector<int64_t> sample_places(Runtime& rt, RandomState& random, int64_t n, int64_t count) {
  if (count < 0 || count > n) {
    fail_value({"Sample larger than population or is negative"});
  }
  check_room(count, static_cast<int64_t>(sizeof(int64_t)));
  std::vector<int64_t> out;
  out.reserve(static_cast<size_t>(count));
  // CPython keeps a list of the places, or a set of those chosen where that takes less memory.
  double set_size = 21;
  if (count > 5) {
    set_size += std::pow(4.0, std::ceil(std::log(static_cast<double>(count) * 3) / std::log(4.0)));
  }
  Ticker tick(rt);
  if (static_cast<double>(n) <= set_size) {
    std::vector<int64_t> pool(static_cast<size_t>(n));
    for (size_t i = 0; i < pool.size(); ++i) pool[i] = static_cast<int64_t>(i);
    for (int64_t i = 0; i < count; ++i) {
      const auto j = static_cast<size_t>(random.below(static_cast<uint64_t>(n - i)));
      out.push_back(pool[j]);
      pool[j] = pool[static_cast<size_t>(n - i - 1)];
    }
    return out;
  }
  Ref<Set> selected = rt.make_set();
  while (static_cast<int64_t>(out.size()) < count) {
    tick();
    const auto j = static_cast<int64_t>(random.below(static_cast<uint64_t>(n)));
    if (selected->add(rt, Value(j))) out.push_back(j);
  }
  return out;
}

/// Sums of the items so far.
Values accumulated(Runtime& rt, const Value& items) {
  Values out;
  rt.for_each(items, [&](Value& item) {
    out.push_back(out.empty() ? item : rt.binary(BinaryOp::Add, out.back(), item));
    return true;
  });
  return out;
}

/// The first place, below `high`, whose sum is greater than x.
int64_t bisect(Runtime& rt, const Values& sums, const Value& x, size_t high) {
  size_t low = 0;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (rt.less(x, sums[middle])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return static_cast<int64_t>(low);
}

Value random_sample(Runtime& rt, Value* a) {
  RandomState& random = random_of(a);
  const Value population = a[1];
  const bool sequence = rt.type_of(population)->slots.get_item && !population.is<Dict>();
  if (!sequence) {
    fail_type({"Population must be a sequence.  For dicts or sets, use sorted(d)."});
  }
  const int64_t n = rt.length(population);
  const int64_t count = rt.to_index(a[2]);
  Values out;
  if (a[3].is_none()) {
    for (int64_t place : sample_places(rt, random, n, count)) {
      out.push_back(rt.get_item(population, Value(place)));
    }
    return rt.make_list(std::move(out));
  }
  Values sums = accumulated(rt, a[3]);
  if (static_cast<int64_t>(sums.size()) != n) {
    fail_value({"The number of counts does not match the population"});
  }
  const Value total = sums.empty() ? Value(0) : sums.back();
  if (!sums.empty()) sums.pop_back();
  if (!total.is_int()) fail_type({"Counts must be integers"});
  if (total.as_int() <= 0) fail_value({"Total of counts must be greater than zero"});
  for (int64_t place : sample_places(rt, random, total.as_int(), count)) {
    out.push_back(rt.get_item(population, Value(bisect(rt, sums, Value(place), sums.size()))));
  }
  return rt.make_list(std::move(out));
}

Value random_choices(Runtime& rt, Value* a) {
  enum { kSelf, kPopulation, kWeights, kSums, kCount };
  RandomState& random = random_of(a);
  const int64_t n = rt.length(a[kPopulation]);
  const int64_t count = rt.to_index(a[kCount]);
  Values out;
  Ticker tick(rt);
  if (a[kSums].is_none() && a[kWeights].is_none()) {
    if (n == 0 && count > 0) fail_with(ErrorKind::Index, {"list index out of range"});
    for (int64_t i = 0; i < count; ++i) {
      tick();
      const double place = std::floor(random.uniform() * static_cast<double>(n));
      out.push_back(rt.get_item(a[kPopulation], Value(static_cast<int64_t>(place))));
    }
    return rt.make_list(std::move(out));
  }
  if (!a[kSums].is_none() && !a[kWeights].is_none()) {
    fail_type({"Cannot specify both weights and cumulative weights"});
  }
  if (a[kWeights].is_int()) {
    fail_type({"The number of choices must be a keyword argument: k=",
               std::to_string(a[kWeights].as_int())});
  }
  const Values sums = a[kSums].is_none() ? accumulated(rt, a[kWeights]) : rt.to_values(a[kSums]);
  if (static_cast<int64_t>(sums.size()) != n) {
    fail_value({"The number of weights does not match the population"});
  }
  if (sums.empty()) fail_with(ErrorKind::Index, {"list index out of range"});
  const double total = rt.to_float(sums.back());
  if (total <= 0) fail_value({"Total of weights must be greater than zero"});
  if (!std::isfinite(total)) fail_value({"Total of weights must be finite"});
  for (int64_t i = 0; i < count; ++i) {
    tick();
    const int64_t place = bisect(rt, sums, Value(random.uniform() * total), sums.size() - 1);
    out.push_back(rt.get_item(a[kPopulation], Value(place)));
  }
  return rt.make_list(std::move(out));
}

constexpr Method kMethods[] = {
    {"randrange", "self, start, stop=None, step=1", random_randrange,
     "Choose a random item from range(start, stop, step)."},
    {"randint", "self, a, b", random_randint,
     "Return random integer in range [a, b], including both end points."},
    {"choice", "self, seq", random_choice, "Choose a random element from a non-empty sequence."},
    {"shuffle", "self, x", random_shuffle, "Shuffle list x in place, and return None."},
    {"sample", "self, population, k, *, counts=None", random_sample,
     "Chooses k unique random elements from a population sequence."},
    {"choices", "self, population, weights=None, *, cum_weights=None, k=1", random_choices,
     "Return a k sized list of population elements chosen with replacement."},
};

}  // namespace

std::span<const Method> random_sequence_methods() { return kMethods; }

}  // namespace gradpad::lang
