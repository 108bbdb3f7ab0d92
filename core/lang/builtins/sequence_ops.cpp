// Comparing, searching, printing and iterating lists and tuples.
#include "lang/builtins/sequence_ops.h"

#include <algorithm>

namespace gradpad::lang {

std::span<const Value> items_of(const Value& sequence) noexcept {
  if (const List* list = sequence.to<List>()) return {list->items.data(), list->items.size()};
  const Tuple* tuple = sequence.as<Tuple>();
  return {tuple->begin(), static_cast<size_t>(tuple->size())};
}

void fail_index_type(Runtime& rt, std::string_view what, const Value& key) {
  fail_type({what, " indices must be integers or slices, not ", rt.type_name(key)});
}

namespace {

template <class T>
bool ordered(CompareOp op, T a, T b) {
  switch (op) {
    case CompareOp::Lt:
      return a < b;
    case CompareOp::Le:
      return a <= b;
    case CompareOp::Gt:
      return a > b;
    case CompareOp::Ge:
      return a >= b;
    case CompareOp::Eq:
      return a == b;
    case CompareOp::Ne:
      return a != b;
  }
  return false;
}

}  // namespace

// Items are copied and the lengths asked anew at each step: comparing may change the lists.
Value compare_items(Runtime& rt, CompareOp op, const Value& a, const Value& b) {
  const bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (equality && items_of(a).size() != items_of(b).size()) return Value(op == CompareOp::Ne);
  Ticker tick(rt);
  for (size_t i = 0; i < items_of(a).size() && i < items_of(b).size(); ++i) {
    const Value x = items_of(a)[i];
    const Value y = items_of(b)[i];
    tick();
    if (rt.equal(x, y)) continue;
    if (i >= items_of(a).size() || i >= items_of(b).size()) break;  // the comparison cut them short
    if (equality) return Value(op == CompareOp::Ne);
    return rt.compare(op, x, y);
  }
  return Value(ordered(op, items_of(a).size(), items_of(b).size()));
}

int64_t find_item(Runtime& rt, const Value& sequence, const Value& item, int64_t from, int64_t to) {
  Ticker tick(rt);
  for (int64_t i = from; i < to && i < static_cast<int64_t>(items_of(sequence).size()); ++i) {
    const Value candidate = items_of(sequence)[static_cast<size_t>(i)];
    tick();
    if (rt.equal(candidate, item)) return i;
  }
  return -1;
}

int64_t count_item(Runtime& rt, const Value& sequence, const Value& item) {
  int64_t count = 0;
  for (int64_t at = 0;; ++at, ++count) {
    at = find_item(rt, sequence, item, at, INT64_MAX);
    if (at < 0) return count;
  }
}

Value repr_items(Runtime& rt, const Value& sequence, std::string_view open, std::string_view close,
                 std::string_view again) {
  if (items_of(sequence).empty()) return rt.make_str(text_of({open, close}));
  const Runtime::Printing printing(rt, sequence);
  if (printing.again()) return rt.make_str(std::string(again));
  std::string text(open);
  Ticker tick(rt);
  for (size_t i = 0; i < items_of(sequence).size(); ++i) {
    if (i > 0) text += ", ";
    const Value item = items_of(sequence)[i];
    tick();
    text += rt.repr(item)->view();
    check_room(static_cast<int64_t>(text.size()), 1);
  }
  text += close;
  return rt.make_str(std::move(text));
}

bool read_repeat(Runtime& rt, const Value& operand, int64_t& count) {
  if (!read_index(rt, operand, 0, count)) return false;
  count = std::max<int64_t>(count, 0);
  return true;
}

namespace {

class ItemsIterator final : public Iterator {
 public:
  ItemsIterator(Value sequence, bool reverse) : sequence_(std::move(sequence)), reverse_(reverse) {
    if (reverse_) index_ = static_cast<int64_t>(items_of(sequence_).size()) - 1;
  }
  bool next(Runtime&, Value& out) override {
    if (sequence_.is_unbound()) return false;
    const auto items = items_of(sequence_);
    if (index_ < 0 || index_ >= static_cast<int64_t>(items.size())) {
      sequence_.clear();
      return false;
    }
    out = items[static_cast<size_t>(index_)];
    index_ += reverse_ ? -1 : 1;
    return true;
  }
  int64_t remaining(Runtime&) override {
    if (sequence_.is_unbound()) return 0;
    const auto size = static_cast<int64_t>(items_of(sequence_).size());
    return reverse_ ? std::min(index_ + 1, size) : std::max<int64_t>(size - index_, 0);
  }
  void visit(ReferenceVisitor& visitor) override { sequence_.visit(visitor); }
  void clear_references() noexcept override { sequence_.clear(); }

 private:
  Value sequence_;
  int64_t index_ = 0;
  bool reverse_;
};

class BackwardsIterator final : public Iterator {
 public:
  BackwardsIterator(Value sequence, int64_t length)
      : sequence_(std::move(sequence)), index_(length - 1) {}
  bool next(Runtime& rt, Value& out) override {
    if (index_ < 0) return false;
    const Value sequence = sequence_;
    out = rt.get_item(sequence, Value(index_--));
    return true;
  }
  int64_t remaining(Runtime&) override { return index_ + 1; }
  void visit(ReferenceVisitor& visitor) override { sequence_.visit(visitor); }
  void clear_references() noexcept override {
    sequence_.clear();
    index_ = -1;
  }

 private:
  Value sequence_;
  int64_t index_;
};

}  // namespace

Value iterate_items(Runtime& rt, const Value& sequence, bool reverse, const char* type_name) {
  return rt.make_iterator<ItemsIterator>(type_name, sequence, reverse);
}

Value iterate_backwards(Runtime& rt, const Value& sequence, int64_t length) {
  return rt.make_iterator<BackwardsIterator>("reversed", sequence, length);
}

}  // namespace gradpad::lang
