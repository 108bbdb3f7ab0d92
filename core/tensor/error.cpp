// Names and texts of errors.
#include "gradpad/tensor/error.h"

#include <new>
#include <string_view>

namespace gradpad {

std::string_view exception_name(ErrorKind kind) {
  static constexpr std::string_view names[] = {
#define X(name) #name "Error",
      GRADPAD_ERROR_KINDS(X)
#undef X
  };
  return names[static_cast<int>(kind)];
}

std::string text_of(std::ostringstream&& out) {
  if (out.fail()) throw std::bad_alloc();
  return std::move(out).str();
}

}  // namespace gradpad
