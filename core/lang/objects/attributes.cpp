// Shapes and the attributes placed by them.
#include "lang/objects/attributes.h"

#include <algorithm>
#include <memory>

#include "lang/objects/object_space.h"
#include "lang/objects/type.h"

namespace gradpad::lang {

namespace {

constinit thread_local uint32_t last_shape = 0;

// Names are few: up to here a walk beats a table.
constexpr uint32_t kWalk = 8;
// An object with more attributes than this is used as a dictionary, and shall be one.
constexpr uint32_t kMostSlots = 96;
// Of one class. Where every object has names of its own, shapes are not shared but gathered.
constexpr uint32_t kMostShapes = 1000;

}  // namespace

Shape::Shape() : id_(++last_shape) {}

int32_t Shape::find(const Str* name) const noexcept {
  if (size() <= kWalk) {
    for (uint32_t i = 0; i < size(); ++i) {
      if (names_[i].get() == name) return static_cast<int32_t>(i);
    }
    return -1;
  }
  const auto found = index_.find(name);
  return found == index_.end() ? -1 : static_cast<int32_t>(found->second);
}

Shape* Shape::with(Str* name) {
  if (const auto known = next_.find(name); known != next_.end()) return known->second.get();
  if (root_->made_ >= kMostShapes) return nullptr;
  std::unique_ptr<Shape> shape(new Shape(*root_));
  shape->names_ = names_;
  shape->names_.emplace_back(name);
  if (shape->size() > kWalk) {
    for (uint32_t i = 0; i < shape->size(); ++i) shape->index_[shape->names_[i].get()] = i;
  }
  Shape* made = shape.get();
  next_.emplace(name, std::move(shape));
  ++root_->made_;
  return made;
}

Attributes::~Attributes() { free_values(); }

void Attributes::free_values() noexcept {
  if (!values_) return;
  Value* values = values_;
  values_ = nullptr;
  std::destroy_n(values, shape_ ? shape_->size() : 0);
  heap_free(values, capacity_ * sizeof(Value));
  capacity_ = 0;
}

Value* Attributes::find(ObjectSpace& space, Str* name) {
  if (dict_) return dict_->find(space, Value(name));
  if (!shape_) return nullptr;
  const int32_t slot = shape_->find(name);
  return slot < 0 ? nullptr : &values_[slot];
}

void Attributes::append(Shape* next, Value value) {
  const uint32_t count = shape_ ? shape_->size() : 0;
  if (count == capacity_) {
    const uint32_t capacity = capacity_ == 0 ? 4 : capacity_ * 2;
    auto* values = static_cast<Value*>(heap_allocate(capacity * sizeof(Value)));
    std::uninitialized_move_n(values_, count, values);
    if (values_) {
      std::destroy_n(values_, count);
      heap_free(values_, capacity_ * sizeof(Value));
    }
    values_ = values;
    capacity_ = capacity;
  }
  std::construct_at(values_ + count, std::move(value));
  shape_ = next;
}

void Attributes::set(ObjectSpace& space, Type* type, Str* name, Value value) {
  if (only_dict_) dict(space);
  if (dict_) {
    dict_->set(space, Value(name), std::move(value));
    return;
  }
  if (shape_) {
    const int32_t slot = shape_->find(name);
    if (slot >= 0) {
      values_[slot].swap(value);
      return;
    }
    if (shape_->size() >= kMostSlots) {
      dict(space)->set(space, Value(name), std::move(value));
      return;
    }
  }
  Shape* from = shape_ ? shape_ : type->root_shape();
  if (Shape* next = from->with(name)) {
    append(next, std::move(value));
  } else {
    dict(space)->set(space, Value(name), std::move(value));
  }
}

bool Attributes::erase(ObjectSpace& space, Type* type, Str* name) {
  if (dict_) return dict_->erase(space, Value(name));
  if (!shape_) return false;
  const int32_t slot = shape_->find(name);
  if (slot < 0) return false;
  // The attributes behind it move up, as if it had never been set.
  const uint32_t count = shape_->size();
  Shape* shape = type->root_shape();
  for (uint32_t i = 0; i < count; ++i) {
    if (static_cast<int32_t>(i) == slot) continue;
    shape = shape->with(shape_->name(i).get());
    if (!shape) return dict(space)->erase(space, Value(name));
  }
  std::rotate(values_ + slot, values_ + slot + 1, values_ + count);
  const Value old = std::move(values_[count - 1]);
  std::destroy_at(values_ + count - 1);
  shape_ = shape;
  return true;
}

const Ref<Dict>& Attributes::dict(ObjectSpace& space) {
  if (!dict_) {
    Ref<Dict> dict = space.make_dict();
    for (uint32_t i = 0; shape_ && i < shape_->size(); ++i) {
      dict->set(space, Value(shape_->name(i)), values_[i]);
    }
    free_values();
    shape_ = nullptr;
    dict_ = std::move(dict);
  }
  return dict_;
}

void Attributes::set_dict(Ref<Dict> dict) noexcept {
  clear();
  dict_ = std::move(dict);
}

std::vector<Ref<Str>> Attributes::names() const {
  std::vector<Ref<Str>> out;
  if (dict_) {
    int64_t at = 0;
    while (const Dict::Entry* entry = dict_->next(at)) {
      if (Str* name = entry->key.to<Str>()) out.emplace_back(name);
    }
  }
  for (uint32_t i = 0; shape_ && i < shape_->size(); ++i) out.push_back(shape_->name(i));
  return out;
}

void Attributes::visit(ReferenceVisitor& visitor) const {
  const uint32_t count = shape_ ? shape_->size() : 0;
  for (uint32_t i = 0; i < count; ++i) values_[i].visit(visitor);
  dict_.visit(visitor);
}

void Attributes::clear() noexcept {
  Value* values = values_;
  const uint32_t count = shape_ ? shape_->size() : 0;
  const uint32_t capacity = capacity_;
  const Ref<Dict> dict = std::move(dict_);
  values_ = nullptr;
  shape_ = nullptr;
  capacity_ = 0;
  if (values) {
    std::destroy_n(values, count);
    heap_free(values, capacity * sizeof(Value));
  }
}

}  // namespace gradpad::lang
