// The globals of a module: places for names that compiled code uses, a table for all others.
#include "lang/objects/module.h"

#include <algorithm>

namespace gradpad::lang {

Module::Module(Ref<Str> name_) : Container(kKind), name(std::move(name_)) {}

void Module::clear_references() noexcept {
  for (uint32_t i = 0; i < room_; ++i) slots_[i].clear();
  extra_.clear();
}

void Module::visit(ReferenceVisitor& visitor) {
  for (uint32_t i = 0; i < room_; ++i) slots_[i].visit(visitor);
  extra_.visit(visitor);
}

int64_t Module::find_slot(const Str* global) const noexcept {
  const auto found = index_.find(global);
  if (found == index_.end() || found->second >= room_) return -1;
  return static_cast<int64_t>(found->second);
}

Value* Module::find(const Str* global) noexcept {
  const int64_t slot = find_slot(global);
  if (slot < 0) return extra_.find(global);
  Value& value = slots_[static_cast<size_t>(slot)];
  return value.is_bound() ? &value : nullptr;
}

void Module::set(Str* global, Value value) {
  const int64_t slot = find_slot(global);
  if (slot < 0) {
    extra_.set(global, std::move(value));
  } else {
    slots_[static_cast<size_t>(slot)].swap(value);
  }
}

bool Module::erase(const Str* global) {
  const int64_t slot = find_slot(global);
  if (slot < 0) return extra_.erase(global);
  const Value old = std::move(slots_[static_cast<size_t>(slot)]);
  return old.is_bound();
}

const Str* Module::name_of(const RefCounted& held) const noexcept {
  for (uint32_t i = 0; i < room_; ++i) {
    const Value& value = slots_[i];
    if (names_[i] && value.is_reference() && value.as_reference() == &held) return names_[i].get();
  }
  return nullptr;
}

std::vector<std::pair<Ref<Str>, Value>> Module::bound() const {
  std::vector<std::pair<Ref<Str>, Value>> out;
  for (uint32_t i = 0; i < room_; ++i) {
    if (names_[i] && slots_[i].is_bound()) out.emplace_back(names_[i], slots_[i]);
  }
  for (const auto& item : extra_.items()) {
    if (item.value.is_bound()) out.emplace_back(item.name, item.value);
  }
  return out;
}

uint32_t Module::slot_of(Str* global) {
  // Room first: every entry of the index has its name.
  if (names_.size() == names_.capacity()) names_.reserve(std::max<size_t>(8, names_.size() * 2));
  const auto [place, fresh] = index_.try_emplace(global, slot_count());
  if (fresh) names_.emplace_back(global);
  return place->second;
}

uint32_t Module::add_temporaries(uint32_t count) {
  const uint32_t first = slot_count();
  names_.resize(names_.size() + count);
  return first;
}

void Module::grow_slots() {
  if (room_ == slot_count()) return;
  auto slots = std::make_unique<Value[]>(names_.size());
  for (uint32_t i = 0; i < room_; ++i) slots[i] = std::move(slots_[i]);
  slots_ = std::move(slots);
  const uint32_t old_room = room_;
  room_ = slot_count();
  for (uint32_t i = old_room; i < room_; ++i) {
    if (!names_[i]) continue;
    if (const Value* value = extra_.find(names_[i].get())) {
      slots_[i] = *value;
      extra_.erase(names_[i].get());
    }
  }
}

}  // namespace gradpad::lang
