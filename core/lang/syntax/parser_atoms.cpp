// Atoms: names, literals, brackets, comprehensions, lambda and yield.
#include <unordered_set>

#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

Expr* Parser::parse_atom() {
  const Token& token = peek();
  const auto constant = [&](ConstantExpr::Type type) {
    return arena_.make<ConstantExpr>(next().span, type);
  };
  switch (token.kind) {
    case Tok::Name: {
      next();
      return arena_.make<NameExpr>(token.span, name_of(token));
    }
    case Tok::Integer: {
      auto* e = constant(ConstantExpr::Type::Int);
      e->integer = token.integer;
      return e;
    }
    case Tok::Real: {
      auto* e = constant(ConstantExpr::Type::Float);
      e->real = token.real;
      return e;
    }
    case Tok::String:
      return parse_strings();
    case Tok::None:
      return constant(ConstantExpr::Type::None);
    case Tok::True:
      return constant(ConstantExpr::Type::True);
    case Tok::False:
      return constant(ConstantExpr::Type::False);
    case Tok::Ellipsis:
      return constant(ConstantExpr::Type::Ellipsis);
    case Tok::LeftParen:
      return parse_parenthesised();
    case Tok::LeftBracket:
      return parse_list();
    case Tok::LeftBrace:
      return parse_braces();
    default:
      fail_unexpected();
  }
}

Expr* Parser::parse_parenthesised() {
  const Span start = next().span;
  if (accept(Tok::RightParen)) {
    Expr* e = make_tuple({}, since(start));
    e->parenthesised = true;
    return e;
  }
  if (at(Tok::Yield)) {
    Expr* e = parse_yield();
    if (!at(Tok::RightParen)) fail_unexpected();
    next();
    e->parenthesised = true;
    return e;
  }
  const auto item = [&] { return at(Tok::Star) ? parse_star_expression() : parse_named(); };
  if (at(Tok::DoubleStar)) fail("cannot use double starred expression here", peek().span);
  Expr* first = item();
  if (at(Tok::For) || at(Tok::Async)) {
    if (first->kind == ExprKind::Starred) {
      fail("iterable unpacking cannot be used in comprehension", first->span);
    }
    Expr* e = parse_comprehension(ComprehensionExpr::Type::Generator, first, nullptr, start);
    if (!at(Tok::RightParen)) fail_unexpected();
    next();
    e->span = since(start);
    return e;
  }
  if (at(Tok::Comma)) {
    std::vector<Expr*> items{first};
    while (accept(Tok::Comma)) {
      if (at(Tok::RightParen)) break;
      items.push_back(item());
    }
    if (!at(Tok::RightParen)) {
      check_forgotten_comma(items.back());
      fail_unexpected();
    }
    next();
    Expr* e = make_tuple(items, since(start));
    e->parenthesised = true;
    return e;
  }
  if (!at(Tok::RightParen)) {
    if (at(Tok::Assign) && first->kind == ExprKind::Name) {
      fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
           {first->span.line, first->span.column, peek().span.end_line, peek().span.end_column});
    }
    if (at(Tok::Assign)) fail_assignment(first);
    check_forgotten_comma(first);
    fail_unexpected();
  }
  next();
  if (first->kind == ExprKind::Starred) {
    fail("cannot use starred expression here", first->span);
  }
  first->parenthesised = true;
  return first;
}

Expr* Parser::parse_list() {
  const Span start = next().span;
  std::vector<Expr*> items;
  const auto item = [&] { return at(Tok::Star) ? parse_star_expression() : parse_named(); };
  if (!at(Tok::RightBracket)) {
    items.push_back(item());
    if (at(Tok::For) || at(Tok::Async)) {
      if (items[0]->kind == ExprKind::Starred) {
        fail("iterable unpacking cannot be used in comprehension", items[0]->span);
      }
      Expr* e = parse_comprehension(ComprehensionExpr::Type::List, items[0], nullptr, start);
      if (!at(Tok::RightBracket)) fail_unexpected();
      next();
      e->span = since(start);
      return e;
    }
    while (accept(Tok::Comma)) {
      if (at(Tok::RightBracket)) break;
      items.push_back(item());
      if (at(Tok::For) && items.size() > 1) {
        fail("did you forget parentheses around the comprehension target?",
             {items[0]->span.line, items[0]->span.column, items.back()->span.end_line,
              items.back()->span.end_column});
      }
    }
  }
  if (!at(Tok::RightBracket)) {
    if (!items.empty()) check_forgotten_comma(items.back());
    fail_unexpected();
  }
  next();
  auto* list = arena_.make<ListExpr>(since(start));
  list->items = arena_.copy(items);
  return list;
}

Expr* Parser::parse_braces() {
  const Span start = next().span;
  std::vector<Expr*> keys;
  std::vector<Expr*> values;
  std::vector<Expr*> items;
  bool is_set = false;
  while (!at(Tok::RightBrace)) {
    if (at(Tok::DoubleStar) && !is_set) {
      const Span stars = next().span;
      keys.push_back(nullptr);
      values.push_back(parse_binary(1));
      if (at(Tok::For)) fail("dict unpacking cannot be used in dict comprehension", stars);
    } else {
      Expr* item = at(Tok::Star) ? parse_star_expression() : parse_named();
      const bool pair = at(Tok::Colon) && !is_set && item->kind != ExprKind::Starred;
      if (pair) {
        next();
        if (at(Tok::RightBrace) || at(Tok::Comma)) {
          fail("expression expected after dictionary key and ':'", previous_span());
        }
        if (at(Tok::Star))
          fail("cannot use a starred expression in a dictionary value", peek().span);
        Expr* value = parse_expression();
        if (keys.empty() && (at(Tok::For) || at(Tok::Async))) {
          Expr* e = parse_comprehension(ComprehensionExpr::Type::Dict, item, value, start);
          if (!at(Tok::RightBrace)) fail_unexpected();
          next();
          e->span = since(start);
          return e;
        }
        keys.push_back(item);
        values.push_back(value);
      } else {
        if (!keys.empty()) {
          if (at(Tok::Comma) || at(Tok::RightBrace)) {
            fail("':' expected after dictionary key", previous_span());
          }
          fail_unexpected();
        }
        is_set = true;
        if (items.empty() && (at(Tok::For) || at(Tok::Async))) {
          Expr* e = parse_comprehension(ComprehensionExpr::Type::Set, item, nullptr, start);
          if (!at(Tok::RightBrace)) fail_unexpected();
          next();
          e->span = since(start);
          return e;
        }
        items.push_back(item);
      }
    }
    if (accept(Tok::Comma)) continue;
    if (at(Tok::RightBrace)) break;
    if (is_set || !values.empty()) {
      check_forgotten_comma(is_set ? items.back() : values.back());
    }
    fail_unexpected();
  }
  next();
  if (is_set) {
    auto* set = arena_.make<SetExpr>(since(start));
    set->items = arena_.copy(items);
    return set;
  }
  auto* dict = arena_.make<DictExpr>(since(start));
  dict->keys = arena_.copy(keys);
  dict->values = arena_.copy(values);
  return dict;
}

std::span<ForClause> Parser::parse_clauses() {
  constexpr size_t kMostClauses = 50;  // each is a loop in the one before
  std::vector<ForClause> clauses;
  while (at(Tok::For) || at(Tok::Async)) {
    if (at(Tok::Async)) fail("asynchronous comprehensions are not supported", peek().span);
    if (clauses.size() == kMostClauses) {
      fail("too many statically nested blocks", peek().span);
    }
    next();
    Expr* target = parse_expressions_until_in();
    check_target(target, true);
    if (!at(Tok::In)) fail_unexpected();
    next();
    Expr* iterable = parse_disjunction();
    std::vector<Expr*> conditions;
    while (accept(Tok::If)) conditions.push_back(parse_disjunction());
    clauses.push_back({target, iterable, arena_.copy(conditions)});
  }
  return arena_.copy(clauses);
}

Expr* Parser::parse_comprehension(ComprehensionExpr::Type type, Expr* item, Expr* value,
                                  Span start) {
  auto* e = arena_.make<ComprehensionExpr>(start);
  e->scope = tree_.new_scope();
  e->type = type;
  e->item = item;
  e->value = value;
  e->clauses = parse_clauses();
  e->span = since(start);
  return e;
}

Expr* Parser::parse_lambda() {
  const Span start = next().span;
  auto* lambda = arena_.make<LambdaExpr>(start);
  lambda->scope = tree_.new_scope();
  lambda->parameters = parse_parameters(Tok::Colon, false);
  if (!at(Tok::Colon)) fail_unexpected();
  next();
  lambda->body = parse_expression();
  lambda->span = since(start);
  return lambda;
}

Expr* Parser::parse_yield() {
  const Span start = next().span;
  if (accept(Tok::From)) {
    auto* e = arena_.make<YieldFromExpr>(start);
    e->value = parse_expression();
    e->span = since(start);
    return e;
  }
  auto* e = arena_.make<YieldExpr>(start);
  if (starts_expression() || at(Tok::Star)) e->value = parse_star_expressions();
  e->span = since(start);
  return e;
}

Parameters Parser::parse_parameters(Tok end, bool annotations) {
  Parameters out;
  std::vector<Parameter> positional;
  std::vector<Parameter> keyword_only;
  bool star = false;
  bool bare_star = false;
  bool slash = false;
  bool defaults = false;
  Span star_span;
  std::unordered_set<const Name*> seen;
  const auto parameter = [&](bool starred) {
    const Token& token = peek();
    if (token.kind != Tok::Name) {
      if (token.kind == Tok::LeftParen) {
        size_t close = 1;
        while (peek(close).kind != Tok::RightParen && !is_last(peek(close))) ++close;
        fail(annotations ? "Function parameters cannot be parenthesized"
                         : "Lambda expression parameters cannot be parenthesized",
             {token.span.line, token.span.column, peek(close).span.end_line,
              peek(close).span.end_column});
      }
      fail_unexpected();
    }
    next();
    Parameter p{name_of(token), token.span, nullptr, nullptr};
    if (!seen.insert(p.name).second) {
      fail(concat("duplicate argument '", p.name->text, "' in function definition"), p.span);
    }
    if (annotations && accept(Tok::Colon)) {
      p.annotation = starred && at(Tok::Star) ? parse_star_expression() : parse_expression();
    }
    return p;
  };
  while (!at(end)) {
    if (out.kwargs) fail("arguments cannot follow var-keyword argument", peek().span);
    if (at(Tok::DoubleStar)) {
      next();
      out.kwargs = arena_.make<Parameter>(parameter(false));
      if (at(Tok::Assign)) fail("var-keyword argument cannot have default value", peek().span);
    } else if (at(Tok::Star)) {
      if (star) fail("* argument may appear only once", peek().span);
      star_span = next().span;
      star = true;
      if (at(Tok::Comma) || at(end)) {
        bare_star = true;
      } else {
        out.args = arena_.make<Parameter>(parameter(true));
        if (at(Tok::Assign)) fail("var-positional argument cannot have default value", peek().span);
      }
    } else if (at(Tok::Slash)) {
      if (slash) fail("/ may appear only once", peek().span);
      if (star) fail("/ must be ahead of *", peek().span);
      if (positional.empty()) fail("at least one argument must precede /", peek().span);
      next();
      slash = true;
      out.positional_only = static_cast<uint32_t>(positional.size());
    } else {
      Parameter p = parameter(false);
      if (accept(Tok::Assign)) {
        if (at(Tok::Comma) || at(end)) fail("expected default value expression", previous_span());
        p.value = parse_expression();
      } else if (defaults && !star) {
        fail("non-default argument follows default argument", p.span);
      }
      if (star) {
        keyword_only.push_back(p);
      } else {
        defaults = defaults || p.value;
        positional.push_back(p);
      }
    }
    if (accept(Tok::Comma)) continue;
    if (!at(end)) fail_unexpected();
  }
  if (bare_star && keyword_only.empty()) fail("named arguments must follow bare *", star_span);
  out.positional = arena_.copy(positional);
  out.keyword_only = arena_.copy(keyword_only);
  return out;
}

}  // namespace gradpad::lang
