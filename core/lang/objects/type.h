// Types (classes), and their instances.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/objects/attributes.h"
#include "lang/objects/dict.h"
#include "lang/objects/finisher.h"
#include "lang/objects/native.h"
#include "lang/objects/sequence.h"
#include "lang/objects/str.h"

namespace gradpad::lang {

/// Names to values in order of first definition: what classes and modules hold.
class NameTable {
 public:
  struct Item {
    Ref<Str> name;
    Value value;  // unbound: deleted
  };
  /// Null where there is none. The pointer holds until a new name is added.
  Value* find(const Str* name) noexcept;
  void set(Str* name, Value value);
  bool erase(const Str* name);
  void clear() noexcept;
  void visit(ReferenceVisitor& visitor) const;
  const std::vector<Item>& items() const noexcept { return items_; }

 private:
  std::vector<Item> items_;
  std::unordered_map<const Str*, uint32_t> index_;
};

class Type final : public Container {
 public:
  static constexpr Kind kKind = Kind::Type;
  explicit Type(std::string name);
  ~Type() override;
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override;

  const std::string& name() const noexcept { return name_; }
  void rename(std::string name) { name_ = std::move(name); }
  std::string qualname;  // with enclosing functions and classes
  std::string module = "builtins";
  std::string doc;
  bool is_user = false;      // made by a class statement
  bool can_inherit = false;  // a class statement may name it as base
  bool is_abstract = false;  // its metaclass is abc.ABCMeta
  std::vector<std::string> abstract_methods;

  const std::vector<Type*>& mro() const noexcept { return mro_; }
  const std::vector<Ref<Type>>& bases() const noexcept { return bases_; }
  /// Base that determines the C++ class of instances.
  Type* base() const noexcept { return bases_.empty() ? nullptr : bases_[0].get(); }
  /// C3 linearisation; TypeError with Python's text where there is none.
  void set_bases(ObjectSpace& space, std::vector<Ref<Type>> bases);
  bool is_subtype_of(const Type* other) const noexcept;

  /// Changes with every change of this class or one above it; never given to another class.
  uint32_t version() const noexcept { return version_; }
  /// The attribute through the MRO, or null. The pointer holds while version() stays the same.
  Value* lookup(const Str* name);
  /// Forgets what lookup() has found, and with it names that may end now.
  void forget_lookups() noexcept { found_.clear(); }
  NameTable& own() noexcept { return own_; }
  const NameTable& own() const noexcept { return own_; }
  void set_own(ObjectSpace& space, Str* name, Value value);
  bool erase_own(ObjectSpace& space, Str* name);

  Slots slots;
  /// Where instances without owner wait for their `__del__`; null where the class has none.
  Finisher* finishing = nullptr;
  /// `__slots__`: the only attributes instances may have, unless a class above allows all.
  std::vector<Ref<Str>> slot_names;
  bool restricted = false;
  bool allows_attribute(const Str* name) const noexcept;
  /// Direct subclasses.
  const std::vector<Type*>& subtypes() const noexcept { return subtypes_; }
  /// The shape of an instance without attributes.
  Shape* root_shape() noexcept { return &root_shape_; }

 private:
  /// A new version, of this type and all below it, which are given.
  std::vector<Type*> touch();

  std::string name_;
  uint32_t version_;
  std::vector<Ref<Type>> bases_;
  std::vector<Type*> mro_;       // from this type to object; kept alive through bases_
  std::vector<Type*> subtypes_;  // direct ones; they remove themselves
  NameTable own_;
  std::unordered_map<const Str*, Value*> found_;  // lookups since the last change
  Shape root_shape_;
};

/// An object of a class that derives from `object`.
class Instance final : public Container {
 public:
  static constexpr Kind kKind = Kind::Instance;
  Instance() : Container(kKind) {}
  Attributes* attributes() noexcept override { return &attrs; }
  void clear_references() noexcept override { attrs.clear(); }
  void visit(ReferenceVisitor& visitor) override {
    visit_type(visitor);
    attrs.visit(visitor);
  }
  bool needs_finish() const noexcept override {
    return type() && type()->finishing && !is_finished();
  }
  Attributes attrs;

 protected:
  void dispose() noexcept override {
    if (needs_finish() && type()->finishing->finish_later(*this)) return;
    Container::dispose();
  }
};

/// A built-in class with room for attributes: what `class Stack(list)` makes.
template <class Base>
class Extended final : public Base {
 public:
  template <class... Args>
  explicit Extended(Args&&... args) : Base(std::forward<Args>(args)...) {
    // A cycle through the attributes passes their dict, which is a container whatever this is.
    attrs.keep_in_dict();
    if (this->reach() != Reach::Listed) this->set_reach(Reach::Some);
  }
  Attributes* attributes() noexcept override { return &attrs; }
  void visit(ReferenceVisitor& visitor) override {
    Base::visit(visitor);
    this->visit_type(visitor);
    attrs.visit(visitor);
  }
  bool needs_finish() const noexcept override {
    return this->type() && this->type()->finishing && !this->is_finished();
  }
  Attributes attrs;

 protected:
  void dispose() noexcept override {
    if (needs_finish() && this->type()->finishing->finish_later(*this)) return;
    Base::dispose();
  }
};

void Object::visit_type(ReferenceVisitor& visitor) {
  if (type_) visitor(type_);
}

}  // namespace gradpad::lang
