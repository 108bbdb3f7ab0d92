// Functions of the language: made from code, emptied at the end of a session.
#include "lang/objects/function.h"

#include "lang/objects/code.h"

namespace gradpad::lang {

Function::Function(Ref<Code> code_, Ref<Module> module_)
    : Container(kKind), code(std::move(code_)), module(std::move(module_)) {
  name = code->name;
  qualname = code->qualname;
  doc = code->doc;
}

Function::~Function() = default;

void Function::visit(ReferenceVisitor& visitor) {
  module.visit(visitor);
  visit_each(visitor, defaults);
  visit_each(visitor, keyword_defaults);
  visit_each(visitor, closure);
  doc.visit(visitor);
  attrs.visit(visitor);
}

void Function::clear_references() noexcept {
  defaults.clear();
  keyword_defaults.clear();
  closure.clear();
  attrs.clear();
}

}  // namespace gradpad::lang
