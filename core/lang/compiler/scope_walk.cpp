// The walk over the tree that fills the scopes.
#include <algorithm>
#include <bit>

#include "lang/compiler/scope.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

[[noreturn]] void fail_at(std::string message, const Span& where) {
  throw SyntaxFailure{SyntaxFailure::Kind::Syntax, std::move(message), where, {}};
}

constexpr size_t kMostLoopConstants = 48;

}  // namespace

void ScopeBuilder::block(Block statements) {
  for (Stmt* s : statements) statement(s);
}

void ScopeBuilder::expressions(std::span<Expr*> list) {
  for (Expr* e : list) expression(e);
}

void ScopeBuilder::loop_constant(Expr* e) {
  if (loops_ == 0) return;
  auto* constant = e->as<ConstantExpr>();
  const bool is_float = constant->type == ConstantExpr::Type::Float;
  if (!is_float && constant->type != ConstantExpr::Type::Int) return;
  const LoopConstant value{is_float, is_float ? std::bit_cast<int64_t>(constant->real)
                                              : static_cast<int64_t>(constant->integer)};
  auto& list = scope_->host()->loop_constants;
  if (list.size() >= kMostLoopConstants || std::ranges::find(list, value) != list.end()) return;
  list.push_back(value);
}

void ScopeBuilder::statement(Stmt* s) {
  switch (s->kind) {
    case StmtKind::Expression:
      expression(s->as<ExpressionStmt>()->value);
      return;
    case StmtKind::Assign:
      expression(s->as<AssignStmt>()->value);
      for (Expr* t : s->as<AssignStmt>()->targets) target(t);
      return;
    case StmtKind::AugmentedAssign: {
      auto* a = s->as<AugmentedAssignStmt>();
      expression(a->value);
      if (auto* name = a->target->to<NameExpr>()) use(name->name, name->span);
      target(a->target);
      return;
    }
    case StmtKind::AnnotatedAssign: {
      auto* a = s->as<AnnotatedAssignStmt>();
      if (a->value) expression(a->value);
      if (scope_->kind != Scope::Kind::Function) expression(a->annotation);
      if (auto* name = a->target->to<NameExpr>(); name && !name->parenthesised) {
        if (scope_->kind == Scope::Kind::Class) bind(rt_.names.annotations.get(), name->span);
        Symbol& symbol = scope_->get(mangle(rt_, scope_, scopes_.str(name->name)), name->span);
        if (symbol.global) {
          fail_at(concat("annotated name '", name->name->text, "' can't be global"), name->span);
        }
        symbol.annotated = true;
        if (a->value || scope_->kind == Scope::Kind::Function) {
          bind(name->name, name->span);
        }
      } else {
        target(a->target);
      }
      return;
    }
    case StmtKind::Return: {
      auto* r = s->as<ReturnStmt>();
      if (scope_->kind != Scope::Kind::Function) fail_at("'return' outside function", s->span);
      if (r->value) expression(r->value);
      return;
    }
    case StmtKind::Delete:
      for (Expr* t : s->as<DeleteStmt>()->targets) target(t);
      return;
    case StmtKind::Pass:
    case StmtKind::Break:
    case StmtKind::Continue:
      return;
    case StmtKind::Global:
      declare(s->as<GlobalStmt>()->names, true, s->span);
      return;
    case StmtKind::Nonlocal:
      declare(s->as<NonlocalStmt>()->names, false, s->span);
      return;
    case StmtKind::Assert:
      expression(s->as<AssertStmt>()->test);
      if (s->as<AssertStmt>()->message) expression(s->as<AssertStmt>()->message);
      return;
    case StmtKind::Raise:
      if (s->as<RaiseStmt>()->value) expression(s->as<RaiseStmt>()->value);
      if (s->as<RaiseStmt>()->cause) expression(s->as<RaiseStmt>()->cause);
      return;
    case StmtKind::Import:
      for (const ImportName& name : s->as<ImportStmt>()->names) {
        const std::string_view first = name.path.substr(0, name.path.find('.'));
        bind(name.as ? scopes_.str(name.as) : rt_.intern(first).get(), name.span);
      }
      return;
    case StmtKind::ImportFrom: {
      auto* i = s->as<ImportFromStmt>();
      if (i->star.line > 0 && scope_->kind != Scope::Kind::Module) {
        fail_at("import * only allowed at module level", i->star);
      }
      for (const ImportName& name : i->names) {
        bind(name.as ? scopes_.str(name.as) : rt_.intern(name.path).get(), name.span);
      }
      return;
    }
    case StmtKind::If: {
      // Long chains of elif: a loop.
      for (auto* i = s->as<IfStmt>();;) {
        expression(i->test);
        block(i->body);
        if (i->otherwise.size() == 1 && i->otherwise[0]->kind == StmtKind::If) {
          i = i->otherwise[0]->as<IfStmt>();
          continue;
        }
        block(i->otherwise);
        return;
      }
    }
    case StmtKind::While: {
      auto* w = s->as<WhileStmt>();
      ++loops_;
      expression(w->test);
      block(w->body);
      --loops_;
      block(w->otherwise);
      return;
    }
    case StmtKind::For: {
      auto* f = s->as<ForStmt>();
      expression(f->iterable);
      ++loops_;
      target(f->target);
      block(f->body);
      --loops_;
      block(f->otherwise);
      return;
    }
    case StmtKind::Try: {
      auto* t = s->as<TryStmt>();
      block(t->body);
      for (const ExceptClause& clause : t->handlers) {
        if (clause.type) expression(clause.type);
        if (clause.name) bind(clause.name, clause.name_span);
        block(clause.body);
      }
      block(t->otherwise);
      block(t->finally);
      return;
    }
    case StmtKind::With: {
      auto* w = s->as<WithStmt>();
      for (const WithItem& item : w->items) {
        expression(item.manager);
        if (item.target) target(item.target);
      }
      block(w->body);
      return;
    }
    case StmtKind::Function:
      function(s->as<FunctionStmt>());
      return;
    case StmtKind::Class:
      class_(s->as<ClassStmt>());
      return;
  }
}

void ScopeBuilder::target(Expr* e) {
  switch (e->kind) {
    case ExprKind::Name:
      bind(e->as<NameExpr>()->name, e->span);
      return;
    case ExprKind::Starred:
      target(e->as<StarredExpr>()->value);
      return;
    case ExprKind::Tuple:
      for (Expr* item : e->as<TupleExpr>()->items) target(item);
      return;
    case ExprKind::List:
      for (Expr* item : e->as<ListExpr>()->items) target(item);
      return;
    default:
      expression(e);
      return;
  }
}

void ScopeBuilder::expression(Expr* e) {
  switch (e->kind) {
    case ExprKind::Constant:
      loop_constant(e);
      return;
    case ExprKind::Name:
      use(e->as<NameExpr>()->name, e->span);
      return;
    case ExprKind::BoolOp:
      expressions(e->as<BoolOpExpr>()->values);
      return;
    case ExprKind::Binary: {
      // a + b + c + ...: the left side is a chain of any length.
      std::vector<BinaryExpr*> chain;
      while (e->kind == ExprKind::Binary) {
        chain.push_back(e->as<BinaryExpr>());
        e = chain.back()->left;
      }
      expression(e);
      for (size_t i = chain.size(); i-- > 0;) {
        const BinaryOp op = chain[i]->op;
        const bool immediate = op == BinaryOp::Add || op == BinaryOp::Sub || op == BinaryOp::Mul;
        if (!(immediate && is_small_integer(chain[i]->right))) expression(chain[i]->right);
      }
      return;
    }
    case ExprKind::Unary:
      expression(e->as<UnaryExpr>()->operand);
      return;
    case ExprKind::Not:
      expression(e->as<NotExpr>()->operand);
      return;
    case ExprKind::Lambda:
      lambda(e->as<LambdaExpr>());
      return;
    case ExprKind::IfElse:
      expression(e->as<IfElseExpr>()->test);
      expression(e->as<IfElseExpr>()->then);
      expression(e->as<IfElseExpr>()->otherwise);
      return;
    case ExprKind::Dict:
      for (Expr* key : e->as<DictExpr>()->keys) {
        if (key) expression(key);
      }
      expressions(e->as<DictExpr>()->values);
      return;
    case ExprKind::Set:
      expressions(e->as<SetExpr>()->items);
      return;
    case ExprKind::List:
      expressions(e->as<ListExpr>()->items);
      return;
    case ExprKind::Tuple:
      expressions(e->as<TupleExpr>()->items);
      return;
    case ExprKind::Comprehension:
      comprehension(e->as<ComprehensionExpr>());
      return;
    case ExprKind::Yield:
      yield(e);
      if (e->as<YieldExpr>()->value) expression(e->as<YieldExpr>()->value);
      return;
    case ExprKind::YieldFrom:
      yield(e);
      expression(e->as<YieldFromExpr>()->value);
      return;
    case ExprKind::Compare: {
      auto* c = e->as<CompareExpr>();
      expression(c->left);
      for (size_t i = 0; i < c->rights.size(); ++i) {
        const bool immediate =
            c->ops[i] <= CompareKind::Ge && c->rights.size() == 1 && is_small_integer(c->rights[i]);
        if (!immediate) expression(c->rights[i]);
      }
      return;
    }
    case ExprKind::Call: {
      auto* c = e->as<CallExpr>();
      expression(c->callee);
      expressions(c->arguments);
      for (const Keyword& k : c->keywords) expression(k.value);
      return;
    }
    case ExprKind::JoinedString:
      expressions(e->as<JoinedStringExpr>()->parts);
      return;
    case ExprKind::FormattedValue:
      expression(e->as<FormattedValueExpr>()->value);
      if (e->as<FormattedValueExpr>()->format) expression(e->as<FormattedValueExpr>()->format);
      return;
    case ExprKind::Attribute:
      expression(e->as<AttributeExpr>()->object);
      return;
    case ExprKind::Subscript:
      expression(e->as<SubscriptExpr>()->object);
      expression(e->as<SubscriptExpr>()->index);
      return;
    case ExprKind::Starred:
      expression(e->as<StarredExpr>()->value);
      return;
    case ExprKind::Slice:
      if (e->as<SliceExpr>()->start) expression(e->as<SliceExpr>()->start);
      if (e->as<SliceExpr>()->stop) expression(e->as<SliceExpr>()->stop);
      if (e->as<SliceExpr>()->step) expression(e->as<SliceExpr>()->step);
      return;
    case ExprKind::Walrus:
      walrus(e->as<WalrusExpr>());
      return;
  }
}

void ScopeBuilder::yield(Expr* e) {
  if (scope_->kind == Scope::Kind::Comprehension) {
    fail_at("'yield' inside list comprehension", e->span);
  }
  if (scope_->is_generator_expression) {
    fail_at("'yield' inside generator expression", e->span);
  }
  if (scope_->kind != Scope::Kind::Function) fail_at("'yield' outside function", e->span);
  scope_->is_generator = true;
}

void ScopeBuilder::walrus(WalrusExpr* e) {
  expression(e->value);
  Scope* const here = scope_;
  Str* name = scopes_.str(e->target->name);
  while (scope_->kind == Scope::Kind::Comprehension || scope_->is_generator_expression) {
    if (Symbol* symbol = scope_->find(name); symbol && symbol->iteration) {
      scope_ = here;
      fail_at(concat("assignment expression cannot rebind comprehension iteration variable '",
                     name->view(), "'"),
              e->target->span);
    }
    scope_ = scope_->parent;
  }
  if (scope_->kind == Scope::Kind::Class && scope_ != here) {
    scope_ = here;
    fail_at("assignment expression within a comprehension cannot be used in a class body",
            e->target->span);
  }
  Scope* const home = scope_;
  home->host()->has_walrus = true;
  bind(name, e->target->span);
  scope_ = here;
  // A generator expression is a function of its own: there the name is that of the one around it.
  for (Scope* s = here; s != home; s = s->parent) {
    if (!s->is_generator_expression) continue;
    Symbol& symbol = s->get(name, e->target->span);
    symbol.used = true;
    (home->kind == Scope::Kind::Module ? symbol.global : symbol.nonlocal) = true;
    if (Symbol* outer = home->find(name); outer->global) {
      symbol.global = true;
      symbol.nonlocal = false;
    }
  }
}

void ScopeBuilder::parameters(const Parameters& p) {
  const auto add = [&](const Parameter& parameter) {
    Symbol& symbol = scope_->get(mangle(rt_, scope_, scopes_.str(parameter.name)), parameter.span);
    symbol.parameter = symbol.bound = true;
  };
  for (const Parameter& parameter : p.positional) add(parameter);
  for (const Parameter& parameter : p.keyword_only) add(parameter);
  if (p.args) add(*p.args);
  if (p.kwargs) add(*p.kwargs);
}

/// Defaults and, of a def, annotations: both belong to the scope around the function.
void ScopeBuilder::parameter_values(const Parameters& p, bool annotations) {
  const auto visit = [&](const Parameter& parameter) {
    if (parameter.value) expression(parameter.value);
    if (annotations && parameter.annotation) expression(parameter.annotation);
  };
  for (const Parameter& parameter : p.positional) visit(parameter);
  for (const Parameter& parameter : p.keyword_only) visit(parameter);
  if (p.args) visit(*p.args);
  if (p.kwargs) visit(*p.kwargs);
}

void ScopeBuilder::function(FunctionStmt* s) {
  expressions(s->decorators);
  parameter_values(s->parameters, true);
  if (s->returns) expression(s->returns);
  bind(s->name, s->span);
  enter(Scope::Kind::Function, scopes_.str(s->name), s->scope);
  const int32_t loops = std::exchange(loops_, 0);
  parameters(s->parameters);
  block(s->body);
  loops_ = loops;
  leave();
}

void ScopeBuilder::lambda(LambdaExpr* e) {
  parameter_values(e->parameters, false);
  enter(Scope::Kind::Function, rt_.intern("<lambda>").get(), e->scope)->is_lambda = true;
  const int32_t loops = std::exchange(loops_, 0);
  parameters(e->parameters);
  expression(e->body);
  loops_ = loops;
  leave();
}

void ScopeBuilder::class_(ClassStmt* s) {
  expressions(s->decorators);
  expressions(s->bases);
  for (const Keyword& k : s->keywords) expression(k.value);
  bind(s->name, s->span);
  enter(Scope::Kind::Class, scopes_.str(s->name), s->scope);
  const int32_t loops = std::exchange(loops_, 0);
  block(s->body);
  loops_ = loops;
  leave();
}

void ScopeBuilder::comprehension(ComprehensionExpr* e) {
  const bool generator = e->type == ComprehensionExpr::Type::Generator;
  // The first iterable belongs to the scope around.
  expression(e->clauses[0].iterable);
  const char* name = "<listcomp>";
  if (generator) name = "<genexpr>";
  if (e->type == ComprehensionExpr::Type::Set) name = "<setcomp>";
  if (e->type == ComprehensionExpr::Type::Dict) name = "<dictcomp>";
  Scope* scope = enter(generator ? Scope::Kind::Function : Scope::Kind::Comprehension,
                       rt_.intern(name).get(), e->scope);
  const int32_t loops = loops_;
  if (generator) {
    scope->is_generator = scope->is_generator_expression = true;
    loops_ = 0;
  }
  ++loops_;
  for (size_t i = 0; i < e->clauses.size(); ++i) {
    const ForClause& clause = e->clauses[i];
    const size_t before = scope_->symbols.size();
    target(clause.target);
    for (size_t k = before; k < scope_->symbols.size(); ++k) {
      if (scope_->symbols[k]->bound) scope_->symbols[k]->iteration = true;
    }
    if (i > 0) expression(clause.iterable);
    expressions(clause.conditions);
  }
  expression(e->item);
  if (e->value) expression(e->value);
  loops_ = loops;
  leave();
}

}  // namespace gradpad::lang
