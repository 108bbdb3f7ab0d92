// def, class and lambda where they stand: defaults, captures, decorators.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// Defaults are evaluated here and now, into consecutive temporaries.
void Compiler::make_function(const Ref<Code>& made, const Parameters& p, uint16_t to,
                             const Span& span) {
  const uint32_t kept = mark();
  const auto first = static_cast<uint16_t>(kept);
  const auto value = [&](const Parameter& parameter) {
    if (!parameter.value) return;
    const uint16_t place = new_temporary();
    expression_to(parameter.value, place);
  };
  for (const Parameter& parameter : p.positional) value(parameter);
  for (const Parameter& parameter : p.keyword_only) value(parameter);
  for (const Ref<Str>& name : made->free_names) {
    const Resolution r = ScopeBuilder::resolve(*scope_, name.get());
    if (r.kind == Resolution::Kind::Free) {
      made->captures.push_back({true, r.index});
    } else if (r.kind == Resolution::Kind::Cell) {
      made->captures.push_back({false, r.symbol->reg});
    } else if (host_.kind == Scope::Kind::Class && r.kind == Resolution::Kind::ClassName) {
      // The class has a variable of that name too: the function means the one further out.
      made->captures.push_back({true, host_.free_index(name.get())});
    } else {
      fail(concat("variable '", name->view(), "' cannot be captured here"), span);
    }
  }
  emit(Op::MakeFunction, span, to, constant16(Value(made)), first);
  release(kept);
}

template <class Make>
void Compiler::decorated(std::span<Expr*> decorators, const Name* name, const Span& span,
                         Make&& make) {
  Str* real = mangled(name);
  if (decorators.empty()) {
    const uint16_t direct = variable_register(real);
    if (direct != kNone) {
      make(direct);
      if (ScopeBuilder::resolve(*scope_, real).kind == Resolution::Kind::Global) {
        note_assignment(real, span);
      }
      return;
    }
    const uint16_t value = new_temporary();
    make(value);
    store_name(name, {value, true}, span);
    return;
  }
  const auto count = static_cast<uint16_t>(decorators.size());
  const uint16_t first = new_temporary(2u * count);
  for (uint16_t i = 0; i < count; ++i) {
    expression_to(decorators[i], static_cast<uint16_t>(first + 2 * i));
  }
  make(static_cast<uint16_t>(first + 2 * count - 1));
  for (uint16_t i = count; i-- > 0;) {
    const auto callee = static_cast<uint16_t>(first + 2 * i);
    const auto result = i > 0 ? static_cast<uint16_t>(callee - 1) : callee;
    emit(Op::Call, decorators[i]->span, callee, 0, result, 1);
  }
  store_name(name, {first, true}, span);
}

void Compiler::annotation_to(Expr* annotation, uint16_t to) {
  if (!shared_.annotations_as_text) {
    expression_to(annotation, to);
    return;
  }
  const Span& where = annotation->span;
  std::string text;
  if (where.line == where.end_line) {
    const std::string_view line = shared_.source->line(where.line);
    const size_t begin = shared_.columns.byte_of(where.line, where.column);
    text = line.substr(begin, shared_.columns.byte_of(where.line, where.end_column) - begin);
  }
  load_constant(to, rt.intern(text), where);
}

/// Sets function.__annotations__, where there are any.
void Compiler::function_annotations(FunctionStmt* s, uint16_t function) {
  const uint32_t kept = mark();
  uint16_t dict = kNone;
  const auto add = [&](Str* name, Expr* annotation) {
    if (!annotation) return;
    if (dict == kNone) {
      dict = new_temporary();
      emit(Op::BuildDict, s->span, dict, 0, 0);
    }
    const uint16_t key = new_temporary(2);
    const auto value = static_cast<uint16_t>(key + 1);
    annotation_to(annotation, value);
    load_constant(key, Value(name), annotation->span);
    emit(Op::SetItem, annotation->span, dict, key, value, kKillB | kKillC);
    release(key);
  };
  const auto add_parameter = [&](const Parameter& p) { add(mangled(p.name), p.annotation); };
  for (const Parameter& p : s->parameters.positional) add_parameter(p);
  if (s->parameters.args) add_parameter(*s->parameters.args);
  for (const Parameter& p : s->parameters.keyword_only) add_parameter(p);
  if (s->parameters.kwargs) add_parameter(*s->parameters.kwargs);
  add(rt.intern("return").get(), s->returns);
  if (dict != kNone) {
    emit(Op::StoreAttr, s->span, function, dict, add_site(rt.names.annotations.get()), kKillB);
  }
  release(kept);
}

void Compiler::function_statement(FunctionStmt* s) {
  decorated(s->decorators, s->name, s->span, [&](uint16_t to) {
    make_function(function_code(s), s->parameters, to, s->span);
    function_annotations(s, to);
  });
}

void Compiler::class_statement(ClassStmt* s) {
  decorated(s->decorators, s->name, s->span, [&](uint16_t to) {
    const uint32_t kept = mark();
    for (Expr* base : s->bases) {
      if (base->kind == ExprKind::Starred) fail("starred bases are not supported", base->span);
    }
    if (s->bases.size() > 200 || s->keywords.size() > 200) fail("too many bases", s->span);
    const uint16_t ns = new_temporary();
    for (Expr* base : s->bases) expression_to(base, new_temporary());
    Values names;
    names.emplace_back(str(s->name));
    for (const Keyword& keyword : s->keywords) {
      if (!keyword.name) fail("** is not supported among the bases of a class", keyword.span);
      expression_to(keyword.value, new_temporary());
      names.emplace_back(str(keyword.name));
    }
    const uint16_t body = new_temporary();
    make_function(class_code(s), Parameters{}, body, s->span);
    emit(Op::Call, s->span, body, 0, ns, 0);
    set_unmarked();
    const uint16_t label = constant16(rt.make_tuple(std::span<const Value>(names)));
    emit(Op::MakeClass, s->span, to, ns, label, static_cast<uint8_t>(s->bases.size()));
    set_unmarked();
    release(kept);
  });
}

}  // namespace gradpad::lang
