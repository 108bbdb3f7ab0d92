// Where printed text goes.
#pragma once

#include <functional>
#include <string_view>

namespace gradpad::lang {

struct Output {
  std::function<void(std::string_view)> out;
  std::function<void(std::string_view)> error;
};

}  // namespace gradpad::lang
