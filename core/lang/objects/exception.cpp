// Exceptions let go of what they hold.
#include "lang/objects/exception.h"

#include "lang/objects/code.h"
#include "lang/objects/module.h"

namespace gradpad::lang {

Exception::Exception() : Container(kKind) {}
Exception::~Exception() = default;

void Exception::clear_references() noexcept {
  args.reset();
  cause.reset();
  context.reset();
  attrs.clear();
  trace.clear();
}

}  // namespace gradpad::lang
