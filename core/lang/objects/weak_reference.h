// Weak references: they know their object while it lives and do not keep it alive.
#pragma once

#include "lang/objects/finisher.h"
#include "lang/objects/object.h"

namespace gradpad::lang {

class WeakReference : public Container {
 public:
  /// To an object, or to a tensor that Garbage::watch_tensor has been called for.
  WeakReference(const Value& target, Value callback, bool is_proxy, Finisher& finisher);
  ~WeakReference() override;
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override;

  /// The object; unbound when it has ended.
  Value target() const noexcept;
  bool is_dead() const noexcept { return !target_; }
  /// Forgets the object; its end is not told.
  void detach() noexcept;
  /// The next one to the same object: those made last come first.
  WeakReference* next() const noexcept { return next_; }

  Value callback;  // unbound: none
  const bool is_proxy;
  int64_t hash = -1;  // of the object, once asked for: it holds when the object is gone

 private:
  friend void clear_weak_references(RefCounted& target) noexcept;

  RefCounted* target_;
  bool to_tensor_;
  Finisher& finisher_;
  WeakReference* next_ = nullptr;
  WeakReference* previous_ = nullptr;
};

/// The first of the weak references to an object; null where there are none.
WeakReference* first_weak_reference(const RefCounted& target) noexcept;
/// The object ends: all forget it, and those with a callback have it called later.
void clear_weak_references(RefCounted& target) noexcept;

}  // namespace gradpad::lang
