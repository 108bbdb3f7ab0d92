// Exceptions as Python prints them.
#pragma once

#include <optional>
#include <string>

#include "lang/objects/exception.h"

namespace gradpad::lang {

class Runtime;

/// The whole text, with the exceptions that led to this one, ending with a newline.
std::string format_traceback(Runtime& rt, Exception& error);
/// The last line without the type: what str(e) gives, and the name that was probably meant.
std::string error_message(Runtime& rt, Exception& error);
/// Where in the user's program it was raised, or where the text does not parse.
std::optional<Span> error_span(const Exception& error);

}  // namespace gradpad::lang
