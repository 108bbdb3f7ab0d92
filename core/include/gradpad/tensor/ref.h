// Intrusive reference counting. References may be copied and dropped by any thread; the counts are
// atomic as soon as there is more than one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "gradpad/tensor/threads.h"

namespace gradpad {

class RefCounted;

/// Is told of references, one by one: `visit` of an object names each that it owns, as often as it
/// is counted. Naming one that is not owned would free what is in use.
class ReferenceVisitor {
 public:
  inline void operator()(RefCounted* target);
  /// Names an object that is not owned but shall be looked through as well.
  virtual void notice(RefCounted&) {}

 protected:
  ReferenceVisitor() = default;
  ReferenceVisitor(const ReferenceVisitor&) = default;
  ReferenceVisitor& operator=(const ReferenceVisitor&) = default;
  ~ReferenceVisitor() = default;
  virtual void reach(RefCounted& target) = 0;
};

/// What the search for cycles need know of an object.
enum class Reach : uint8_t {
  Nothing,  // owns no references that could lead back to it: the search ends here
  Some,     // is looked through by `visit`
  Unknown,  // whatever it holds, it will hold for ever: `settle_reach` may find that it is nothing
  Listed,   // stands in the list of those where the search begins
};

class RefCounted {
 public:
  RefCounted() = default;
  RefCounted(const RefCounted&) = delete;
  RefCounted& operator=(const RefCounted&) = delete;

  void retain() const noexcept {
    if (has_threads()) {
      __atomic_add_fetch(&count_, 1, __ATOMIC_RELAXED);
    } else {
      ++count_;
    }
  }
  void release() const noexcept {
    const bool last =
        has_threads() ? __atomic_sub_fetch(&count_, 1, __ATOMIC_ACQ_REL) == 0 : --count_ == 0;
    if (last) const_cast<RefCounted*>(this)->dispose();
  }
  /// Takes a reference where the caller holds none; false if the object is ending.
  [[nodiscard]] bool try_retain() const noexcept {
    uint32_t count = use_count();
    while (count != 0) {
      if (__atomic_compare_exchange_n(&count_, &count, count + 1, true, __ATOMIC_ACQ_REL,
                                      __ATOMIC_RELAXED)) {
        return true;
      }
    }
    return false;
  }
  /// Whoever sees 1 here and holds the reference holds the only one.
  uint32_t use_count() const noexcept { return __atomic_load_n(&count_, __ATOMIC_ACQUIRE); }

  // For objects that belong to one thread, whatever threads there are.
  void retain_alone() const noexcept { ++count_; }
  void release_alone() const noexcept {
    if (--count_ == 0) const_cast<RefCounted*>(this)->dispose();
  }

  /// Names every reference that the object owns. Leaving one out keeps cycles through it alive.
  virtual void visit(ReferenceVisitor&) {}
  /// Of one whose reach is Unknown.
  virtual void settle_reach() {}
  Reach reach() const noexcept { return reach_; }

 protected:
  explicit RefCounted(Reach reach) noexcept : reach_(reach) {}
  void set_reach(Reach reach) noexcept { reach_ = reach; }
  virtual ~RefCounted() = default;
  /// Ends the object's life. Overridden where the destructor could recurse over user-sized data
  /// or where the memory was not taken with `new`.
  virtual void dispose() noexcept { delete this; }

 private:
  mutable uint32_t count_ = 0;
  Reach reach_ = Reach::Nothing;
};

void ReferenceVisitor::operator()(RefCounted* target) {
  if (target->reach() != Reach::Nothing) reach(*target);
}

/// Owning pointer to a RefCounted object.
template <class T>
class Ref {
 public:
  constexpr Ref() noexcept = default;
  constexpr Ref(std::nullptr_t) noexcept {}
  explicit Ref(T* object) noexcept : object_(object) {
    if (object_) object_->retain();
  }
  Ref(const Ref& other) noexcept : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <class U>
    requires(std::is_convertible_v<U*, T*>)
  Ref(const Ref<U>& other) noexcept : Ref(other.get()) {}
  template <class U>
    requires(std::is_convertible_v<U*, T*>)
  Ref(Ref<U>&& other) noexcept : object_(other.detach()) {}
  ~Ref() {
    if (object_) object_->release();
  }

  // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): the copy keeps what `other` holds.
  Ref& operator=(const Ref& other) noexcept {
    Ref(other).swap(*this);
    return *this;
  }
  Ref& operator=(Ref&& other) noexcept {
    Ref(std::move(other)).swap(*this);
    return *this;
  }

  T* get() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }
  bool operator==(const Ref& other) const noexcept { return object_ == other.object_; }
  void swap(Ref& other) noexcept { std::swap(object_, other.object_); }
  void reset() noexcept { Ref().swap(*this); }
  void visit(ReferenceVisitor& visitor) const {
    if (object_) visitor(object_);
  }

  /// Gives the reference up without releasing it; `adopt` takes it back.
  [[nodiscard]] T* detach() noexcept { return std::exchange(object_, nullptr); }
  static Ref adopt(T* object) noexcept {
    Ref ref;
    ref.object_ = object;
    return ref;
  }

 private:
  T* object_ = nullptr;
};

/// Names what each of `owners` holds.
template <class Owners>
void visit_each(ReferenceVisitor& visitor, const Owners& owners) {
  for (const auto& owner : owners) owner.visit(visitor);
}

template <class T, class... Args>
Ref<T> make_ref(Args&&... args) {
  return Ref<T>(new T(std::forward<Args>(args)...));
}

}  // namespace gradpad
