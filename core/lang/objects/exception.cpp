// Exceptions let go of what they hold.
#include "lang/objects/exception.h"

#include "lang/objects/code.h"
#include "lang/objects/module.h"

namespace gradpad::lang {

Exception::Exception() : Container(kKind) {}
Exception::~Exception() = default;

void Exception::visit(ReferenceVisitor& visitor) {
  visit_type(visitor);
  args.visit(visitor);
  cause.visit(visitor);
  context.visit(visitor);
  for (const TraceEntry& entry : trace) entry.module.visit(visitor);
  attrs.visit(visitor);
}

void Exception::clear_references() noexcept {
  args.reset();
  cause.reset();
  context.reset();
  attrs.clear();
  trace.clear();
}

}  // namespace gradpad::lang
