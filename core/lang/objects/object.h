// The root of everything that is not a number: objects with a type, and what holds their
// attributes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "lang/objects/heap.h"
#include "lang/objects/value.h"

namespace gradpad::lang {

class ObjectSpace;
class Runtime;
class Type;
class Attributes;

/// The C++ class of an object, inherited by user classes derived from a built-in one: an instance
/// of `class Stack(list)` has Kind::List and its own Type.
enum class Kind : uint8_t {
  Plain,  // a built-in object with nothing the core needs to know; told apart by its Type
  Instance,
  Exception,
  Type,
  Str,
  List,
  Tuple,
  Dict,
  Set,
  Range,
  Slice,
  Iterator,
  Generator,
  Function,
  NativeFunction,
  BoundMethod,
  Property,
  StaticMethod,
  ClassMethod,
  Super,
  Module,
  Code,
  Cell,
};

class Object : public RefCounted {
 public:
  static void* operator new(size_t bytes) { return heap_allocate_object(bytes); }
  static void operator delete(void* block, size_t bytes) { heap_free_object(block, bytes); }

  // A session and its objects belong to one thread.
  void retain() const noexcept { retain_alone(); }
  void release() const noexcept { release_alone(); }

  Kind kind() const noexcept { return kind_; }
  /// Null only between construction and Runtime::make's end.
  Type* type() const noexcept { return type_; }
  /// Replaces the type; keeps the new one alive.
  void set_type(Type* type) noexcept;

  /// Where the object keeps its own attributes; null where it cannot have any.
  virtual Attributes* attributes() noexcept { return nullptr; }

  /// Whether something of the user's has to run before it may end.
  virtual bool needs_finish() const noexcept { return false; }
  /// Its clean-up (`__del__`, the end of a generator's `try`) has run; it runs once.
  bool is_finished() const noexcept { return finished_; }
  void mark_finished() noexcept { finished_ = true; }
  /// Somebody refers to it weakly: they hear of its end (weak_reference.h).
  bool is_weakly_referenced() const noexcept { return weakly_referenced_; }
  void set_weakly_referenced(bool value) noexcept { weakly_referenced_ = value; }
  /// Whether objects of this thread are ending at this moment.
  static bool is_any_ending() noexcept;

 protected:
  explicit Object(Kind kind, Reach reach = Reach::Nothing) noexcept
      : RefCounted(reach), kind_(kind) {}
  ~Object() override;
  /// For classes whose objects may be of a class of the user's.
  inline void visit_type(ReferenceVisitor& visitor);
  /// Ends the object without recursing over what it holds: beyond a depth the rest waits in a list.
  void dispose() noexcept override;

 private:
  Kind kind_;  // first: these fit behind the count
  bool finished_ = false;
  bool weakly_referenced_ = false;
  Type* type_ = nullptr;
};

/// An object that can close a cycle: something can be put into it after it was made. Counting alone
/// does not free cycles, so containers stand in the list of the session's Collector. What is only
/// held by others, as a bound method or a tuple, need not: a cycle through it passes a container.
class Container : public Object {
 public:
  /// Lets go of everything that `visit` names, as far as cycles can close through it.
  virtual void clear_references() noexcept = 0;

 protected:
  explicit Container(Kind kind) noexcept : Object(kind, Reach::Listed) {}
  ~Container() override { unlink(); }

 private:
  friend class Collector;
  void unlink() noexcept;

  // The address of the pointer to this one; while the Collector searches, its own notes (which are
  // odd). 0: in no list.
  uintptr_t link_ = 0;
  Container* next_ = nullptr;
};

inline Object* Value::as_object() const noexcept { return static_cast<Object*>(as_reference()); }

template <class T>
T* Value::to() const noexcept {
  if (tag_ != Tag::Object || as_object()->kind() != T::kKind) return nullptr;
  return static_cast<T*>(as_object());
}

}  // namespace gradpad::lang
