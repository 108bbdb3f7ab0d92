// A Python value in 16 bytes: None, bool, int (64 bits), float, a tensor or an object.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <utility>

#include "gradpad/tensor/ref.h"

namespace gradpad::lang {

class Object;

enum class Tag : uint8_t {
  Unbound,  // no value: a name not yet assigned, an argument left out
  None,
  Bool,
  Int,
  Float,
  // From here on the payload is a counted reference.
  Object,
  Tensor,
};

template <class T>
concept ObjectType = std::derived_from<T, Object>;
template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;

class Value {
 public:
  constexpr Value() noexcept = default;
  explicit constexpr Value(bool b) noexcept : bits_(b), tag_(Tag::Bool) {}
  template <Integer T>
  explicit constexpr Value(T i) noexcept : bits_(static_cast<int64_t>(i)), tag_(Tag::Int) {}
  explicit constexpr Value(double d) noexcept
      : bits_(std::bit_cast<int64_t>(d)), tag_(Tag::Float) {}
  /// Any object reference is a value. A null reference is the unbound value.
  template <ObjectType T>
  Value(Ref<T> object) noexcept {
    if (object) {
      tag_ = Tag::Object;
      bits_ = to_bits(object.detach());
    }
  }
  template <ObjectType T>
  explicit Value(T* object) noexcept : Value(Ref<T>(object)) {}

  static Value none() noexcept {
    Value v;
    v.tag_ = Tag::None;
    return v;
  }
  /// The implementation of a gradpad::Variable.
  static Value tensor(Ref<RefCounted> impl) noexcept {
    Value v;
    v.tag_ = Tag::Tensor;
    v.bits_ = to_bits(impl.detach());
    return v;
  }

  Value(const Value& other) noexcept : bits_(other.bits_), tag_(other.tag_) { retain(); }
  Value(Value&& other) noexcept : bits_(other.bits_), tag_(other.tag_) {
    other.tag_ = Tag::Unbound;
  }
  Value& operator=(const Value& other) noexcept {
    other.retain();
    replace(other.tag_, other.bits_);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    const Tag tag = other.tag_;
    other.tag_ = Tag::Unbound;
    replace(tag, other.bits_);
    return *this;
  }
  ~Value() {
    if (is_reference()) release(tag_, bits_);
  }

  Tag tag() const noexcept { return tag_; }
  bool is_bound() const noexcept { return tag_ != Tag::Unbound; }
  bool is_unbound() const noexcept { return tag_ == Tag::Unbound; }
  bool is_none() const noexcept { return tag_ == Tag::None; }
  bool is_bool() const noexcept { return tag_ == Tag::Bool; }
  bool is_int() const noexcept { return tag_ == Tag::Int; }
  bool is_float() const noexcept { return tag_ == Tag::Float; }
  bool is_object() const noexcept { return tag_ == Tag::Object; }
  bool is_tensor() const noexcept { return tag_ == Tag::Tensor; }
  bool is_reference() const noexcept { return tag_ >= Tag::Object; }
  /// int or bool, which counts as 0 or 1.
  bool is_integral() const noexcept { return tag_ == Tag::Int || tag_ == Tag::Bool; }
  bool is_number() const noexcept { return is_integral() || tag_ == Tag::Float; }

  // Unchecked reads: the caller has looked at the tag.
  bool as_bool() const noexcept { return bits_ != 0; }
  int64_t as_int() const noexcept { return bits_; }  // also right for bool
  double as_float() const noexcept { return std::bit_cast<double>(bits_); }
  double as_number() const noexcept {
    return tag_ == Tag::Float ? as_float() : static_cast<double>(bits_);
  }
  RefCounted* as_reference() const noexcept { return from_bits(bits_); }
  inline Object* as_object() const noexcept;  // object.h
  /// Unchecked cast of an object: the caller knows its kind.
  template <class T>
  T* as() const noexcept {
    return static_cast<T*>(as_object());
  }
  /// The object where it is a T (or of a class that inherits T's layout), else null.
  template <class T>
  inline T* to() const noexcept;  // object.h
  template <class T>
  bool is() const noexcept {
    return to<T>() != nullptr;
  }

  /// `is` of the language.
  bool same(const Value& other) const noexcept {
    return tag_ == other.tag_ && (tag_ == Tag::None || bits_ == other.bits_);
  }
  void visit(ReferenceVisitor& visitor) const {
    if (is_reference()) visitor(as_reference());
  }
  void swap(Value& other) noexcept {
    std::swap(tag_, other.tag_);
    std::swap(bits_, other.bits_);
  }

  // Overwrites with a number; cheaper than assignment, since nothing is retained.
  void set_int(int64_t i) noexcept { set_number(Tag::Int, i); }
  void set_float(double d) noexcept { set_number(Tag::Float, std::bit_cast<int64_t>(d)); }
  void set_bool(bool b) noexcept { set_number(Tag::Bool, b); }
  void clear() noexcept {
    drop();
    tag_ = Tag::Unbound;
  }

 private:
  // Objects belong to one thread, a tensor may be in use by others.
  void retain() const noexcept {
    if (!is_reference()) return;
    if (!kHasThreads || tag_ == Tag::Object) {
      as_reference()->retain_alone();
    } else {
      as_reference()->retain();
    }
  }
  /// What holds a reference gives it up.
  static void release(Tag tag, int64_t bits) noexcept {
    if (!kHasThreads || tag == Tag::Object) {
      from_bits(bits)->release_alone();
    } else {
      release_shared(bits);
    }
  }
  /// Not inline, for every end of a value would be larger by it.
  static void release_shared(int64_t bits) noexcept;
  /// Releases last, for that may run code that looks at this value.
  void replace(Tag tag, int64_t bits) noexcept {
    const Tag old_tag = tag_;
    const int64_t old_bits = bits_;
    tag_ = tag;
    bits_ = bits;
    if (old_tag >= Tag::Object) release(old_tag, old_bits);
  }
  void drop() noexcept {
    if (is_reference()) replace(Tag::Unbound, bits_);
  }
  void set_number(Tag tag, int64_t bits) noexcept {
    if constexpr (kHasThreads) {
      if (is_reference()) give_up();
    } else {
      drop();
    }
    tag_ = tag;
    bits_ = bits;
  }
  /// That a number takes the place of a reference is rare: not inline, so that loops over numbers
  /// need not keep registers for it. Without threads there is little to keep them for, and browsers
  /// run a loop with the call in it slower by a sixth, now and then.
  [[gnu::noinline]] void give_up() noexcept;

  static RefCounted* from_bits(int64_t bits) noexcept {
    return reinterpret_cast<RefCounted*>(static_cast<intptr_t>(bits));
  }
  static int64_t to_bits(RefCounted* reference) noexcept {
    return static_cast<int64_t>(reinterpret_cast<intptr_t>(reference));
  }

  int64_t bits_ = 0;
  Tag tag_ = Tag::Unbound;
};

static_assert(sizeof(Value) == 16);

}  // namespace gradpad::lang
