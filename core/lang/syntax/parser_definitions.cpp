// Blocks, functions and classes.
#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

Block Parser::parse_block(const char* what, Span opener) {
  if (!at(Tok::Colon)) {
    const Token& token = peek();
    if (token.kind == Tok::Error) fail_unexpected();
    if (token.kind == Tok::Assign && position_ > 0 &&
        (std::string_view(what) == "'if' statement" ||
         std::string_view(what) == "'elif' statement" ||
         std::string_view(what) == "'while' statement")) {
      const Token& left = tokens_[position_ - 1];
      if (left.kind == Tok::Name) {
        const Span right = peek(1).span;
        fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
             {left.span.line, left.span.column, right.end_line, right.end_column});
      }
      fail("invalid syntax", token.span);
    }
    if (token.kind == Tok::Newline || token.kind == Tok::End || starts_expression()) {
      // CPython says so where nothing else could follow; two names in a row are plain bad syntax.
      if (token.kind != Tok::Newline && token.kind != Tok::End &&
          std::string_view(what) != "'else' statement" &&
          std::string_view(what) != "'try' statement" &&
          std::string_view(what) != "'finally' statement") {
        fail_unexpected();
      }
      fail("expected ':'", token.span);
    }
    fail_unexpected();
  }
  next();
  std::vector<Stmt*> statements;
  if (!accept(Tok::Newline)) {
    if (at(Tok::End)) {
      fail_indentation(concat("expected an indented block after ", what, " on line ", opener.line),
                       peek().span);
    }
    parse_simple_line(statements);
    return arena_.copy(statements);
  }
  if (!at(Tok::Indent)) {
    if (at(Tok::Error)) fail_unexpected();
    fail_indentation(concat("expected an indented block after ", what, " on line ", opener.line),
                     peek().span);
  }
  next();
  while (!accept(Tok::Dedent)) {
    if (accept(Tok::Newline)) continue;
    if (at(Tok::End)) break;
    if (at(Tok::Indent)) fail_indentation("unexpected indent", peek().span);
    parse_statement(statements);
  }
  return arena_.copy(statements);
}

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

/// What stands behind a complete expression where the line should end.
void Parser::fail_unexpected_after(Expr* expression) {
  const Token& token = peek();
  if (token.kind == Tok::Error) fail_unexpected();
  if (const auto* name = expression->to<NameExpr>();
      name && (name->name->text == "print" || name->name->text == "exec") && starts_expression()) {
    const std::string_view which = name->name->text;
    Span span = expression->span;
    const size_t kept = position_;
    try {
      span.end_column = parse_star_expressions()->span.end_column;
    } catch (const SyntaxFailure&) {
      span.end_column = token.span.end_column;
    }
    position_ = kept;
    fail(concat("Missing parentheses in call to '", which, "'. Did you mean ", which, "(...)?"),
         span);
  }
  if (token.kind == Tok::Exclamation) fail_unexpected();
  fail_unexpected();
}

}  // namespace gradpad::lang
