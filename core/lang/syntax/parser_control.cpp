// Blocks, and the statements of control flow that own them.
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

Block Parser::parse_else(const char* what) {
  if (!at(Tok::Else)) return {};
  const Span opener = next().span;
  return parse_block(what, opener);
}

Stmt* Parser::parse_if() {
  // A chain of elif is a chain of ifs in each other's else; it may be long, so no recursion.
  std::vector<IfStmt*> chain;
  for (;;) {
    const Token& keyword = next();
    const bool is_elif = keyword.kind == Tok::Elif;
    auto* s = arena_.make<IfStmt>(keyword.span);
    s->test = parse_named();
    s->span = since(keyword.span);
    s->body = parse_block(is_elif ? "'elif' statement" : "'if' statement", keyword.span);
    chain.push_back(s);
    if (!at(Tok::Elif)) break;
  }
  Block otherwise = parse_else("'else' statement");
  for (size_t i = chain.size(); i-- > 0;) {
    chain[i]->otherwise = otherwise;
    otherwise = arena_.copy(std::vector<Stmt*>{chain[i]});
  }
  return chain[0];
}

Stmt* Parser::parse_while() {
  const Span start = next().span;
  auto* s = arena_.make<WhileStmt>(start);
  s->test = parse_named();
  s->span = since(start);
  s->body = parse_block("'while' statement", start);
  s->otherwise = parse_else("'else' statement");
  return s;
}

Stmt* Parser::parse_for() {
  const Span start = next().span;
  auto* s = arena_.make<ForStmt>(start);
  s->target = parse_expressions_until_in();
  check_target(s->target, false);
  if (!at(Tok::In)) fail_unexpected();
  next();
  s->iterable = parse_star_expressions();
  s->span = since(start);
  s->body = parse_block("'for' statement", start);
  s->otherwise = parse_else("'else' statement");
  return s;
}

Stmt* Parser::parse_try() {
  const Span start = next().span;
  auto* s = arena_.make<TryStmt>(start);
  s->body = parse_block("'try' statement", start);
  std::vector<ExceptClause> handlers;
  while (at(Tok::Except)) {
    const Span opener = next().span;
    ExceptClause clause{nullptr, nullptr, {}, {}, opener};
    if (at(Tok::Star)) {
      fail("'except*' is not supported", peek().span, HintId::no_groups);
    }
    if (!at(Tok::Colon)) {
      clause.type = parse_expression();
      if (at(Tok::Comma)) {
        fail("multiple exception types must be parenthesized",
             {clause.type->span.line, clause.type->span.column, peek(1).span.end_line,
              peek(1).span.end_column});
      }
      if (accept(Tok::As)) {
        clause.name_span = peek().span;
        clause.name = expect_name();
      }
    }
    clause.span = since(opener);
    for (const ExceptClause& earlier : handlers) {
      if (earlier.type) continue;
      Span span = earlier.span;
      ++span.end_column;  // with its colon
      fail("default 'except:' must be last", span);
    }
    clause.body = parse_block("'except' statement", opener);
    handlers.push_back(clause);
  }
  s->handlers = arena_.copy(handlers);
  if (!handlers.empty()) s->otherwise = parse_else("'else' statement");
  if (at(Tok::Finally)) {
    const Span opener = next().span;
    s->finally = parse_block("'finally' statement", opener);
  } else if (handlers.empty()) {
    if (at(Tok::Error)) fail_unexpected();
    if (at(Tok::End)) {
      Span last = peek().span;
      for (size_t i = position_; i-- > 0 && last.line == peek().span.line;) last = tokens_[i].span;
      report(
          {SyntaxFailure::Kind::Syntax, "expected 'except' or 'finally' block", last, {}, false});
    }
    fail("expected 'except' or 'finally' block", peek().span);
  }
  return s;
}

Stmt* Parser::parse_with() {
  const Span start = next().span;
  auto* s = arena_.make<WithStmt>(start);
  std::vector<WithItem> items;
  const auto item = [&] {
    WithItem out{parse_expression(), nullptr};
    if (accept(Tok::As)) {
      out.target = at(Tok::Star) ? parse_star_expression() : parse_primary();
      check_target(out.target, false);
    }
    return out;
  };
  // `with (a as b, c as d):` - brackets that belong to the statement, not to an expression.
  bool bracketed = false;
  if (at(Tok::LeftParen)) {
    size_t depth = 0;
    size_t i = 0;
    bool has_as = false;
    do {
      const Tok kind = peek(i).kind;
      if (kind == Tok::LeftParen || kind == Tok::LeftBracket || kind == Tok::LeftBrace) ++depth;
      if (kind == Tok::RightParen || kind == Tok::RightBracket || kind == Tok::RightBrace) --depth;
      if (kind == Tok::As && depth == 1) has_as = true;
      ++i;
    } while (depth > 0 && peek(i).kind != Tok::End && peek(i).kind != Tok::Error);
    bracketed = depth == 0 && peek(i).kind == Tok::Colon && has_as;
    if (!bracketed && depth == 0 && peek(i).kind == Tok::Colon) {
      // `with (a, b):` are two managers as well.
      size_t level = 0;
      for (size_t k = 0; k < i; ++k) {
        const Tok kind = peek(k).kind;
        if (kind == Tok::LeftParen || kind == Tok::LeftBracket || kind == Tok::LeftBrace) ++level;
        if (kind == Tok::RightParen || kind == Tok::RightBracket || kind == Tok::RightBrace) {
          --level;
        }
        if (kind == Tok::Comma && level == 1) bracketed = true;
      }
    }
  }
  if (bracketed) next();
  do {
    if (bracketed && at(Tok::RightParen)) break;
    items.push_back(item());
  } while (accept(Tok::Comma));
  if (bracketed && !accept(Tok::RightParen)) fail_unexpected();
  s->items = arena_.copy(items);
  s->span = since(start);
  s->body = parse_block("'with' statement", start);
  return s;
}

}  // namespace gradpad::lang
