// Exception objects, and the C++ exceptions that carry them.
#pragma once

#include <string>
#include <vector>

#include "lang/objects/type.h"
#include "lang/syntax/hint.h"
#include "lang/syntax/source.h"
#include "lang/syntax/span.h"

namespace gradpad::lang {

class Code;
class Module;

/// One line of a traceback.
struct TraceEntry {
  Ref<Code> code;
  std::string function;
  Span span;
  uint32_t anchor = 0;  // as Code::anchors
  Ref<Module> module;
};

class Exception final : public Container {
 public:
  static constexpr Kind kKind = Kind::Exception;
  Exception();
  ~Exception() override;
  Attributes* attributes() noexcept override { return &attrs; }
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override;

  Ref<Tuple> args;
  Ref<Exception> cause;
  Ref<Exception> context;
  bool suppress_context = false;
  std::vector<TraceEntry> trace;  // innermost first
  Hint hint;                      // what to do instead
  /// Where the name at fault stands, for the frame that raises.
  Span name_span;
  /// Of a SyntaxError.
  Ref<Source> syntax_source;
  Span syntax_span;
  bool syntax_marked = true;
  std::string syntax_shown;  // where it is not the line itself that is shown
  /// Budgets and Stop: no except clause sees it.
  bool uncatchable = false;
  /// Has been the context of another: only then can a chain of contexts lead back to it.
  bool is_context = false;
  /// On its way to a handler: the frames it passes belong to one raising.
  bool in_flight = false;
  Attributes attrs;
};

/// What C++ code throws and catches for an exception of the language.
struct Raised {
  Ref<Exception> exception;
};

}  // namespace gradpad::lang
