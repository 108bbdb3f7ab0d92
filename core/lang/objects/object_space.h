// ObjectSpace: what objects rely on in the session they live in. It makes them and knows their
// types; what it cannot know without running the language (a hash, whether two are equal) the
// Runtime adds.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "lang/objects/collector.h"
#include "lang/objects/dict.h"
#include "lang/objects/names.h"
#include "lang/objects/sequence.h"
#include "lang/objects/set.h"
#include "lang/objects/str.h"
#include "lang/objects/type.h"

namespace gradpad::lang {

class ObjectSpace {
 public:
  ObjectSpace(const ObjectSpace&) = delete;
  ObjectSpace& operator=(const ObjectSpace&) = delete;

  Types types;  // types.list, types.value_error, ... (names.h)
  Names names;  // interned: names.init is "__init__"

  // --- Making values -----------------------------------------------------------------------------
  /// An object of the type that belongs to its C++ class.
  template <class T, class... Args>
  Ref<T> make(Args&&... args) {
    return make_of<T>(types.of_kind(T::kKind), std::forward<Args>(args)...);
  }
  /// An object of the given type. For a user class derived from a built-in one it is an
  /// Extended<T>.
  template <class T, class... Args>
  Ref<T> make_of(Type* type, Args&&... args) {
    Ref<T> object;
    if constexpr (std::is_final_v<T>) {
      object = Ref<T>(new T(std::forward<Args>(args)...));
    } else if (type->is_user) {
      object = Ref<T>(new Extended<T>(std::forward<Args>(args)...));
    } else {
      object = Ref<T>(new T(std::forward<Args>(args)...));
    }
    object->set_type(type);
    if constexpr (std::is_base_of_v<Container, T>) collector_.add(object.get());
    return object;
  }
  /// Enters a container made elsewhere into the list of all.
  void adopt(Container* container) noexcept { collector_.add(container); }
  Ref<Str> make_str(std::string text) { return make<Str>(std::move(text)); }
  Ref<Str> make_str(char32_t code_point);  // kept for ASCII
  Ref<Str> intern(std::string_view text);
  Ref<Str> intern(Str* text);
  /// Whether so many strings are interned that it is worth while to see which are in use.
  bool has_many_names() const noexcept;
  /// Ends the interned strings that nobody holds. To be called where no C++ code is at work with a
  /// name that it does not hold.
  void forget_unused_names() noexcept;
  Ref<Tuple> make_tuple(std::initializer_list<Value> items);
  Ref<Tuple> make_tuple(std::span<const Value> items);
  Ref<List> make_list(Values items = {}) { return make<List>(std::move(items)); }
  Ref<Dict> make_dict() { return make<Dict>(); }
  Ref<Set> make_set() { return make<Set>(); }

  // --- What runs the language --------------------------------------------------------------------
  virtual int64_t hash(const Value& v) = 0;  // TypeError: unhashable type
  /// Identity counts as equality, as in containers.
  virtual bool equal(const Value& a, const Value& b) = 0;
  /// Fills the slots of a user class from what the classes above and it define under the special
  /// names; built-in types keep those they were given.
  virtual void inherit_slots(Type& type) = 0;

 protected:
  ObjectSpace() = default;
  virtual ~ObjectSpace() = default;

  void intern_names();
  /// Lets go of every string that was kept.
  void forget_strings() noexcept;

  Collector collector_;

 private:
  std::unordered_map<std::string_view, Ref<Str>> interned_;  // keys are the texts of the values
  size_t names_in_use_ = 0;                                  // when that was last seen
  std::array<Value, 128> characters_;
};

}  // namespace gradpad::lang
