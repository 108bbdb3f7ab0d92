// list, tuple, range and slice.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "lang/objects/object.h"

namespace gradpad::lang {

using Values = std::vector<Value, HeapAllocator<Value>>;

class List : public Container {
 public:
  static constexpr Kind kKind = Kind::List;
  List() : Container(kKind) {}
  explicit List(Values values) : Container(kKind), items(std::move(values)) {}
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override { visit_each(visitor, items); }

  int64_t size() const noexcept { return static_cast<int64_t>(items.size()); }
  Values items;
};

class Tuple : public Object {
 public:
  static constexpr Kind kKind = Kind::Tuple;
  /// `size` unbound values, to be set before anybody else sees the tuple.
  explicit Tuple(int64_t size);
  ~Tuple() override;
  void visit(ReferenceVisitor& visitor) override { visit_each(visitor, *this); }
  void settle_reach() override;

  int64_t size() const noexcept { return size_; }
  Value* begin() noexcept { return items_; }
  Value* end() noexcept { return items_ + size_; }
  const Value* begin() const noexcept { return items_; }
  const Value* end() const noexcept { return items_ + size_; }
  Value& operator[](int64_t i) noexcept { return items_[i]; }
  const Value& operator[](int64_t i) const noexcept { return items_[i]; }

 private:
  int64_t size_;
  Value* items_ = nullptr;
};

class Range : public Object {
 public:
  static constexpr Kind kKind = Kind::Range;
  Range(int64_t start_, int64_t stop_, int64_t step_);

  const int64_t start;
  const int64_t stop;
  const int64_t step;  // never 0
  const int64_t count;
  int64_t at(int64_t i) const noexcept { return start + i * step; }
};

/// None where a part was left out.
class Slice : public Object {
 public:
  static constexpr Kind kKind = Kind::Slice;
  Slice(Value start_, Value stop_, Value step_)
      : Object(kKind, Reach::Some),
        start(std::move(start_)),
        stop(std::move(stop_)),
        step(std::move(step_)) {}
  void visit(ReferenceVisitor& visitor) override {
    start.visit(visitor);
    stop.visit(visitor);
    step.visit(visitor);
  }

  const Value start;
  const Value stop;
  const Value step;
};

}  // namespace gradpad::lang
