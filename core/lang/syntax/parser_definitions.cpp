// Functions and classes, with their decorators.
#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

Stmt* Parser::parse_decorated() {
  std::vector<Expr*> decorators;
  while (accept(Tok::At)) {
    decorators.push_back(parse_named());
    if (!accept(Tok::Newline)) fail_unexpected();
  }
  if (at(Tok::Def)) return parse_function(decorators);
  if (at(Tok::Class)) return parse_class(decorators);
  if (at(Tok::Async)) fail("'async' is not supported", peek().span);
  fail_unexpected();
}

Stmt* Parser::parse_function(const std::vector<Expr*>& decorators) {
  const Span start = next().span;
  auto* s = arena_.make<FunctionStmt>(start);
  s->scope = tree_.new_scope();
  s->name = expect_name();
  if (!at(Tok::LeftParen)) {
    if (at(Tok::Error)) fail_unexpected();
    fail("expected '('", peek().span);
  }
  next();
  s->parameters = parse_parameters(Tok::RightParen, true);
  if (!accept(Tok::RightParen)) fail_unexpected();
  if (accept(Tok::Arrow)) s->returns = parse_expression();
  s->span = since(start);
  s->decorators = arena_.copy(decorators);
  if (!at(Tok::Colon) && !at(Tok::Error)) fail("expected ':'", peek().span);
  s->body = parse_block("function definition", start);
  return s;
}

Stmt* Parser::parse_class(const std::vector<Expr*>& decorators) {
  const Span start = next().span;
  auto* s = arena_.make<ClassStmt>(start);
  s->scope = tree_.new_scope();
  s->name = expect_name();
  if (at(Tok::LeftParen)) {
    // The bases are the arguments of a call.
    const Span name = previous_span();
    auto* call = parse_call(arena_.make<NameExpr>(name, s->name), name)->as<CallExpr>();
    s->bases = call->arguments;
    s->keywords = call->keywords;
  }
  s->span = since(start);
  s->decorators = arena_.copy(decorators);
  if (!at(Tok::Colon)) {
    if (at(Tok::Error)) fail_unexpected();
    if (at(Tok::Newline)) fail("expected ':'", peek().span);
    fail_unexpected();
  }
  s->body = parse_block("class definition", start);
  return s;
}

}  // namespace gradpad::lang
