// Sorting: stable, adaptive merge sort over positions, so that keys and values move once.
//
// Runs are found and short ones completed by binary insertion exactly as in CPython's listsort.txt;
// below 64 items that is the whole sort, so that even inconsistent orders (NaN among floats) give
// CPython's result there. Longer lists merge neighbouring runs.
#include <algorithm>
#include <numeric>

#include "lang/builtins/sequence_ops.h"

namespace gradpad::lang {

namespace {

class Sorter {
 public:
  Sorter(Runtime& rt, const Values& keys) : rt_(rt), tick_(rt), keys_(keys) {
    order_.resize(keys.size());
    std::iota(order_.begin(), order_.end(), 0u);
    choose_comparison();
  }

  void reverse() { std::reverse(order_.begin(), order_.end()); }

  const std::vector<uint32_t>& sort() {
    const size_t size = order_.size();
    if (size < 2) return order_;
    std::vector<size_t> ends;  // of the runs
    const size_t least = minimum_run(size);
    for (size_t begin = 0; begin < size;) {
      size_t end = begin + count_run(begin);
      if (end - begin < least) {
        const size_t forced = std::min(begin + least, size);
        insert(begin, forced, end);
        end = forced;
      }
      ends.push_back(end);
      begin = end;
    }
    scratch_.resize(size);
    while (ends.size() > 1) {
      std::vector<size_t> merged;
      size_t begin = 0;
      for (size_t i = 0; i < ends.size(); i += 2) {
        if (i + 1 < ends.size()) {
          merge(begin, ends[i], ends[i + 1]);
          merged.push_back(ends[i + 1]);
        } else {
          merged.push_back(ends[i]);
        }
        begin = merged.back();
      }
      ends = std::move(merged);
    }
    return order_;
  }

 private:
  enum class Comparison : uint8_t { Any, Int, Float, Str };

  void choose_comparison() {
    const auto all = [&](auto&& test) { return std::ranges::all_of(keys_, test); };
    if (keys_.empty()) return;
    if (keys_[0].is_int() && all([](const Value& v) { return v.is_int(); })) {
      comparison_ = Comparison::Int;
    } else if (keys_[0].is_float() && all([](const Value& v) { return v.is_float(); })) {
      comparison_ = Comparison::Float;
    } else if (all([&](const Value& v) {
                 return v.is_object() && v.as_object()->type() == rt_.types.str;
               })) {
      comparison_ = Comparison::Str;
    }
  }

  bool less(uint32_t a, uint32_t b) {
    const Value& x = keys_[a];
    const Value& y = keys_[b];
    tick_();
    switch (comparison_) {
      case Comparison::Int:
        return x.as_int() < y.as_int();
      case Comparison::Float:
        return x.as_float() < y.as_float();
      case Comparison::Str:
        return x.as<Str>()->view() < y.as<Str>()->view();
      case Comparison::Any:
        break;
    }
    return rt_.less(x, y);
  }

  /// 64 > result >= 32 for long lists, such that size / result is close to a power of two.
  static size_t minimum_run(size_t size) {
    size_t odd = 0;
    while (size >= 64) {
      odd |= size & 1;
      size >>= 1;
    }
    return size + odd;
  }

  /// Length of the run that begins here; one that descends is turned round.
  size_t count_run(size_t begin) {
    const size_t size = order_.size();
    if (begin + 1 == size) return 1;
    size_t end = begin + 2;
    if (less(order_[begin + 1], order_[begin])) {
      while (end < size && less(order_[end], order_[end - 1])) ++end;
      std::reverse(order_.begin() + static_cast<ptrdiff_t>(begin),
                   order_.begin() + static_cast<ptrdiff_t>(end));
    } else {
      while (end < size && !less(order_[end], order_[end - 1])) ++end;
    }
    return end - begin;
  }

  /// Sorts [begin, end), of which [begin, sorted) is in order.
  void insert(size_t begin, size_t end, size_t sorted) {
    for (; sorted < end; ++sorted) {
      const uint32_t pivot = order_[sorted];
      size_t left = begin;
      size_t right = sorted;
      while (left < right) {
        const size_t middle = left + (right - left) / 2;
        if (less(pivot, order_[middle])) {
          right = middle;
        } else {
          left = middle + 1;
        }
      }
      for (size_t i = sorted; i > left; --i) order_[i] = order_[i - 1];
      order_[left] = pivot;
    }
  }

  void merge(size_t begin, size_t middle, size_t end) {
    if (!less(order_[middle], order_[middle - 1])) return;
    size_t left = begin;
    size_t right = middle;
    size_t out = begin;
    while (left < middle && right < end) {
      const bool take_right = less(order_[right], order_[left]);
      scratch_[out++] = order_[take_right ? right++ : left++];
    }
    while (left < middle) scratch_[out++] = order_[left++];
    while (right < end) scratch_[out++] = order_[right++];
    std::copy(scratch_.begin() + static_cast<ptrdiff_t>(begin),
              scratch_.begin() + static_cast<ptrdiff_t>(end),
              order_.begin() + static_cast<ptrdiff_t>(begin));
  }

  Runtime& rt_;
  Ticker tick_;
  const Values& keys_;
  Comparison comparison_ = Comparison::Any;
  std::vector<uint32_t> order_;
  std::vector<uint32_t> scratch_;
};

}  // namespace

void sort_values(Runtime& rt, Values& values, const Value& key, bool reverse) {
  if (values.size() > UINT32_MAX) fail_memory();
  Values keys;
  if (!key.is_none()) {
    keys.reserve(values.size());
    for (const Value& value : values) keys.push_back(rt.call(key, {value}));
  }
  Sorter sorter(rt, key.is_none() ? values : keys);
  // Equal items keep their order in reverse too: turned round before and after.
  if (reverse) sorter.reverse();
  std::vector<uint32_t> order = sorter.sort();
  if (reverse) std::reverse(order.begin(), order.end());
  Values sorted;
  sorted.reserve(values.size());
  for (uint32_t i : order) sorted.push_back(std::move(values[i]));
  values = std::move(sorted);
}

}  // namespace gradpad::lang
