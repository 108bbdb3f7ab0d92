// How objects keep their attributes: values in an array, placed by a shape that like objects share.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "lang/objects/dict.h"
#include "lang/objects/str.h"

namespace gradpad::lang {

class Type;

/// Which attribute stands where in an instance. Instances that got the same attributes in the same
/// order share one shape, so that an instruction which has seen the shape knows the place.
class Shape {
 public:
  Shape();
  uint32_t id() const noexcept { return id_; }
  uint32_t size() const noexcept { return static_cast<uint32_t>(names_.size()); }
  const Ref<Str>& name(uint32_t slot) const noexcept { return names_[slot]; }
  /// The place of a name, or -1.
  int32_t find(const Str* name) const noexcept;
  /// The shape with one name more; null where the class has very many shapes already.
  Shape* with(Str* name);

 private:
  explicit Shape(Shape& root) : Shape() { root_ = &root; }

  uint32_t id_;  // never given twice
  Shape* root_ = this;
  uint32_t made_ = 0;  // of a root: how many shapes come from it
  std::vector<Ref<Str>> names_;
  std::unordered_map<const Str*, uint32_t> index_;  // only of larger shapes
  std::unordered_map<const Str*, std::unique_ptr<Shape>> next_;
};

/// The attributes of one object: values placed by its shape, or, once somebody asks for `__dict__`
/// or there are very many, an ordinary dict.
class Attributes {
 public:
  Attributes() = default;
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes();

  Value* find(ObjectSpace& space, Str* name);
  void set(ObjectSpace& space, Type* type, Str* name, Value value);
  bool erase(ObjectSpace& space, Type* type, Str* name);
  /// `__dict__`: from now on the attributes live in it.
  const Ref<Dict>& dict(ObjectSpace& space);
  /// Replaces all attributes by the contents of this dict, shared.
  void set_dict(Ref<Dict> dict) noexcept;
  std::vector<Ref<Str>> names() const;
  void clear() noexcept;
  void visit(ReferenceVisitor& visitor) const;
  /// The first attribute makes the dict.
  void keep_in_dict() noexcept { only_dict_ = true; }

  // For inline caches: null while there are no attributes or they live in a dict.
  Shape* shape() const noexcept { return shape_; }
  Value& slot(uint32_t i) noexcept { return values_[i]; }
  /// Adds the attribute that turns the shape into `next`.
  void append(Shape* next, Value value);
  bool is_empty() const noexcept { return !shape_ && !dict_; }
  bool has_dict() const noexcept { return static_cast<bool>(dict_); }

 private:
  void free_values() noexcept;

  Shape* shape_ = nullptr;
  uint32_t capacity_ = 0;
  bool only_dict_ = false;
  Value* values_ = nullptr;
  Ref<Dict> dict_;
};

}  // namespace gradpad::lang
