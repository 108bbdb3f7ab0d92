// The JavaScript error for a C++ one.
#include "guard.h"

#include <emscripten/val.h>

namespace gradpad::web {

void throw_error(const Error& error) {
  using emscripten::val;
  // JavaScript has a class of its own for one of them.
  const char* type = error.kind() == ErrorKind::Type ? "TypeError" : "Error";
  val object = val::global(type).new_(error.message());
  object.set("name", val(std::string(exception_name(error.kind()))));
  object.throw_();
}

}  // namespace gradpad::web
