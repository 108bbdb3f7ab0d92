// The ring behind deque and tee.
#include "lang/builtins/modules/ring.h"

namespace gradpad::lang {

void Ring::make_room() {
  if (static_cast<size_t>(size_) < slots_.size()) return;
  Values larger(slots_.empty() ? 8 : slots_.size() * 2);
  for (int64_t i = 0; i < size_; ++i) larger[static_cast<size_t>(i)] = std::move((*this)[i]);
  slots_.swap(larger);
  head_ = 0;
}

void Ring::push_back(Value item) {
  make_room();
  ++size_;
  (*this)[size_ - 1] = std::move(item);
}

void Ring::push_front(Value item) {
  make_room();
  head_ = place(-1);
  ++size_;
  (*this)[0] = std::move(item);
}

Value Ring::pop_back() noexcept {
  Value out = std::move((*this)[size_ - 1]);
  --size_;
  return out;
}

Value Ring::pop_front() noexcept {
  Value out = std::move((*this)[0]);
  head_ = place(1);
  --size_;
  return out;
}

void Ring::insert(int64_t i, Value item) {
  push_back(std::move(item));
  for (int64_t k = size_ - 1; k > i; --k) (*this)[k].swap((*this)[k - 1]);
}

Value Ring::erase(int64_t i) noexcept {
  for (int64_t k = i; k + 1 < size_; ++k) (*this)[k].swap((*this)[k + 1]);
  return pop_back();
}

void Ring::rotate(int64_t count) noexcept {
  const bool short_way = count <= size_ / 2;
  for (int64_t i = short_way ? count : size_ - count; i > 0; --i) {
    // One place is free: the one that was just left, or there are more.
    if (short_way) {
      Value item = pop_front();
      ++size_;
      (*this)[size_ - 1] = std::move(item);
    } else {
      Value item = pop_back();
      head_ = place(-1);
      ++size_;
      (*this)[0] = std::move(item);
    }
  }
}

void Ring::reverse() noexcept {
  for (int64_t i = 0, k = size_ - 1; i < k; ++i, --k) (*this)[i].swap((*this)[k]);
}

void Ring::clear() noexcept {
  Values old;
  old.swap(slots_);
  head_ = 0;
  size_ = 0;
}

Values Ring::to_values() const {
  Values out;
  out.reserve(static_cast<size_t>(size_));
  for (int64_t i = 0; i < size_; ++i) out.push_back((*this)[i]);
  return out;
}

}  // namespace gradpad::lang
