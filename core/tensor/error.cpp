// Names of errors.
#include "gradpad/tensor/error.h"

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

}  // namespace gradpad
