// Programs for a host.
#include "lang/session/program.h"

#include "lang/runtime/evaluator.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/importer.h"
#include "lang/runtime/traceback.h"
#include "lang/syntax/lexer.h"

namespace gradpad::lang {

Ref<Module> make_main_module(Runtime& rt) {
  Ref<Module> module = rt.make<Module>(rt.names.main);
  module->set(rt.names.name.get(), rt.names.main);
  rt.importer().enter(module);
  return module;
}

void run_program(Runtime& rt, Module& module, std::string_view text, std::string filename,
                 bool interactive) {
  module.file = filename;
  rt.evaluator().run_source(make_ref<Source>(std::move(filename), std::string(text), false), module,
                            interactive);
}

void end_program(Runtime& rt, Module& module) {
  Garbage& garbage = rt.garbage();
  garbage.run_pending();
  if (Ref<Module> weakref = rt.importer().find("weakref")) {
    rt.call(rt.get_attr(rt.get_attr(Value(weakref), "finalize"), "_exit"));
  }
  if (!garbage.has_finalizers) return;
  for (const auto& [name, value] : module.bound()) {
    if (value.is<Module>()) continue;
    module.erase(name.get());
  }
  garbage.run_pending();
  garbage.collect();
}

ErrorReport describe_error(Runtime& rt, Exception& error) {
  ErrorReport report;
  const Type& type = *error.type();
  report.type = type.module == "builtins" || type.module == "__main__"
                    ? type.qualname
                    : type.module + "." + type.qualname;
  report.message = error_message(rt, error);
  report.traceback = format_traceback(rt, error);
  report.span = error_span(error);
  report.hint = error.hint;
  return report;
}

bool is_incomplete_program(std::string_view text) {
  const Source source("<stdin>", std::string(text), false);
  const TokenStream stream = Lexer(source).run();
  if (stream.unclosed) return true;
  for (const SyntaxFailure& failure : stream.failures) {
    if (failure.message.starts_with("unterminated triple-quoted") ||
        failure.message == "unexpected EOF while parsing") {
      return true;
    }
  }
  if (!stream.failures.empty()) return false;
  // A colon at the end of the last line opens a block.
  for (size_t i = stream.tokens.size(); i-- > 0;) {
    const Tok kind = stream.tokens[i].kind;
    if (kind == Tok::End || kind == Tok::Newline || kind == Tok::Dedent) continue;
    return kind == Tok::Colon;
  }
  return false;
}

}  // namespace gradpad::lang
