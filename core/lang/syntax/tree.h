// A syntax tree with everything its nodes point to.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "lang/syntax/arena.h"
#include "lang/syntax/ast.h"

namespace gradpad::lang {

class Tree {
 public:
  Arena arena;
  Block body;

  /// The name of this spelling.
  const Name* name(std::string_view text);
  /// In the order of their numbers.
  const std::vector<const Name*>& names() const noexcept { return names_; }
  ScopeNumber new_scope() noexcept { return scopes_++; }
  uint32_t scope_count() const noexcept { return scopes_; }

 private:
  std::vector<const Name*> names_;
  std::unordered_map<std::string_view, const Name*> by_text_;  // keys are the texts of the values
  uint32_t scopes_ = 0;
};

}  // namespace gradpad::lang
