// enumerate, zip, map and filter, which are types; iter, next and reversed.
#include "lang/builtins/functions.h"
#include "lang/builtins/sequence_ops.h"

namespace gradpad::lang {

namespace {

class EnumerateIterator final : public Iterator {
 public:
  EnumerateIterator(Value iterator, int64_t start) : iterator_(std::move(iterator)), at_(start) {}
  bool next(Runtime& rt, Value& out) override {
    if (iterator_.is_unbound()) return false;
    const Value iterator = iterator_;
    Value item;
    if (!rt.next(iterator, item)) {
      iterator_.clear();
      return false;
    }
    Ref<Tuple> pair = rt.make<Tuple>(2);
    (*pair)[0] = Value(at_++);
    (*pair)[1] = std::move(item);
    out = std::move(pair);
    return true;
  }
  int64_t remaining(Runtime& rt) override {
    return iterator_.is_bound() ? rt.length_hint(iterator_) : 0;
  }
  void visit(ReferenceVisitor& visitor) override { iterator_.visit(visitor); }
  void clear_references() noexcept override { iterator_.clear(); }

 private:
  Value iterator_;
  int64_t at_;
};

Value enumerate_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("enumerate", arguments, {"iterable", "start"});
  if (given[0].is_unbound()) {
    fail_type({"enumerate() missing required argument 'iterable' (pos 1)"});
  }
  const int64_t start = given[1].is_bound() ? rt.to_index(given[1]) : 0;
  return rt.make_of<EnumerateIterator>(cls, rt.iterate(given[0]), start);
}

class ZipIterator final : public Iterator {
 public:
  ZipIterator(Values iterators, bool strict) : iterators_(std::move(iterators)), strict_(strict) {}
  bool next(Runtime& rt, Value& out) override {
    if (iterators_.empty()) return false;
    const auto count = static_cast<int64_t>(iterators_.size());
    Ref<Tuple> items = rt.make<Tuple>(count);
    for (int64_t i = 0; i < count; ++i) {
      const Value iterator = iterators_[static_cast<size_t>(i)];
      if (rt.next(iterator, (*items)[i])) continue;
      if (strict_) check_lengths(rt, i);
      clear_references();
      return false;
    }
    out = std::move(items);
    return true;
  }
  int64_t remaining(Runtime& rt) override {
    int64_t least = iterators_.empty() ? 0 : INT64_MAX;
    for (const Value& iterator : iterators_) least = std::min(least, rt.length_hint(iterator));
    return least;
  }
  void visit(ReferenceVisitor& visitor) override { visit_each(visitor, iterators_); }
  void clear_references() noexcept override {
    Values old;
    old.swap(iterators_);
  }

 private:
  /// Iterator `ended` has ended. ValueError where those before it have not, or those after it do
  /// not end as well.
  void check_lengths(Runtime& rt, int64_t ended) {
    const Values iterators = iterators_;
    if (ended > 0) fail_length(ended, "shorter");
    for (size_t i = 1; i < iterators.size(); ++i) {
      Value item;
      if (rt.next(iterators[i], item)) fail_length(static_cast<int64_t>(i), "longer");
    }
  }
  [[noreturn]] static void fail_length(int64_t i, const char* how) {
    fail_value({"zip() argument ", std::to_string(i + 1), " is ", how,
                i == 1 ? " than argument " : " than arguments 1-", std::to_string(i)});
  }

  Values iterators_;
  bool strict_;
};

Value zip_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  bool strict = false;
  for (uint32_t i = 0; i < arguments.named; ++i) {
    if (arguments.names[i]->view() != "strict") {
      fail_type({"'", arguments.names[i]->view(), "' is an invalid keyword argument for zip()"});
    }
    strict = rt.truth(arguments.values[arguments.positional + i]);
  }
  Values iterators;
  for (uint32_t i = 0; i < arguments.positional; ++i) {
    iterators.push_back(rt.iterate(arguments.values[i]));
  }
  return rt.make_of<ZipIterator>(cls, std::move(iterators), strict);
}

class MapIterator final : public Iterator {
 public:
  MapIterator(Value function, Values iterators)
      : function_(std::move(function)), iterators_(std::move(iterators)) {}
  bool next(Runtime& rt, Value& out) override {
    const Value function = function_;
    if (iterators_.size() == 1) {
      const Value iterator = iterators_[0];
      Value item;
      if (!rt.next(iterator, item)) return false;
      out = rt.call(function, {item});
      return true;
    }
    const Values iterators = iterators_;
    Values items(iterators.size());
    for (size_t i = 0; i < iterators.size(); ++i) {
      if (!rt.next(iterators[i], items[i])) return false;
    }
    if (items.empty()) return false;
    Arguments arguments;
    arguments.values = items.data();
    arguments.positional = static_cast<uint32_t>(items.size());
    out = rt.call(function, arguments);
    return true;
  }
  int64_t remaining(Runtime& rt) override {
    int64_t least = iterators_.empty() ? 0 : INT64_MAX;
    for (const Value& iterator : iterators_) least = std::min(least, rt.length_hint(iterator));
    return least;
  }
  void visit(ReferenceVisitor& visitor) override {
    function_.visit(visitor);
    visit_each(visitor, iterators_);
  }
  void clear_references() noexcept override {
    function_.clear();
    Values old;
    old.swap(iterators_);
  }

 private:
  Value function_;
  Values iterators_;
};

Value map_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  if (arguments.named > 0) fail_type({"map() takes no keyword arguments"});
  if (arguments.positional < 2) fail_type({"map() must have at least two arguments."});
  Values iterators;
  for (uint32_t i = 1; i < arguments.positional; ++i) {
    iterators.push_back(rt.iterate(arguments.values[i]));
  }
  return rt.make_of<MapIterator>(cls, arguments.values[0], std::move(iterators));
}

class FilterIterator final : public Iterator {
 public:
  FilterIterator(Value function, Value iterator)
      : function_(std::move(function)), iterator_(std::move(iterator)) {}
  bool next(Runtime& rt, Value& out) override {
    const Value function = function_;
    const Value iterator = iterator_;
    if (iterator.is_unbound()) return false;
    Ticker tick(rt);
    while (rt.next(iterator, out)) {
      tick();
      if (rt.truth(function.is_none() ? out : rt.call(function, {out}))) return true;
    }
    return false;
  }
  void visit(ReferenceVisitor& visitor) override {
    function_.visit(visitor);
    iterator_.visit(visitor);
  }
  void clear_references() noexcept override {
    function_.clear();
    iterator_.clear();
  }

 private:
  Value function_;
  Value iterator_;
};

Value filter_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("filter", arguments, 2, 2);
  return rt.make_of<FilterIterator>(cls, arguments.values[0], rt.iterate(arguments.values[1]));
}

/// iter(function, sentinel)
class CallIterator final : public Iterator {
 public:
  CallIterator(Value function, Value sentinel)
      : function_(std::move(function)), sentinel_(std::move(sentinel)) {}
  bool next(Runtime& rt, Value& out) override {
    if (function_.is_unbound()) return false;
    const Value function = function_;
    try {
      out = rt.call(function);
      if (!rt.equal(out, sentinel_)) return true;
    } catch (Raised& raised) {
      if (!raised.exception->type()->is_subtype_of(rt.types.stop_iteration)) throw;
    }
    clear_references();
    return false;
  }
  void visit(ReferenceVisitor& visitor) override {
    function_.visit(visitor);
    sentinel_.visit(visitor);
  }
  void clear_references() noexcept override {
    function_.clear();
    sentinel_.clear();
  }

 private:
  Value function_;
  Value sentinel_;
};

Value builtin_iter(Runtime& rt, Value* a) {
  if (a[1].is_unbound()) return rt.iterate(a[0]);
  if (!rt.is_callable(a[0])) fail_type({"iter(v, w): v must be callable"});
  return rt.make_iterator<CallIterator>("callable_iterator", a[0], a[1]);
}

Value builtin_next(Runtime& rt, Value* a) {
  Value out;
  if (rt.next(a[0], out)) return out;
  if (a[1].is_bound()) return a[1];
  rt.raise(rt.types.stop_iteration, "");
}

Value builtin_reversed(Runtime& rt, Value* a) {
  const Type* type = rt.type_of(a[0]);
  if (type == rt.types.tuple || type == rt.types.list) {
    return iterate_items(rt, a[0], true,
                         type == rt.types.list ? "list_reverseiterator" : "reversed");
  }
  const Value method = rt.find_special(a[0], rt.names.reversed.get());
  if (method.is_bound() && !method.is_none()) return rt.call(method);
  if (method.is_none() || !type->slots.length || !type->slots.get_item || a[0].is<Dict>()) {
    fail_type({"'", rt.type_name(a[0]), "' object is not reversible"});
  }
  return iterate_backwards(rt, a[0], rt.length(a[0]));
}

constexpr Method kFunctions[] = {
    {"iter", "object, sentinel=?, /", builtin_iter, "Get an iterator from an object."},
    {"next", "iterator, default=?, /", builtin_next, "Return the next item from the iterator."},
    {"reversed", "sequence, /", builtin_reversed,
     "Return a reverse iterator over the values of the given sequence."},
};

}  // namespace

void add_iterator_functions(Runtime& rt) {
  struct Entry {
    const char* name;
    Value (*make)(Runtime&, Type*, const Arguments&);
  };
  constexpr Entry kTypes[] = {
      {"enumerate", enumerate_make},
      {"zip", zip_make},
      {"map", map_make},
      {"filter", filter_make},
  };
  for (const Entry& entry : kTypes) {
    TypeSpec spec;
    spec.slots.make = entry.make;
    rt.add_builtin(entry.name, rt.make_type(entry.name, rt.types.iterator, spec));
  }
  for (const Method& method : kFunctions) rt.add_builtin(method.name, rt.make_native(method));
}

}  // namespace gradpad::lang
