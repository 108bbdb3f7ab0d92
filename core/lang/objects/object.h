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

 protected:
  explicit Object(Kind kind) noexcept : kind_(kind) {}
  ~Object() override;
  /// Ends the object without recursing over what it holds: beyond a depth the rest waits in a list.
  void dispose() noexcept override;

 private:
  Kind kind_;  // first: it fits behind the count
  Type* type_ = nullptr;
};

/// An object that can be part of a cycle. Counting alone does not free cycles, so containers stand
/// in a list of the session, which empties them at its end.
class Container : public Object {
 public:
  /// Lets go of everything held.
  virtual void clear_references() noexcept = 0;

 protected:
  explicit Container(Kind kind) noexcept : Object(kind) {}
  ~Container() override { unlink(); }

 private:
  friend class ContainerList;
  void unlink() noexcept;

  Container** link_ = nullptr;  // what points to this
  Container* next_ = nullptr;
};

class ContainerList {
 public:
  void add(Container* container) noexcept;
  /// Empties every container; those that only cycles kept alive are freed.
  void clear() noexcept;
  ~ContainerList() { clear(); }

 private:
  Container* first_ = nullptr;
};

inline Object* Value::as_object() const noexcept { return static_cast<Object*>(as_reference()); }

template <class T>
T* Value::to() const noexcept {
  if (tag_ != Tag::Object || as_object()->kind() != T::kKind) return nullptr;
  return static_cast<T*>(as_object());
}

}  // namespace gradpad::lang
