// What a Runtime keeps to itself.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

struct Runtime::Tables {
  std::vector<Ref<Type>> types;
  std::unordered_map<std::string_view, Type*> iterators;
  std::set<std::string> warned;
};

}  // namespace gradpad::lang
