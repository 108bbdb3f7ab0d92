// itertools: products, permutations, combinations, groups, and tee.
#include <numeric>

#include "lang/builtins/modules/itertools.h"
#include "lang/builtins/modules/ring.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

/// Gives the items of `pools` at places that `step` moves on.
class PlacesIterator : public Iterator {
 public:
  bool next(Runtime& rt, Value& out) override {
    if (done_) return false;
    if (started_ && !step()) {
      clear_references();
      return false;
    }
    started_ = true;
    Ref<Tuple> items = rt.make<Tuple>(static_cast<int64_t>(places_.size()));
    for (size_t i = 0; i < places_.size(); ++i) {
      (*items)[static_cast<int64_t>(i)] = pool(i)[places_[i]];
    }
    out = std::move(items);
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    for (const Values& pool : pools_) visit_each(visitor, pool);
  }
  void clear_references() noexcept override {
    done_ = true;
    std::vector<Values> old;
    old.swap(pools_);
  }

 protected:
  PlacesIterator(std::vector<Values> pools, size_t length)
      : pools_(std::move(pools)), places_(length, 0) {}
  const Values& pool(size_t i) const { return pools_[i % pools_.size()]; }
  /// Moves to the next places; false behind the last.
  virtual bool step() = 0;

  std::vector<Values> pools_;
  std::vector<size_t> places_;
  bool done_ = false;

 private:
  bool started_ = false;
};

class ProductIterator final : public PlacesIterator {
 public:
  ProductIterator(std::vector<Values> pools, size_t repeat) : PlacesIterator(std::move(pools), 0) {
    places_.assign(pools_.size() * repeat, 0);
    for (const Values& p : pools_) done_ = done_ || (p.empty() && repeat > 0);
  }

 protected:
  bool step() override {
    for (size_t i = places_.size(); i-- > 0;) {
      if (++places_[i] < pool(i).size()) return true;
      places_[i] = 0;
    }
    return false;
  }
};

Value product_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  int64_t repeat = 1;
  for (uint32_t i = 0; i < arguments.named; ++i) {
    if (arguments.names[i]->view() != "repeat") {
      fail_type(
          {"'", arguments.names[i]->view(), "' is an invalid keyword argument for product()"});
    }
    repeat = rt.to_index(arguments.values[arguments.positional + i]);
  }
  if (repeat < 0) fail_value({"repeat argument cannot be negative"});
  std::vector<Values> pools;
  for (uint32_t i = 0; i < arguments.positional; ++i) {
    pools.push_back(rt.to_values(arguments.values[i]));
  }
  check_room(repeat, static_cast<int64_t>(8 * (pools.size() + 1)));
  return rt.make_of<ProductIterator>(cls, std::move(pools), static_cast<size_t>(repeat));
}

class PermutationsIterator final : public PlacesIterator {
 public:
  PermutationsIterator(std::vector<Values> pools, size_t length)
      : PlacesIterator(std::move(pools), 0) {
    const size_t n = pool(0).size();
    done_ = length > n;
    if (done_) return;
    order_.resize(n);
    std::iota(order_.begin(), order_.end(), size_t{0});
    cycles_.resize(length);
    for (size_t i = 0; i < length; ++i) cycles_[i] = n - i;
    places_.assign(order_.begin(), order_.begin() + static_cast<ptrdiff_t>(length));
  }

 protected:
  // As in Python's documentation: each place has a count of how often its tail still rotates.
  bool step() override {
    const size_t n = order_.size();
    for (size_t i = places_.size(); i-- > 0;) {
      if (--cycles_[i] == 0) {
        const size_t first = order_[i];
        for (size_t k = i; k + 1 < n; ++k) order_[k] = order_[k + 1];
        order_[n - 1] = first;
        cycles_[i] = n - i;
        continue;
      }
      std::swap(order_[i], order_[n - cycles_[i]]);
      for (size_t k = 0; k < places_.size(); ++k) places_[k] = order_[k];
      return true;
    }
    return false;
  }

 private:
  std::vector<size_t> order_;
  std::vector<size_t> cycles_;
};

int64_t read_length(Runtime& rt, const Value& v) {
  const int64_t r = rt.to_index(v);
  if (r < 0) fail_value({"r must be non-negative"});
  check_room(r, 16);
  return r;
}

Value permutations_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("permutations", arguments, {"iterable", "r"});
  if (given[0].is_unbound()) {
    fail_type({"permutations() missing required argument 'iterable' (pos 1)"});
  }
  std::vector<Values> pools = {rt.to_values(given[0])};
  const size_t length = given[1].is_unbound() || given[1].is_none()
                            ? pools[0].size()
                            : static_cast<size_t>(read_length(rt, given[1]));
  return rt.make_of<PermutationsIterator>(cls, std::move(pools), length);
}

template <bool Repeats>
class CombinationsIterator final : public PlacesIterator {
 public:
  CombinationsIterator(std::vector<Values> pools, size_t length)
      : PlacesIterator(std::move(pools), 0) {
    const size_t n = pool(0).size();
    done_ = Repeats ? n == 0 && length > 0 : length > n;
    if (done_) return;
    places_.assign(length, 0);
    if (!Repeats) std::iota(places_.begin(), places_.end(), size_t{0});
  }

 protected:
  bool step() override {
    const size_t n = pool(0).size();
    const size_t length = places_.size();
    for (size_t i = length; i-- > 0;) {
      const size_t last = Repeats ? n - 1 : i + n - length;
      if (places_[i] == last) continue;
      ++places_[i];
      for (size_t k = i + 1; k < length; ++k) places_[k] = places_[k - 1] + (Repeats ? 0 : 1);
      return true;
    }
    return false;
  }
};

template <bool Repeats>
Value combinations_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given(cls->name(), arguments, {"iterable", "r"});
  if (given[1].is_unbound()) {
    fail_type({cls->name(), "() missing required argument 'r' (pos 2)"});
  }
  std::vector<Values> pools = {rt.to_values(given[0])};
  const int64_t length = read_length(rt, given[1]);
  return rt.make_of<CombinationsIterator<Repeats>>(cls, std::move(pools),
                                                   static_cast<size_t>(length));
}

// --- groupby
// ---------------------------------------------------------------------------------------

class GroupByIterator final : public Iterator {
 public:
  GroupByIterator(Value iterator, Value function)
      : iterator_(std::move(iterator)), function_(std::move(function)) {}
  bool next(Runtime& rt, Value& out) override;
  /// The next item and its key; false at the end.
  bool step(Runtime& rt) {
    const Value iterator = iterator_;
    if (iterator.is_unbound()) return false;
    Value item;
    if (!rt.next(iterator, item)) return false;
    const Value function = function_;
    key = function.is_none() ? item : rt.call(function, {item});
    value = std::move(item);
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    iterator_.visit(visitor);
    function_.visit(visitor);
    key.visit(visitor);
    target_.visit(visitor);
    value.visit(visitor);
  }
  void clear_references() noexcept override {
    iterator_.clear();
    function_.clear();
    key.clear();
    target_.clear();
    value.clear();
  }

  Value key;    // of the item at hand
  Value value;  // unbound once given out
  uint64_t group = 0;

 private:
  Value iterator_;
  Value function_;
  Value target_;  // key of the group at hand
};

class GroupIterator final : public Iterator {
 public:
  GroupIterator(GroupByIterator* parent, Value key, uint64_t group)
      : parent_(parent), key_(std::move(key)), group_(group) {}
  bool next(Runtime& rt, Value& out) override {
    // Ends when the groupby has gone on to another group.
    if (!parent_ || parent_->group != group_) return false;
    if (parent_->value.is_unbound() && !parent_->step(rt)) return false;
    if (!rt.equal(key_, parent_->key)) return false;
    out = std::move(parent_->value);
    return true;
  }
  void visit(ReferenceVisitor& visitor) override {
    parent_.visit(visitor);
    key_.visit(visitor);
  }
  void clear_references() noexcept override {
    parent_.reset();
    key_.clear();
  }

 private:
  Ref<GroupByIterator> parent_;
  Value key_;
  uint64_t group_;
};

bool GroupByIterator::next(Runtime& rt, Value& out) {
  ++group;
  Ticker tick(rt);
  while (key.is_unbound() || (target_.is_bound() && rt.equal(target_, key))) {
    tick();
    if (!step(rt)) return false;
  }
  target_ = key;
  const Value items = rt.make_iterator<GroupIterator>("_grouper", this, key, group);
  out = rt.make_tuple({key, items});
  return true;
}

Value groupby_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("groupby", arguments, {"iterable", "key"});
  if (given[0].is_unbound()) {
    fail_type({"groupby() missing required argument 'iterable' (pos 1)"});
  }
  return rt.make_of<GroupByIterator>(cls, rt.iterate(given[0]),
                                     given[1].is_bound() ? given[1] : Value::none());
}

// --- tee
// -------------------------------------------------------------------------------------------

/// What the iterators of one tee share: the items that not all of them have given yet.
class TeeSource final : public Object {
 public:
  explicit TeeSource(Value iterator_)
      : Object(Kind::Plain, Reach::Some), iterator(std::move(iterator_)) {}
  void visit(ReferenceVisitor& visitor) override {
    iterator.visit(visitor);
    items.visit(visitor);
  }
  Value iterator;
  Ring items;
  int64_t first = 0;  // number of the first item kept
  std::vector<int64_t*> positions;

  void drop_seen() noexcept {
    int64_t least = INT64_MAX;
    for (const int64_t* position : positions) least = std::min(least, *position);
    while (!items.empty() && first < least) {
      items.pop_front();
      ++first;
    }
  }
};

class TeeIterator final : public Iterator {
 public:
  explicit TeeIterator(Ref<TeeSource> source) : source_(std::move(source)), at_(source_->first) {
    source_->positions.push_back(&at_);
  }
  ~TeeIterator() override { leave(); }
  bool next(Runtime& rt, Value& out) override {
    if (!source_) return false;
    const Ref<TeeSource> source = source_;
    if (at_ == source->first + source->items.size()) {
      const Value iterator = source->iterator;
      Value item;
      if (!rt.next(iterator, item)) return false;
      source->items.push_back(std::move(item));
    }
    out = source->items[at_ - source->first];
    ++at_;
    source->drop_seen();
    return true;
  }
  void visit(ReferenceVisitor& visitor) override { source_.visit(visitor); }
  void clear_references() noexcept override { leave(); }

 private:
  void leave() noexcept {
    if (!source_) return;
    std::erase(source_->positions, &at_);
    source_->drop_seen();
    source_.reset();
  }

  Ref<TeeSource> source_;
  int64_t at_;
};

constexpr IteratorTypeEntry kTypes[] = {
    {"product", product_make},
    {"permutations", permutations_make},
    {"combinations", combinations_make<false>},
    {"combinations_with_replacement", combinations_make<true>},
    {"groupby", groupby_make},
};

}  // namespace

Value itertools_tee(Runtime& rt, Value* a) {
  const int64_t count = rt.to_index(a[1]);
  if (count < 0) fail_value({"n must be >= 0"});
  const Ref<TeeSource> source = rt.make_of<TeeSource>(rt.types.object, rt.iterate(a[0]));
  Values out;
  for (int64_t i = 0; i < count; ++i) {
    out.push_back(rt.make_iterator<TeeIterator>("_tee", source));
  }
  return rt.make_tuple(std::span<const Value>(out));
}

std::span<const IteratorTypeEntry> combining_iterators() { return kTypes; }

}  // namespace gradpad::lang
