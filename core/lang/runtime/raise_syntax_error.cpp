// SyntaxError with the attributes Python gives it.
#include "lang/runtime/raise_syntax_error.h"

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void raise_syntax_error(Runtime& rt, const SyntaxFailure& failure, const Source& source) {
  Type* type = rt.types.syntax_error;
  if (failure.kind == SyntaxFailure::Kind::Indentation) type = rt.types.indentation_error;
  if (failure.kind == SyntaxFailure::Kind::Tab) type = rt.types.tab_error;
  const std::string_view line = source.line(failure.span.line);
  const auto offset = [&](int32_t number, int32_t column) {
    const std::string_view text = source.line(number);
    return Value(utf8_length(text.substr(0, byte_of_column(text, column))) + 1);
  };
  const Value message = rt.make_str(failure.message);
  const Value file = rt.make_str(source.filename);
  const Value number(failure.span.line);
  const Value begin = offset(failure.span.line, failure.span.column);
  const Value text = rt.make_str(std::string(line) + "\n");
  const Value end_number(failure.span.end_line);
  const Value end = offset(failure.span.end_line, failure.span.end_column);
  const Ref<Exception> error = rt.make_of<Exception>(type);
  error->args =
      rt.make_tuple({message, rt.make_tuple({file, number, begin, text, end_number, end})});
  const auto set = [&](const char* name, const Value& value) {
    error->attrs.set(rt, type, rt.intern(name).get(), value);
  };
  set("msg", message);
  set("filename", file);
  set("lineno", number);
  set("offset", begin);
  set("text", text);
  set("end_lineno", end_number);
  set("end_offset", end);
  error->syntax_source = Ref<Source>(const_cast<Source*>(&source));
  error->syntax_span = failure.span;
  error->syntax_marked = failure.marked;
  error->syntax_shown = failure.shown;
  error->hint = failure.hint;
  rt.raise(error);
}

}  // namespace gradpad::lang
