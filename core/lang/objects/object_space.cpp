// Strings that are kept, and tuples.
#include "lang/objects/object_space.h"

#include <algorithm>

namespace gradpad::lang {

void ObjectSpace::intern_names() {
#define GRADPAD_INTERN_1(member) names.member = intern("__" #member "__");
#define GRADPAD_INTERN_2(member, text) names.member = intern(text);
#define X(...) GRADPAD_NAME_PICK(__VA_ARGS__, GRADPAD_INTERN_2, GRADPAD_INTERN_1, )(__VA_ARGS__)
  GRADPAD_NAMES(X)
#undef X
}

void ObjectSpace::forget_strings() noexcept {
  for (Value& text : characters_) text.clear();
  names = Names();
  interned_.clear();
}

Ref<Str> ObjectSpace::make_str(char32_t code_point) {
  if (code_point < characters_.size()) {
    Value& kept = characters_[code_point];
    if (kept.is_unbound()) kept = make_str(std::string(1, static_cast<char>(code_point)));
    return Ref<Str>(kept.as<Str>());
  }
  std::string text;
  utf8_append(text, code_point);
  return make_str(std::move(text));
}

Ref<Str> ObjectSpace::intern(std::string_view text) {
  const auto found = interned_.find(text);
  if (found != interned_.end()) return found->second;
  return intern(make_str(std::string(text)).get());
}

Ref<Str> ObjectSpace::intern(Str* text) {
  if (text->is_interned()) return Ref<Str>(text);
  const auto found = interned_.find(text->view());
  if (found != interned_.end()) return found->second;
  if (text->type() != types.str) return intern(std::string_view(std::string(text->view())));
  Ref<Str> kept(text);
  text->mark_interned();
  interned_.emplace(text->view(), kept);
  return kept;
}

bool ObjectSpace::has_many_names() const noexcept {
  constexpr size_t kMany = 20'000;
  return interned_.size() > std::max(kMany, names_in_use_ * 2);
}

void ObjectSpace::forget_unused_names() noexcept {
  collector_.for_each([](Container& container) {
    if (container.kind() == Kind::Type) static_cast<Type&>(container).forget_lookups();
  });
  std::erase_if(interned_, [](const auto& entry) { return entry.second->use_count() == 1; });
  names_in_use_ = interned_.size();
}

Ref<Tuple> ObjectSpace::make_tuple(std::initializer_list<Value> items) {
  return make_tuple(std::span<const Value>(items.begin(), items.size()));
}

Ref<Tuple> ObjectSpace::make_tuple(std::span<const Value> items) {
  Ref<Tuple> tuple = make<Tuple>(static_cast<int64_t>(items.size()));
  std::copy(items.begin(), items.end(), tuple->begin());
  return tuple;
}

}  // namespace gradpad::lang
