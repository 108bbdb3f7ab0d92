// Modules, functions and class bodies as a whole: registers, prologue and end.
#include "lang/compiler/compiler.h"

#include <bit>

#include "lang/objects/function.h"
#include "lang/runtime/raise_syntax_error.h"
#include "lang/runtime/runtime.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

Compiler::Compiler(Shared& shared, Scope& scope, Compiler* parent, Ref<Code> made)
    : Emitter(shared.rt, std::move(made)),
      shared_(shared),
      scope_(&scope),
      host_(scope),
      parent_(parent) {
  code->source = shared.source;
  code->name = Ref<Str>(scope.name);
  code->qualname = parent ? rt.make_str(parent->qualname_for(scope)) : code->name;
}

std::string Compiler::qualname_for(const Scope& inner) const {
  std::string own = inner.name->text();
  switch (host_.kind) {
    case Scope::Kind::Module:
      return own;
    case Scope::Kind::Class:
      return code->qualname->text() + "." + own;
    default:
      return code->qualname->text() + ".<locals>." + own;
  }
}

template <class Make>
Ref<Code> Compiler::attempt(Shared& shared, Scope& scope, Compiler* parent, Make&& make) {
  const auto once = [&](bool far) {
    Compiler compiler(shared, scope, parent, shared.rt.make<Code>());
    compiler.far = far;
    return make(compiler);
  };
  try {
    return once(false);
  } catch (const TooFar&) {
    return once(true);
  }
}

/// Locals get registers behind the parameters, in order of appearance.
void Compiler::assign_registers() {
  uint32_t next = static_cast<uint32_t>(code->local_names.size());
  for (const auto& symbol : host_.symbols) {
    if (symbol->parameter || !symbol->bound || symbol->global || symbol->nonlocal) continue;
    if (next >= kNone) fail("too many local variables", symbol->first);
    symbol->reg = static_cast<uint16_t>(next++);
    code->local_names.emplace_back(symbol->name);
  }
}

void Compiler::begin_body() {
  constants_base_ = static_cast<uint16_t>(code->local_names.size());
  set_base(constants_base_ + static_cast<uint32_t>(host_.loop_constants.size()));
  const Span start{1, 0, 1, 0};
  for (const auto& symbol : host_.symbols) {
    if (symbol->captured && symbol->reg != kNone) emit(Op::MakeCell, start, symbol->reg);
  }
  load_loop_constants();
}

void Compiler::load_loop_constants() {
  const Span start{1, 0, 1, 0};
  for (size_t i = 0; i < host_.loop_constants.size(); ++i) {
    const LoopConstant& c = host_.loop_constants[i];
    load_constant(static_cast<uint16_t>(constants_base_ + i),
                  c.is_float ? Value(std::bit_cast<double>(c.bits)) : Value(c.bits), start);
  }
}

void Compiler::finish() {
  const Span last = code->spans.empty() ? Span{1, 0, 1, 0} : code->spans.back();
  emit(Op::ReturnNone, last);
  code->first_temporary = base();
  code->temporary_count = most() - base();
  code->register_count = most();
  for (Str* name : host_.free) code->free_names.emplace_back(name);
  code->is_generator = host_.is_generator;
  code->is_simple =
      !code->is_generator && !code->has_args && !code->has_kwargs && code->keyword_only == 0;
}

void Compiler::begin_function(const Parameters& p) {
  const auto add = [&](const Parameter& parameter) {
    Str* name = mangled(parameter.name);
    Symbol* symbol = host_.find(name);
    symbol->reg = static_cast<uint16_t>(code->local_names.size());
    code->local_names.emplace_back(name);
  };
  if (p.positional.size() + p.keyword_only.size() > 1000) {
    fail("more than 1000 parameters", p.positional[0].span);
  }
  for (const Parameter& parameter : p.positional) {
    add(parameter);
    code->default_count += parameter.value != nullptr;
  }
  for (const Parameter& parameter : p.keyword_only) {
    add(parameter);
    code->keyword_has_default.push_back(parameter.value != nullptr);
  }
  if (p.args) add(*p.args);
  if (p.kwargs) add(*p.kwargs);
  code->positional = static_cast<uint16_t>(p.positional.size());
  code->positional_only = static_cast<uint16_t>(p.positional_only);
  code->keyword_only = static_cast<uint16_t>(p.keyword_only.size());
  code->has_args = p.args != nullptr;
  code->has_kwargs = p.kwargs != nullptr;
  assign_registers();
  begin_body();
}

namespace {

/// The docstring of a body, or null.
ConstantExpr* docstring(Block body) {
  if (body.empty() || body[0]->kind != StmtKind::Expression) return nullptr;
  auto* constant = body[0]->as<ExpressionStmt>()->value->to<ConstantExpr>();
  return constant && constant->type == ConstantExpr::Type::Str ? constant : nullptr;
}

}  // namespace

Ref<Code> Compiler::function_code(FunctionStmt* s) {
  return attempt(shared_, shared_.scopes.of(s->scope), this, [&](Compiler& c) {
    c.code->is_method = host_.kind == Scope::Kind::Class;
    c.begin_function(s->parameters);
    if (const ConstantExpr* doc = docstring(s->body)) {
      c.code->doc = rt.make_str(std::string(doc->text));
    }
    c.block(s->body);
    c.finish();
    return c.code;
  });
}

Ref<Code> Compiler::lambda_code(LambdaExpr* e) {
  return attempt(shared_, shared_.scopes.of(e->scope), this, [&](Compiler& c) {
    c.begin_function(e->parameters);
    const uint32_t kept = c.mark();
    const Operand value = c.expression(e->body);
    c.emit(Op::Return, e->body->span, value.reg);
    c.reads(value);
    c.release(kept);
    c.finish();
    return c.code;
  });
}

Ref<Code> Compiler::class_code(ClassStmt* s) {
  return attempt(shared_, shared_.scopes.of(s->scope), this, [&](Compiler& c) {
    Code& code_ = *c.code;
    code_.is_class = true;
    // Register 0 holds the namespace; 1, where methods need it, the cell of __class__.
    code_.local_names.resize(1);
    Str* cell_name = rt.names.class_.get();
    Scope& scope = shared_.scopes.of(s->scope);
    Symbol* cell = scope.needs_class_cell ? scope.find(cell_name) : nullptr;
    if (cell) {
      cell->reg = 1;
      cell->captured = true;
      code_.local_names.emplace_back();
    }
    c.begin_body();
    c.emit(Op::BuildDict, s->span, 0, 0, 0);
    const auto set = [&](Str* name, Value value) {
      const uint32_t kept = c.mark();
      const uint16_t to = c.new_temporary();
      c.load_constant(to, std::move(value), s->span);
      c.emit_operand(Op::StoreName, s->span, c.constant16(Value(name)), {to, true});
      c.release(kept);
    };
    set(rt.names.qualname.get(), Value(code_.qualname));
    if (const ConstantExpr* doc = docstring(s->body)) {
      set(rt.names.doc.get(), rt.make_str(std::string(doc->text)));
    }
    for (const auto& symbol : scope.symbols) {
      if (!symbol->annotated) continue;
      const uint16_t to = c.new_temporary();
      c.emit(Op::BuildDict, s->span, to, 0, 0);
      c.emit_operand(Op::StoreName, s->span, c.constant16(Value(rt.names.annotations)), {to, true});
      c.release(to);
      break;
    }
    c.block(s->body);
    if (cell) {
      c.emit(Op::StoreName, s->span, c.constant16(Value(rt.names.classcell)), cell->reg);
    }
    c.emit(Op::Return, s->span, 0);
    c.finish();
    return c.code;
  });
}

Ref<Code> Compiler::generator_code(ComprehensionExpr* e) {
  return attempt(shared_, shared_.scopes.of(e->scope), this, [&](Compiler& c) {
    c.code->local_names.emplace_back(rt.intern(".0"));
    c.code->positional = 1;
    c.assign_registers();
    c.begin_body();
    c.generator_clauses(e, 0);
    c.finish();
    return c.code;
  });
}

Ref<Code> Compiler::module_code(Block body, uint32_t temporaries_base) {
  code->is_module = true;
  constants_base_ = static_cast<uint16_t>(temporaries_base);
  set_base(temporaries_base);
  new_temporary(static_cast<uint32_t>(host_.loop_constants.size()));
  load_loop_constants();
  if (const ConstantExpr* doc = docstring(body); doc && !shared_.interactive) {
    code->doc = rt.make_str(std::string(doc->text));
  }
  block(body);
  finish();
  return code;
}

namespace {

/// Gives places to all names the text uses as globals, those it assigns at module level first.
void place_globals(Scope& root, Module& module) {
  for (const auto& symbol : root.symbols) {
    if (symbol->bound) module.slot_of(symbol->name);
  }
  std::vector<Scope*> pending{&root};
  while (!pending.empty()) {
    Scope* scope = pending.back();
    pending.pop_back();
    for (const auto& child : scope->children) pending.push_back(child.get());
    for (const auto& symbol : scope->symbols) {
      const Resolution r = ScopeBuilder::resolve(*scope, symbol->name);
      if (r.kind == Resolution::Kind::Global || r.kind == Resolution::Kind::ClassName) {
        module.slot_of(symbol->name);
      }
    }
  }
}

/// Temporaries of finished code are used again where they suffice.
template <class Make>
Ref<Code> with_temporaries(Module& module, Make&& make) {
  if (module.spare_count > 0) {
    Ref<Code> code = make(module.spare_begin);
    if (code->temporary_count <= module.spare_count) {
      module.grow_slots();
      return code;
    }
  }
  const uint32_t base = module.slot_count();
  Ref<Code> code = make(base);
  module.spare_count = code->temporary_count + 16;
  module.spare_begin = module.add_temporaries(module.spare_count);
  module.grow_slots();
  return code;
}

}  // namespace

Ref<Code> compile_module(Runtime& rt, const Ref<Source>& source, Module& module, bool interactive) {
  try {
    const Tree tree = parse(*source);
    const Scopes scopes = ScopeBuilder(rt).build(tree);
    place_globals(*scopes.root, module);
    Compiler::Shared shared{rt, source, module, scopes, interactive};
    return with_temporaries(module, [&](uint32_t base) {
      return Compiler::attempt(shared, *scopes.root, nullptr,
                               [&](Compiler& c) { return c.module_code(tree.body, base); });
    });
  } catch (const SyntaxFailure& failure) {
    raise_syntax_error(rt, failure, *source);
  }
}

}  // namespace gradpad::lang
