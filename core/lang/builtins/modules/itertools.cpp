// itertools: the iterators that walk one or several others. product, groupby and so on stand in
// itertools_combine.cpp.
#include "lang/builtins/modules/itertools.h"

#include "lang/builtins/modules/modules.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

class CountIterator final : public Iterator {
 public:
  CountIterator(Value start, Value step_) : at(std::move(start)), step(std::move(step_)) {}
  bool next(Runtime& rt, Value& out) override {
    out = at;
    at = rt.binary(BinaryOp::Add, at, step);
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    at.visit(visitor);
    step.visit(visitor);
  }
  void clear_references() noexcept override {
    at = Value(0);
    step = Value(0);
  }
  Value at;
  Value step;
};

Value count_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("count", arguments, {"start", "step"});
  const Value start = given[0].is_bound() ? given[0] : Value(0);
  const Value step = given[1].is_bound() ? given[1] : Value(1);
  if (start.is<Str>() || step.is<Str>()) fail_type({"a number is required"});
  return rt.make_of<CountIterator>(cls, start, step);
}

Value count_repr(Runtime& rt, const Value& self) {
  const auto& it = *self.as<CountIterator>();
  std::string text = "count(" + rt.repr(it.at)->text();
  if (!it.step.is_int() || it.step.as_int() != 1) text += ", " + rt.repr(it.step)->text();
  return rt.make_str(text + ")");
}

class RepeatIterator final : public Iterator {
 public:
  RepeatIterator(Value item_, int64_t left_) : item(std::move(item_)), left(left_) {}
  bool next(Runtime&, Value& out) override {
    if (left == 0) return false;
    if (left > 0) --left;
    out = item;
    return true;
  }
  int64_t remaining(Runtime&) override { return left; }
  void visit(ReferenceVisitor& visitor) override { item.visit(visitor); }
  void clear_references() noexcept override {
    left = 0;
    item.clear();
  }
  Value item;
  int64_t left;  // -1: for ever
};

Value repeat_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("repeat", arguments, {"object", "times"});
  if (given[0].is_unbound()) fail_type({"repeat() missing required argument 'object' (pos 1)"});
  const int64_t times = given[1].is_bound() ? std::max<int64_t>(rt.to_index(given[1]), 0) : -1;
  return rt.make_of<RepeatIterator>(cls, given[0], times);
}

Value repeat_repr(Runtime& rt, const Value& self) {
  const auto& it = *self.as<RepeatIterator>();
  std::string text = "repeat(" + rt.repr(it.item)->text();
  if (it.left >= 0) text += ", " + std::to_string(it.left);
  return rt.make_str(text + ")");
}

/// What most of these have: an iterator and a function or other value.
class Source : public Iterator {
 public:
  Source(Value iterator, Value extra) : iterator_(std::move(iterator)), extra_(std::move(extra)) {}
  void visit(ReferenceVisitor& visitor) override {
    iterator_.visit(visitor);
    extra_.visit(visitor);
  }
  void clear_references() noexcept override {
    iterator_.clear();
    extra_.clear();
  }

 protected:
  /// The next item of the iterator; false at its end, and for ever after.
  bool advance(Runtime& rt, Value& out) {
    if (iterator_.is_unbound()) return false;
    const Value iterator = iterator_;
    if (rt.next(iterator, out)) return true;
    iterator_.clear();
    return false;
  }
  Value iterator_;
  Value extra_;
};

class CycleIterator final : public Source {
 public:
  explicit CycleIterator(Value iterator) : Source(std::move(iterator), Value()) {}
  bool next(Runtime& rt, Value& out) override {
    if (advance(rt, out)) {
      saved_.push_back(out);
      return true;
    }
    if (saved_.empty()) return false;
    out = saved_[at_];
    at_ = (at_ + 1) % saved_.size();
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    Source::visit(visitor);
    visit_each(visitor, saved_);
  }
  void clear_references() noexcept override {
    Source::clear_references();
    Values old;
    old.swap(saved_);
  }

 private:
  Values saved_;
  size_t at_ = 0;
};

Value cycle_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("cycle", arguments, 1, 1);
  return rt.make_of<CycleIterator>(cls, rt.iterate(arguments.values[0]));
}

/// `iterator_` gives the iterables; `extra_` is the iterator of the one at hand.
class ChainIterator final : public Source {
 public:
  explicit ChainIterator(Value iterables) : Source(std::move(iterables), Value()) {}
  bool next(Runtime& rt, Value& out) override {
    Ticker tick(rt);
    for (;;) {
      tick();
      if (extra_.is_bound()) {
        const Value current = extra_;
        if (rt.next(current, out)) return true;
        extra_.clear();
      }
      Value iterable;
      if (!advance(rt, iterable)) return false;
      extra_ = rt.iterate(iterable);
    }
  }
};

Value chain_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  if (arguments.named > 0) fail_type({"chain() takes no keyword arguments"});
  const Value all = rt.make_tuple(std::span<const Value>(arguments.values, arguments.positional));
  return rt.make_of<ChainIterator>(cls, rt.iterate(all));
}

Value chain_from_iterable(Runtime& rt, Value* a) {
  return rt.make_of<ChainIterator>(a[0].as<Type>(), rt.iterate(a[1]));
}

constexpr Method kChainMethods[] = {
    {"from_iterable", "cls, iterable, /", chain_from_iterable, "", MethodKind::Class},
};

class AccumulateIterator final : public Source {
 public:
  AccumulateIterator(Value iterator, Value function, Value initial)
      : Source(std::move(iterator), std::move(function)), initial_(std::move(initial)) {}
  bool next(Runtime& rt, Value& out) override {
    if (initial_.is_bound()) {
      total_ = std::move(initial_);
      out = total_;
      return true;
    }
    Value item;
    if (!advance(rt, item)) return false;
    if (total_.is_unbound()) {
      total_ = item;
    } else if (extra_.is_none()) {
      total_ = rt.binary(BinaryOp::Add, total_, item);
    } else {
      const Value function = extra_;
      total_ = rt.call(function, {total_, item});
    }
    out = total_;
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    Source::visit(visitor);
    initial_.visit(visitor);
    total_.visit(visitor);
  }
  void clear_references() noexcept override {
    Source::clear_references();
    initial_.clear();
    total_.clear();
  }

 private:
  Value initial_;
  Value total_;
};

Value accumulate_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("accumulate", arguments, {"iterable", "func", "initial"});
  if (given[0].is_unbound()) {
    fail_type({"accumulate() missing required argument 'iterable' (pos 1)"});
  }
  const Value function = given[1].is_bound() ? given[1] : Value::none();
  const Value initial = given[2].is_none() ? Value() : given[2];
  return rt.make_of<AccumulateIterator>(cls, rt.iterate(given[0]), function, initial);
}

class IsliceIterator final : public Source {
 public:
  IsliceIterator(Value iterator, int64_t start, int64_t stop, int64_t step)
      : Source(std::move(iterator), Value()), wanted_(start), stop_(stop), step_(step) {}
  bool next(Runtime& rt, Value& out) override {
    Ticker tick(rt);
    // Without this, the item behind the last one would be taken from the iterator too.
    if (stop_ >= 0 && wanted_ >= stop_) {
      for (; at_ < stop_; ++at_) {
        tick();
        if (!advance(rt, out)) break;
      }
      clear_references();
      return false;
    }
    for (; at_ < wanted_; ++at_) {
      tick();
      if (!advance(rt, out)) return false;
    }
    if (!advance(rt, out)) return false;
    ++at_;
    if (__builtin_add_overflow(wanted_, step_, &wanted_)) wanted_ = INT64_MAX;
    return true;
  }

 private:
  int64_t at_ = 0;
  int64_t wanted_;
  int64_t stop_;  // -1: none
  int64_t step_;
};

Value islice_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("islice", arguments, 2, 4);
  const Value* a = arguments.values;
  const auto read = [&](const Value& v, int64_t otherwise, const char* what) {
    if (v.is_none()) return otherwise;
    if (!v.is_integral() || v.as_int() < 0) {
      fail_value({what, " must be None or an integer: 0 <= x <= sys.maxsize."});
    }
    return v.as_int();
  };
  int64_t start = 0;
  int64_t step = 1;
  int64_t stop = 0;
  if (arguments.positional == 2) {
    stop = read(a[1], -1, "Stop argument for islice()");
  } else {
    start = read(a[1], 0, "Indices for islice()");
    stop = read(a[2], -1, "Indices for islice()");
    if (arguments.positional == 4 && !a[3].is_none()) {
      if (!a[3].is_integral() || a[3].as_int() < 1) {
        fail_value({"Step for islice() must be a positive integer or None."});
      }
      step = a[3].as_int();
    }
  }
  return rt.make_of<IsliceIterator>(cls, rt.iterate(a[0]), start, stop, step);
}

/// takewhile, dropwhile, filterfalse and starmap: a function asked about each item.
enum class Filtering : uint8_t { TakeWhile, DropWhile, FilterFalse, Starmap };

template <Filtering How>
class FunctionIterator final : public Source {
 public:
  using Source::Source;
  bool next(Runtime& rt, Value& out) override {
    const Value function = extra_;
    Ticker tick(rt);
    while (advance(rt, out)) {
      tick();
      if constexpr (How == Filtering::Starmap) {
        Values values = rt.to_values(out);
        Arguments call;
        call.values = values.data();
        call.positional = static_cast<uint32_t>(values.size());
        out = rt.call(function, call);
        return true;
      } else if constexpr (How == Filtering::TakeWhile) {
        if (rt.truth(rt.call(function, {out}))) return true;
        clear_references();
        return false;
      } else if constexpr (How == Filtering::DropWhile) {
        if (started_ || !rt.truth(rt.call(function, {out}))) return started_ = true;
      } else {
        if (!rt.truth(function.is_none() ? out : rt.call(function, {out}))) return true;
      }
    }
    return false;
  }

 private:
  bool started_ = false;
};

template <Filtering How>
Value function_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional(cls->name(), arguments, 2, 2);
  return rt.make_of<FunctionIterator<How>>(cls, rt.iterate(arguments.values[1]),
                                           arguments.values[0]);
}

class CompressIterator final : public Source {
 public:
  using Source::Source;
  bool next(Runtime& rt, Value& out) override {
    const Value selectors = extra_;
    Value selector;
    Ticker tick(rt);
    while (advance(rt, out) && rt.next(selectors, selector)) {
      tick();
      if (rt.truth(selector)) return true;
    }
    return false;
  }
};

Value compress_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("compress", arguments, {"data", "selectors"});
  if (given[1].is_unbound())
    fail_type({"compress() missing required argument 'selectors' (pos 2)"});
  return rt.make_of<CompressIterator>(cls, rt.iterate(given[0]), rt.iterate(given[1]));
}

class PairwiseIterator final : public Source {
 public:
  explicit PairwiseIterator(Value iterator) : Source(std::move(iterator), Value()) {}
  bool next(Runtime& rt, Value& out) override {
    if (extra_.is_unbound() && !advance(rt, extra_)) return false;
    Value item;
    if (!advance(rt, item)) return false;
    out = rt.make_tuple({extra_, item});
    extra_ = std::move(item);
    return true;
  }
};

Value pairwise_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("pairwise", arguments, 1, 1);
  return rt.make_of<PairwiseIterator>(cls, rt.iterate(arguments.values[0]));
}

class ZipLongestIterator final : public Iterator {
 public:
  ZipLongestIterator(Values iterators, Value fill)
      : iterators_(std::move(iterators)), fill_(std::move(fill)), active_(iterators_.size()) {}
  bool next(Runtime& rt, Value& out) override {
    if (active_ == 0) return false;
    Ref<Tuple> items = rt.make<Tuple>(static_cast<int64_t>(iterators_.size()));
    for (size_t i = 0; i < iterators_.size(); ++i) {
      Value& item = (*items)[static_cast<int64_t>(i)];
      const Value iterator = iterators_[i];
      if (iterator.is_bound()) {
        if (rt.next(iterator, item)) continue;
        iterators_[i].clear();
        if (--active_ == 0) return false;
      }
      item = fill_;
    }
    out = std::move(items);
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    fill_.visit(visitor);
    visit_each(visitor, iterators_);
  }
  void clear_references() noexcept override {
    active_ = 0;
    fill_.clear();
    Values old;
    old.swap(iterators_);
  }

 private:
  Values iterators_;
  Value fill_;
  size_t active_;
};

Value zip_longest_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  Value fill = Value::none();
  for (uint32_t i = 0; i < arguments.named; ++i) {
    if (arguments.names[i]->view() != "fillvalue") {
      fail_type({"zip_longest() got an unexpected keyword argument"});
    }
    fill = arguments.values[arguments.positional + i];
  }
  Values iterators;
  for (uint32_t i = 0; i < arguments.positional; ++i) {
    iterators.push_back(rt.iterate(arguments.values[i]));
  }
  return rt.make_of<ZipLongestIterator>(cls, std::move(iterators), fill);
}

constexpr IteratorTypeEntry kTypes[] = {
    {"count", count_make, count_repr},
    {"repeat", repeat_make, repeat_repr},
    {"cycle", cycle_make},
    {"accumulate", accumulate_make},
    {"islice", islice_make},
    {"takewhile", function_make<Filtering::TakeWhile>},
    {"dropwhile", function_make<Filtering::DropWhile>},
    {"filterfalse", function_make<Filtering::FilterFalse>},
    {"starmap", function_make<Filtering::Starmap>},
    {"compress", compress_make},
    {"pairwise", pairwise_make},
    {"zip_longest", zip_longest_make},
};

constexpr Method kFunctions[] = {{"tee", "iterable, n=2, /", itertools_tee}};

void init_itertools(Runtime& rt, Module& module) {
  const auto add = [&](const IteratorTypeEntry& entry, std::span<const Method> methods) {
    TypeSpec spec;
    spec.slots.make = entry.make;
    spec.slots.repr = entry.repr;
    spec.methods = methods;
    module.set(rt.intern(entry.name).get(),
               Value(rt.make_type(entry.name, rt.types.iterator, spec, "itertools")));
  };
  for (const IteratorTypeEntry& entry : kTypes) add(entry, {});
  for (const IteratorTypeEntry& entry : combining_iterators()) add(entry, {});
  add({"chain", chain_make}, kChainMethods);
}

}  // namespace

const ModuleSpec kItertoolsModule = {"itertools", kFunctions, init_itertools};

}  // namespace gradpad::lang
