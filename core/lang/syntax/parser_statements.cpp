// Statements of one line, and which statement a line begins.
#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

namespace {

/// The operator of an augmented assignment.
bool augmented_operator(Tok kind, BinaryOp& op) {
  switch (kind) {
    case Tok::PlusAssign:
      op = BinaryOp::Add;
      return true;
    case Tok::MinusAssign:
      op = BinaryOp::Sub;
      return true;
    case Tok::StarAssign:
      op = BinaryOp::Mul;
      return true;
    case Tok::AtAssign:
      op = BinaryOp::MatMul;
      return true;
    case Tok::SlashAssign:
      op = BinaryOp::TrueDiv;
      return true;
    case Tok::DoubleSlashAssign:
      op = BinaryOp::FloorDiv;
      return true;
    case Tok::PercentAssign:
      op = BinaryOp::Mod;
      return true;
    case Tok::DoubleStarAssign:
      op = BinaryOp::Pow;
      return true;
    case Tok::LeftShiftAssign:
      op = BinaryOp::LShift;
      return true;
    case Tok::RightShiftAssign:
      op = BinaryOp::RShift;
      return true;
    case Tok::AmpersandAssign:
      op = BinaryOp::And;
      return true;
    case Tok::PipeAssign:
      op = BinaryOp::Or;
      return true;
    case Tok::CaretAssign:
      op = BinaryOp::Xor;
      return true;
    default:
      return false;
  }
}

}  // namespace

void Parser::parse_statement(std::vector<Stmt*>& out) {
  const Depth depth(*this);
  switch (peek().kind) {
    case Tok::If:
      out.push_back(parse_if());
      return;
    case Tok::While:
      out.push_back(parse_while());
      return;
    case Tok::For:
      out.push_back(parse_for());
      return;
    case Tok::Try:
      out.push_back(parse_try());
      return;
    case Tok::With:
      out.push_back(parse_with());
      return;
    case Tok::Def:
      out.push_back(parse_function({}));
      return;
    case Tok::Class:
      out.push_back(parse_class({}));
      return;
    case Tok::At:
      out.push_back(parse_decorated());
      return;
    case Tok::Async:
      fail("'async' is not supported", peek().span, HintId::no_async);
    default:
      break;
  }
  if (looks_like_match()) {
    fail("'match' statements are not supported", peek().span, HintId::no_match);
  }
  parse_simple_line(out);
}

/// `match x:` at the beginning of a line; `match` is also an ordinary name.
bool Parser::looks_like_match() const {
  if (!at(Tok::Name) || text_of(peek()) != "match") return false;
  switch (peek(1).kind) {
    case Tok::Name:
    case Tok::Integer:
    case Tok::Real:
    case Tok::String:
    case Tok::None:
    case Tok::True:
    case Tok::False:
      break;
    default:
      return false;
  }
  size_t i = 1;
  while (peek(i).kind != Tok::Newline && !is_last(peek(i))) ++i;
  return peek(i - 1).kind == Tok::Colon;
}

void Parser::parse_simple_line(std::vector<Stmt*>& out) {
  for (;;) {
    out.push_back(parse_simple());
    if (!accept(Tok::Semicolon)) break;
    if (at(Tok::Newline) || at(Tok::End)) break;
  }
  if (accept(Tok::Newline) || at(Tok::End)) return;
  if (out.back()->kind == StmtKind::Expression) {
    fail_unexpected_after(out.back()->as<ExpressionStmt>()->value);
  }
  if (out.back()->kind == StmtKind::Assign) {
    fail_unexpected_after(out.back()->as<AssignStmt>()->value);
  }
  fail_unexpected();
}

Stmt* Parser::parse_simple() {
  const Span start = peek().span;
  switch (peek().kind) {
    case Tok::Pass:
      next();
      return arena_.make<PassStmt>(start);
    case Tok::Break:
      next();
      return arena_.make<BreakStmt>(start);
    case Tok::Continue:
      next();
      return arena_.make<ContinueStmt>(start);
    case Tok::Return: {
      next();
      auto* s = arena_.make<ReturnStmt>(start);
      if (starts_expression() || at(Tok::Star)) s->value = parse_star_expressions();
      s->span = since(start);
      return s;
    }
    case Tok::Raise: {
      next();
      auto* s = arena_.make<RaiseStmt>(start);
      if (starts_expression()) {
        s->value = parse_expression();
        if (accept(Tok::From)) s->cause = parse_expression();
      }
      s->span = since(start);
      return s;
    }
    case Tok::Global:
    case Tok::Nonlocal: {
      const bool global = next().kind == Tok::Global;
      std::vector<const Name*> names;
      do {
        names.push_back(expect_name());
      } while (accept(Tok::Comma));
      if (global) {
        auto* s = arena_.make<GlobalStmt>(since(start));
        s->names = arena_.copy(names);
        return s;
      }
      auto* s = arena_.make<NonlocalStmt>(since(start));
      s->names = arena_.copy(names);
      return s;
    }
    case Tok::Del: {
      next();
      std::vector<Expr*> targets;
      do {
        if (!starts_expression()) break;
        targets.push_back(parse_primary());
        check_delete_target(targets.back());
      } while (accept(Tok::Comma));
      if (targets.empty()) fail_unexpected();
      if (!at(Tok::Newline) && !at(Tok::Semicolon) && !at(Tok::End)) {
        Expr* whole = targets.back();
        if (at(Tok::Error)) fail_unexpected();
        if (starts_expression() && !at(Tok::Minus) && !at(Tok::Plus)) fail_unexpected();
        fail("cannot delete expression", {whole->span.line, whole->span.column,
                                          peek(1).span.end_line, peek(1).span.end_column});
      }
      auto* s = arena_.make<DeleteStmt>(since(start));
      s->targets = arena_.copy(targets);
      return s;
    }
    case Tok::Assert: {
      next();
      auto* s = arena_.make<AssertStmt>(start);
      s->test = parse_expression();
      if (accept(Tok::Comma)) s->message = parse_expression();
      s->span = since(start);
      return s;
    }
    case Tok::Import:
      return parse_import();
    case Tok::From:
      return parse_from_import();
    default:
      return parse_expression_statement();
  }
}

Stmt* Parser::parse_expression_statement() {
  const Span start = peek().span;
  const auto value = [&] { return at(Tok::Yield) ? parse_yield() : parse_star_expressions(); };
  Expr* first = value();
  if (at(Tok::Colon) && first->kind != ExprKind::Yield) {
    // An annotation, unless this cannot be a target at all.
    const bool single = first->kind == ExprKind::Name || first->kind == ExprKind::Attribute ||
                        first->kind == ExprKind::Subscript;
    if (!single) {
      if (first->kind == ExprKind::Tuple || first->kind == ExprKind::List) {
        const bool tuple = first->kind == ExprKind::Tuple;
        fail(concat("only single target (not ", tuple ? "tuple" : "list", ") can be annotated"),
             first->span);
      }
      if (peek(1).kind == Tok::Newline) fail_unexpected();
      fail("illegal target for annotation", first->span);
    }
    if (peek(1).kind == Tok::Newline) fail_unexpected();
    next();
    auto* s = arena_.make<AnnotatedAssignStmt>(start);
    s->target = first;
    s->annotation = parse_expression();
    if (accept(Tok::Assign)) s->value = value();
    s->span = since(start);
    return s;
  }
  BinaryOp op{};
  if (augmented_operator(peek().kind, op)) {
    if (first->kind != ExprKind::Name && first->kind != ExprKind::Attribute &&
        first->kind != ExprKind::Subscript) {
      fail(concat("'", describe(first), "' is an illegal expression for augmented assignment"),
           first->span);
    }
    next();
    auto* s = arena_.make<AugmentedAssignStmt>(start);
    s->target = first;
    s->op = op;
    s->value = value();
    s->span = since(start);
    return s;
  }
  if (at(Tok::Assign)) {
    std::vector<Expr*> targets{first};
    Expr* last = nullptr;
    while (accept(Tok::Assign)) {
      last = value();
      if (at(Tok::Assign)) targets.push_back(last);
    }
    for (Expr* target : targets) {
      if (target->kind == ExprKind::Starred) {
        fail("starred assignment target must be in a list or tuple", target->span);
      }
      int stars = 0;
      if (auto* tuple = target->to<TupleExpr>()) {
        for (Expr* item : tuple->items) stars += item->kind == ExprKind::Starred;
      }
      if (auto* list = target->to<ListExpr>()) {
        for (Expr* item : list->items) stars += item->kind == ExprKind::Starred;
      }
      if (stars > 1) fail("multiple starred expressions in assignment", target->span);
      const bool is_target = target->kind == ExprKind::Name ||
                             target->kind == ExprKind::Attribute ||
                             target->kind == ExprKind::Subscript;
      if (!is_target) {
        if (target->kind == ExprKind::Tuple || target->kind == ExprKind::List) {
          check_target(target, false);
        } else {
          fail_assignment(target);
        }
      }
    }
    auto* s = arena_.make<AssignStmt>(since(start));
    s->targets = arena_.copy(targets);
    s->value = last;
    return s;
  }
  auto* s = arena_.make<ExpressionStmt>(since(start));
  s->value = first;
  return s;
}

ImportName Parser::parse_import_as(bool dotted) {
  const Span start = peek().span;
  std::string path(expect_name()->text);
  while (dotted && accept(Tok::Dot)) {
    path += '.';
    path += expect_name()->text;
  }
  const Name* as = nullptr;
  if (accept(Tok::As)) as = expect_name();
  return {arena_.copy(path), as, since(start)};
}

Stmt* Parser::parse_import() {
  const Span start = next().span;
  std::vector<ImportName> names;
  do {
    names.push_back(parse_import_as(true));
  } while (accept(Tok::Comma));
  auto* s = arena_.make<ImportStmt>(since(start));
  s->names = arena_.copy(names);
  return s;
}

Stmt* Parser::parse_from_import() {
  const Span start = next().span;
  auto* s = arena_.make<ImportFromStmt>(start);
  for (;;) {
    if (accept(Tok::Dot)) {
      s->level += 1;
    } else if (accept(Tok::Ellipsis)) {
      s->level += 3;
    } else {
      break;
    }
  }
  std::string module;
  if (at(Tok::Name)) {
    module = expect_name()->text;
    while (accept(Tok::Dot)) {
      module += '.';
      module += expect_name()->text;
    }
  } else if (s->level == 0) {
    fail_unexpected();
  }
  s->module = arena_.copy(module);
  if (!at(Tok::Import)) fail_unexpected();
  next();
  if (at(Tok::Star)) {
    s->star = next().span;
    s->span = since(start);
    return s;
  }
  std::vector<ImportName> names;
  const bool bracketed = accept(Tok::LeftParen);
  for (;;) {
    names.push_back(parse_import_as(false));
    if (!accept(Tok::Comma)) break;
    if (bracketed && at(Tok::RightParen)) break;
    if (!bracketed && at(Tok::Newline)) {
      fail("trailing comma not allowed without surrounding parentheses", peek().span);
    }
  }
  if (bracketed && !accept(Tok::RightParen)) fail_unexpected();
  s->names = arena_.copy(names);
  s->span = since(start);
  return s;
}

}  // namespace gradpad::lang
