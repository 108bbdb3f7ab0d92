// Types: their order of bases, lookup with a cache, and versions that tell instructions of changes.
#include "lang/objects/type.h"

#include <algorithm>

#include "gradpad/tensor/error.h"
#include "lang/objects/object_space.h"

namespace gradpad::lang {

namespace {

constinit thread_local uint32_t last_version = 0;

}  // namespace

Value* NameTable::find(const Str* name) noexcept {
  const auto found = index_.find(name);
  if (found == index_.end()) return nullptr;
  Value& value = items_[found->second].value;
  return value.is_bound() ? &value : nullptr;
}

void NameTable::set(Str* name, Value value) {
  // Room first: an entry of the index without its item would lead nowhere.
  if (items_.size() == items_.capacity()) items_.reserve(std::max<size_t>(4, items_.size() * 2));
  const auto [place, fresh] = index_.try_emplace(name, static_cast<uint32_t>(items_.size()));
  if (fresh) {
    items_.push_back({Ref<Str>(name), std::move(value)});
    return;
  }
  Item& item = items_[place->second];
  if (item.value.is_bound()) {
    item.value.swap(value);
    return;
  }
  // Deleted and set again: a new name, so it goes to the end.
  items_.push_back({Ref<Str>(name), std::move(value)});
  place->second = static_cast<uint32_t>(items_.size() - 1);
}

bool NameTable::erase(const Str* name) {
  const auto found = index_.find(name);
  if (found == index_.end()) return false;
  const Value old = std::move(items_[found->second].value);
  return old.is_bound();
}

void NameTable::clear() noexcept {
  const auto items = std::move(items_);
  items_.clear();
  index_.clear();
}

void NameTable::visit(ReferenceVisitor& visitor) const {
  for (const Item& item : items_) item.value.visit(visitor);
}

Type::Type(std::string name)
    : Container(kKind), qualname(name), name_(std::move(name)), version_(++last_version) {
  mro_.push_back(this);
}

Type::~Type() {
  for (const Ref<Type>& base : bases_) std::erase(base->subtypes_, this);
}

void Type::clear_references() noexcept {
  found_.clear();
  own_.clear();
}

void Type::visit(ReferenceVisitor& visitor) {
  visit_each(visitor, bases_);
  own_.visit(visitor);
}

std::vector<Type*> Type::touch() {
  // A worklist: chains of classes may be long. Each once: in a lattice of diamonds there are very
  // many ways to a class.
  std::vector<Type*> changed{this};
  const uint32_t before = last_version;
  version_ = ++last_version;
  for (size_t i = 0; i < changed.size(); ++i) {
    changed[i]->found_.clear();
    for (Type* subtype : changed[i]->subtypes_) {
      if (subtype->version_ > before) continue;
      subtype->version_ = ++last_version;
      changed.push_back(subtype);
    }
  }
  return changed;
}

void Type::set_bases(ObjectSpace& space, std::vector<Ref<Type>> bases) {
  // C3: merge the orders of the bases, each time taking a head that is in no other order's tail.
  std::vector<std::vector<Type*>> orders;
  for (const Ref<Type>& base : bases) orders.push_back(base->mro_);
  std::vector<Type*> direct;
  for (const Ref<Type>& base : bases) direct.push_back(base.get());
  orders.push_back(direct);
  std::vector<Type*> order{this};
  for (;;) {
    std::erase_if(orders, [](const auto& o) { return o.empty(); });
    if (orders.empty()) break;
    Type* head = nullptr;
    for (const auto& candidate : orders) {
      const bool in_tail = std::ranges::any_of(orders, [&](const auto& o) {
        return std::find(o.begin() + 1, o.end(), candidate.front()) != o.end();
      });
      if (!in_tail) {
        head = candidate.front();
        break;
      }
    }
    if (!head) {
      std::string names;
      for (const Type* base : direct) names += (names.empty() ? "" : ", ") + base->name();
      fail(ErrorKind::Type, "Cannot create a consistent method resolution\norder (MRO) for bases ",
           names);
    }
    order.push_back(head);
    for (auto& o : orders) {
      if (o.front() == head) o.erase(o.begin());
    }
  }
  for (const Ref<Type>& base : bases_) std::erase(base->subtypes_, this);
  bases_ = std::move(bases);
  for (const Ref<Type>& base : bases_) base->subtypes_.push_back(this);
  mro_ = std::move(order);
  touch();
  space.inherit_slots(*this);
}

bool Type::is_subtype_of(const Type* other) const noexcept {
  if (this == other) return true;
  return std::ranges::find(mro_, other) != mro_.end();
}

bool Type::allows_attribute(const Str* name) const noexcept {
  if (!restricted) return true;
  return std::ranges::any_of(mro_, [&](const Type* type) {
    return std::ranges::any_of(type->slot_names, [&](const auto& n) { return n.get() == name; });
  });
}

Value* Type::lookup(const Str* name) {
  const auto found = found_.find(name);
  if (found != found_.end()) return found->second;
  Value* value = nullptr;
  for (Type* type : mro_) {
    value = type->own_.find(name);
    if (value) break;
  }
  found_.emplace(name, value);
  return value;
}

void Type::set_own(ObjectSpace& space, Str* name, Value value) {
  own_.set(name, std::move(value));
  const std::vector<Type*> changed = touch();
  if (!name->view().starts_with("__")) return;
  for (Type* type : changed) space.inherit_slots(*type);
}

bool Type::erase_own(ObjectSpace& space, Str* name) {
  if (!own_.erase(name)) return false;
  for (Type* type : touch()) space.inherit_slots(*type);
  return true;
}

}  // namespace gradpad::lang
