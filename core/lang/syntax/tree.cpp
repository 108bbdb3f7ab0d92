// The names of a tree.
#include "lang/syntax/tree.h"

namespace gradpad::lang {

const Name* Tree::name(std::string_view text) {
  if (const auto found = by_text_.find(text); found != by_text_.end()) return found->second;
  const auto number = static_cast<uint32_t>(names_.size());
  const Name* name = arena.make<Name>(arena.copy(text), number);
  names_.push_back(name);
  by_text_.emplace(name->text, name);
  return name;
}

}  // namespace gradpad::lang
