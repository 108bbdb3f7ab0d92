// The table from objects to their weak references, so that the others pay nothing for it.
#include "lang/objects/weak_reference.h"

#include <unordered_map>

#include "lang/objects/type.h"

namespace gradpad::lang {

namespace {

using Heads = std::unordered_map<const RefCounted*, WeakReference*>;

Heads& heads() {
  thread_local Heads table;
  return table;
}

}  // namespace

WeakReference::WeakReference(const Value& target, Value callback_, bool proxy, Finisher& finisher)
    : Container(Kind::Plain),
      callback(std::move(callback_)),
      is_proxy(proxy),
      target_(target.as_reference()),
      to_tensor_(target.is_tensor()),
      finisher_(finisher) {
  WeakReference*& head = heads()[target_];
  next_ = head;
  if (head) head->previous_ = this;
  head = this;
  if (!to_tensor_) target.as_object()->set_weakly_referenced(true);
}

WeakReference::~WeakReference() { detach(); }

void WeakReference::detach() noexcept {
  if (!target_) return;
  if (next_) next_->previous_ = previous_;
  if (previous_) {
    previous_->next_ = next_;
  } else {
    const auto head = heads().find(target_);
    if (next_) {
      head->second = next_;
    } else {
      heads().erase(head);
      if (!to_tensor_) static_cast<Object*>(target_)->set_weakly_referenced(false);
    }
  }
  target_ = nullptr;
  next_ = previous_ = nullptr;
}

void WeakReference::clear_references() noexcept {
  detach();
  callback.clear();
}

void WeakReference::visit(ReferenceVisitor& visitor) { callback.visit(visitor); }

Value WeakReference::target() const noexcept {
  if (!target_) return {};
  if (to_tensor_) return Value::tensor(Ref<RefCounted>(target_));
  return Value(static_cast<Object*>(target_));
}

WeakReference* first_weak_reference(const RefCounted& target) noexcept {
  const auto head = heads().find(&target);
  return head == heads().end() ? nullptr : head->second;
}

void clear_weak_references(RefCounted& target) noexcept {
  while (WeakReference* reference = first_weak_reference(target)) {
    reference->detach();
    // One that ends itself at this moment is not told.
    if (reference->callback.is_bound() && reference->use_count() > 0) {
      reference->finisher_.finish_later(*reference);
    }
  }
}

}  // namespace gradpad::lang
