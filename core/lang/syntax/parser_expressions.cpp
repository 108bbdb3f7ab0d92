// Expressions by precedence, from star expressions down to primaries.
#include <algorithm>
#include <utility>

#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

namespace {

struct BinaryOperator {
  BinaryOp op;
  int precedence;
};

/// The binary operator of a token; precedence 0: none.
BinaryOperator binary_operator(Tok kind) {
  switch (kind) {
    case Tok::Pipe:
      return {BinaryOp::Or, 1};
    case Tok::Caret:
      return {BinaryOp::Xor, 2};
    case Tok::Ampersand:
      return {BinaryOp::And, 3};
    case Tok::LeftShift:
      return {BinaryOp::LShift, 4};
    case Tok::RightShift:
      return {BinaryOp::RShift, 4};
    case Tok::Plus:
      return {BinaryOp::Add, 5};
    case Tok::Minus:
      return {BinaryOp::Sub, 5};
    case Tok::Star:
      return {BinaryOp::Mul, 6};
    case Tok::Slash:
      return {BinaryOp::TrueDiv, 6};
    case Tok::DoubleSlash:
      return {BinaryOp::FloorDiv, 6};
    case Tok::Percent:
      return {BinaryOp::Mod, 6};
    case Tok::At:
      return {BinaryOp::MatMul, 6};
    default:
      return {BinaryOp::Add, 0};
  }
}

Span join(const Span& a, const Span& b) { return {a.line, a.column, b.end_line, b.end_column}; }

}  // namespace

bool Parser::starts_expression() const noexcept {
  switch (peek().kind) {
    case Tok::Name:
    case Tok::Integer:
    case Tok::Real:
    case Tok::String:
    case Tok::LeftParen:
    case Tok::LeftBracket:
    case Tok::LeftBrace:
    case Tok::Ellipsis:
    case Tok::Minus:
    case Tok::Plus:
    case Tok::Tilde:
    case Tok::Not:
    case Tok::Lambda:
    case Tok::None:
    case Tok::True:
    case Tok::False:
    case Tok::Await:
      return true;
    default:
      return false;
  }
}

Expr* Parser::make_tuple(const std::vector<Expr*>& items, Span span) {
  auto* tuple = arena_.make<TupleExpr>(span);
  tuple->items = arena_.copy(items);
  return tuple;
}

Expr* Parser::parse_star_expression() {
  if (!at(Tok::Star)) return parse_expression();
  const Span start = next().span;
  Expr* value = parse_binary(1);
  auto* starred = arena_.make<StarredExpr>(since(start));
  starred->value = value;
  return starred;
}

Expr* Parser::parse_star_expressions() {
  const Span start = peek().span;
  Expr* first = parse_star_expression();
  if (!at(Tok::Comma)) return first;
  std::vector<Expr*> items{first};
  while (accept(Tok::Comma)) {
    if (!starts_expression() && !at(Tok::Star)) break;
    items.push_back(parse_star_expression());
  }
  return make_tuple(items, since(start));
}

/// `for a, *b in ...`: no comparison, for `in` ends the targets.
Expr* Parser::parse_expressions_until_in() {
  const Span first_token = peek().span;
  const auto one = [&]() -> Expr* {
    if (!at(Tok::Star)) return parse_binary(1);
    const Span start = next().span;
    Expr* value = parse_binary(1);
    auto* starred = arena_.make<StarredExpr>(since(start));
    starred->value = value;
    return starred;
  };
  Expr* first = one();
  if (!at(Tok::Comma)) return first;
  std::vector<Expr*> items{first};
  while (accept(Tok::Comma)) {
    if (!starts_expression() && !at(Tok::Star)) break;
    items.push_back(one());
  }
  return make_tuple(items, since(first_token));
}

Expr* Parser::parse_named() {
  const Span start = peek().span;
  Expr* left = parse_expression();
  if (!at(Tok::Walrus)) return left;
  auto* name = left->to<NameExpr>();
  if (!name || left->parenthesised) {
    if (left->kind == ExprKind::Name) fail_unexpected();
    fail(concat("cannot use assignment expressions with ", describe(left)), left->span);
  }
  next();
  Expr* value = parse_expression();
  auto* walrus = arena_.make<WalrusExpr>(since(start));
  walrus->target = name;
  walrus->value = value;
  return walrus;
}

Expr* Parser::parse_expression() {
  const Depth depth(*this);
  if (at(Tok::Lambda)) return parse_lambda();
  const Span start = peek().span;
  Expr* then = parse_disjunction();
  if (!at(Tok::If)) return then;
  next();
  Expr* test = parse_disjunction();
  if (!at(Tok::Else)) {
    if (at(Tok::Error)) fail_unexpected();
    if (at(Tok::Colon)) fail_unexpected();
    fail("expected 'else' after 'if' expression", since(start));
  }
  next();
  Expr* otherwise = parse_expression();
  auto* e = arena_.make<IfElseExpr>(since(start));
  e->test = test;
  e->then = then;
  e->otherwise = otherwise;
  return e;
}

Expr* Parser::parse_disjunction() {
  const Span start = peek().span;
  Expr* first = parse_conjunction();
  if (!at(Tok::Or)) return first;
  std::vector<Expr*> values{first};
  while (accept(Tok::Or)) values.push_back(parse_conjunction());
  auto* e = arena_.make<BoolOpExpr>(since(start));
  e->is_or = true;
  e->values = arena_.copy(values);
  return e;
}

Expr* Parser::parse_conjunction() {
  const Span start = peek().span;
  Expr* first = parse_inversion();
  if (!at(Tok::And)) return first;
  std::vector<Expr*> values{first};
  while (accept(Tok::And)) values.push_back(parse_inversion());
  auto* e = arena_.make<BoolOpExpr>(since(start));
  e->values = arena_.copy(values);
  return e;
}

Expr* Parser::parse_inversion() {
  if (!at(Tok::Not)) return parse_comparison();
  const Depth depth(*this);
  const Span start = next().span;
  Expr* operand = parse_inversion();
  auto* e = arena_.make<NotExpr>(since(start));
  e->operand = operand;
  return e;
}

Expr* Parser::parse_comparison() {
  const Span start = peek().span;
  Expr* left = parse_binary(1);
  std::vector<CompareKind> ops;
  std::vector<Expr*> rights;
  for (;;) {
    CompareKind op{};
    switch (peek().kind) {
      case Tok::Less:
        op = CompareKind::Lt;
        break;
      case Tok::LessEqual:
        op = CompareKind::Le;
        break;
      case Tok::EqualEqual:
        op = CompareKind::Eq;
        break;
      case Tok::NotEqual:
        op = CompareKind::Ne;
        break;
      case Tok::Greater:
        op = CompareKind::Gt;
        break;
      case Tok::GreaterEqual:
        op = CompareKind::Ge;
        break;
      case Tok::In:
        op = CompareKind::In;
        break;
      case Tok::Is:
        op = peek(1).kind == Tok::Not ? CompareKind::IsNot : CompareKind::Is;
        if (op == CompareKind::IsNot) next();
        break;
      case Tok::Not:
        if (peek(1).kind != Tok::In) goto done;
        op = CompareKind::NotIn;
        next();
        break;
      default:
        goto done;
    }
    next();
    ops.push_back(op);
    rights.push_back(parse_binary(1));
  }
done:
  if (ops.empty()) return left;
  auto* e = arena_.make<CompareExpr>(since(start));
  e->left = left;
  e->ops = arena_.copy(ops);
  e->rights = arena_.copy(rights);
  return e;
}

Expr* Parser::parse_binary(int precedence) {
  const Span start = peek().span;
  Expr* left = parse_unary();
  for (;;) {
    const BinaryOperator op = binary_operator(peek().kind);
    if (op.precedence < precedence || op.precedence == 0) return left;
    next();
    Expr* right = nullptr;
    {
      const Depth depth(*this);
      right = parse_binary(op.precedence + 1);
    }
    auto* e = arena_.make<BinaryExpr>(since(start));
    e->op = op.op;
    e->left = left;
    e->right = right;
    left = e;
  }
}

Expr* Parser::parse_unary() {
  UnaryOp op{};
  switch (peek().kind) {
    case Tok::Minus:
      op = UnaryOp::Neg;
      break;
    case Tok::Plus:
      op = UnaryOp::Pos;
      break;
    case Tok::Tilde:
      op = UnaryOp::Invert;
      break;
    default:
      return parse_power();
  }
  const Depth depth(*this);
  const Span start = next().span;
  Expr* operand = parse_unary();
  auto* e = arena_.make<UnaryExpr>(since(start));
  e->op = op;
  e->operand = operand;
  return e;
}

Expr* Parser::parse_power() {
  if (at(Tok::Await)) {
    fail("'await' is not supported", peek().span, HintId::no_async);
  }
  const Span start = peek().span;
  Expr* base = parse_primary();
  if (!at(Tok::DoubleStar)) return base;
  const Depth depth(*this);
  next();
  Expr* exponent = parse_unary();
  auto* e = arena_.make<BinaryExpr>(since(start));
  e->op = BinaryOp::Pow;
  e->left = base;
  e->right = exponent;
  return e;
}

Expr* Parser::parse_primary() {
  const Span start = peek().span;
  const int32_t outside = std::exchange(tallest_, 0);
  Expr* e = parse_atom();
  // Each link nests the tree one deeper, over what stands in its brackets as well.
  constexpr int32_t kMostLinks = 300;
  for (;; ++tallest_) {
    if (tallest_ > kMostLinks) fail("expression is too long a chain", e->span);
    if (at(Tok::Dot)) {
      next();
      const Name* name = expect_name();
      auto* attribute = arena_.make<AttributeExpr>(since(start));
      attribute->object = e;
      attribute->name = name;
      e = attribute;
    } else if (at(Tok::LeftParen)) {
      e = parse_call(e, start);
    } else if (at(Tok::LeftBracket)) {
      e = parse_subscript(e, start);
    } else {
      tallest_ = std::max(tallest_, outside);
      return e;
    }
  }
}

Expr* Parser::parse_call(Expr* callee, Span begin) {
  next();
  std::vector<Expr*> arguments;
  std::vector<Keyword> keywords;
  bool unpacked_mapping = false;
  while (!at(Tok::RightParen)) {
    const Span start = peek().span;
    if (at(Tok::DoubleStar)) {
      next();
      Expr* value = parse_expression();
      keywords.push_back({nullptr, value, since(start)});
      unpacked_mapping = true;
    } else if (at(Tok::Star)) {
      next();
      Expr* value = parse_expression();
      if (unpacked_mapping) {
        fail("iterable argument unpacking follows keyword argument unpacking",
             join(start, value->span));
      }
      auto* starred = arena_.make<StarredExpr>(since(start));
      starred->value = value;
      arguments.push_back(starred);
    } else if (at(Tok::Name) && peek(1).kind == Tok::Assign) {
      const Name* name = name_of(next());
      next();
      if (at(Tok::Comma) || at(Tok::RightParen)) {
        fail("expected argument value expression", join(start, previous_span()));
      }
      Expr* value = parse_expression();
      for (const Keyword& k : keywords) {
        if (k.name == name) {
          fail(concat("keyword argument repeated: ", name->text), join(start, value->span));
        }
      }
      keywords.push_back({name, value, since(start)});
      if (at(Tok::For)) {
        fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
             join(start, join(start, peek(0).span)));
      }
    } else {
      Expr* value = parse_named();
      if (at(Tok::For) || at(Tok::Async)) {
        value = parse_comprehension(ComprehensionExpr::Type::Generator, value, nullptr, start);
        if (!arguments.empty() || !keywords.empty() ||
            (at(Tok::Comma) && peek(1).kind != Tok::RightParen)) {
          fail("Generator expression must be parenthesized", value->span);
        }
        // The brackets of the call are its own.
        value->span.column = callee->span.end_column;
        if (at(Tok::RightParen)) value->span.end_column = peek().span.end_column;
      } else if (at(Tok::Assign)) {
        if (is_keyword(tokens_[position_ - 1].kind) && value->span == previous_span()) {
          fail(concat("cannot assign to ", describe(value)), join(value->span, peek().span));
        }
        fail("expression cannot contain assignment, perhaps you meant \"==\"?",
             join(value->span, peek().span));
      }
      if (unpacked_mapping) {
        fail("positional argument follows keyword argument unpacking", peek().span);
      }
      if (!keywords.empty()) fail("positional argument follows keyword argument", peek().span);
      arguments.push_back(value);
    }
    if (accept(Tok::Comma)) continue;
    if (at(Tok::RightParen)) break;
    if (!arguments.empty()) check_forgotten_comma(arguments.back());
    fail_unexpected();
  }
  next();
  auto* call = arena_.make<CallExpr>(since(begin));
  call->callee = callee;
  call->arguments = arena_.copy(arguments);
  call->keywords = arena_.copy(keywords);
  return call;
}

Expr* Parser::parse_slice() {
  const Span start = peek().span;
  if (at(Tok::Star)) return parse_star_expression();
  Expr* first = at(Tok::Colon) ? nullptr : parse_named();
  if (!at(Tok::Colon)) return first;
  auto* slice = arena_.make<SliceExpr>(start);
  slice->start = first;
  next();
  const auto ends = [&] { return at(Tok::Colon) || at(Tok::Comma) || at(Tok::RightBracket); };
  if (!ends()) slice->stop = parse_expression();
  if (accept(Tok::Colon) && !ends()) slice->step = parse_expression();
  slice->span = since(start);
  return slice;
}

Expr* Parser::parse_subscript(Expr* object, Span begin) {
  next();
  if (at(Tok::RightBracket)) fail_unexpected();
  const Span start = peek().span;
  Expr* index = parse_slice();
  if (at(Tok::Comma) || index->kind == ExprKind::Starred) {
    std::vector<Expr*> items{index};
    while (accept(Tok::Comma)) {
      if (at(Tok::RightBracket)) break;
      items.push_back(parse_slice());
    }
    index = make_tuple(items, since(start));
  }
  if (!at(Tok::RightBracket)) {
    if (index->kind != ExprKind::Slice && index->kind != ExprKind::Tuple) {
      check_forgotten_comma(index);
    }
    fail_unexpected();
  }
  next();
  auto* e = arena_.make<SubscriptExpr>(since(begin));
  e->object = object;
  e->index = index;
  return e;
}

}  // namespace gradpad::lang
