// "Did you mean": the known name closest to a wrong one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lang/syntax/hint.h"

namespace gradpad::lang {

class Runtime;
class Exception;

/// The candidate closest to `name`, or empty where none is close; as CPython chooses.
std::string closest(std::string_view name, const std::vector<std::string>& candidates);
/// The name that a NameError or AttributeError probably meant, or empty.
std::string suggestion_for(Runtime& rt, Exception& error);
/// What to do where no module of that name exists.
Hint import_hint(std::string_view name, const std::vector<std::string>& known);

}  // namespace gradpad::lang
