// What is wrong with a program that does not parse, in the words of CPython 3.11.
#include <algorithm>

#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {

namespace {

/// What CPython's grammar takes for a mistyped comparison when it stands left of `=`.
bool may_be_comparison(Expr* e) {
  switch (e->kind) {
    case ExprKind::Not:
    case ExprKind::BoolOp:
    case ExprKind::Compare:
    case ExprKind::IfElse:
    case ExprKind::Lambda:
    case ExprKind::Yield:
    case ExprKind::YieldFrom:
      return false;
    case ExprKind::Constant:
      return e->as<ConstantExpr>()->type > ConstantExpr::Type::False;
    default:
      return true;
  }
}

}  // namespace

/// A later failure of the lexer, and a bracket never closed, explain more than what the parser saw.
void Parser::report(SyntaxFailure failure) {
  if (in_fstring_) {
    if (!failure.message.starts_with("f-string")) failure.message = "f-string: " + failure.message;
    failure.shown = concat(
        "(", std::string_view(source_.text).substr(field_begin_, field_end_ - field_begin_), ")");
  } else {
    for (size_t i = position_; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == Tok::Error) throw stream_.failures[tokens_[i].failure];
    }
    const size_t last = std::min(std::max(furthest_, position_), tokens_.size() - 1);
    if (stream_.unclosed && tokens_[last].span.line > stream_.open_span.line) {
      Span span = stream_.open_span;
      throw SyntaxFailure{SyntaxFailure::Kind::Syntax,
                          concat("'", stream_.open_bracket, "' was never closed"),
                          span,
                          {}};
    }
  }
  throw failure;
}

void Parser::fail(std::string message, Span span, HintId hint) {
  report({SyntaxFailure::Kind::Syntax, std::move(message), span, {hint}});
}

void Parser::fail_indentation(std::string message, Span span) {
  const bool marked = message != "unexpected indent";
  if (marked) span.end_line = span.line, span.end_column = span.column;
  report({SyntaxFailure::Kind::Indentation, std::move(message), span, {}, marked});
}

void Parser::fail_unexpected() {
  const Token& token = peek();
  if (token.kind == Tok::Error) throw stream_.failures[token.failure];
  if (token.kind == Tok::Indent) fail_indentation("unexpected indent", token.span);
  if (token.kind == Tok::Dedent) fail_indentation("unexpected unindent", token.span);
  if (token.kind == Tok::End && stream_.unclosed) {
    throw SyntaxFailure{SyntaxFailure::Kind::Syntax,
                        concat("'", stream_.open_bracket, "' was never closed"),
                        stream_.open_span,
                        {}};
  }
  fail("invalid syntax", token.span);
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
  fail_unexpected();
}

/// Two expressions side by side inside brackets: a comma was probably forgotten.
void Parser::check_forgotten_comma(Expr* left) {
  if (at(Tok::Error)) fail_unexpected();
  if (!starts_expression() || at(Tok::Not) || at(Tok::Lambda) || at(Tok::Await)) return;
  const size_t kept = position_;
  Expr* right = nullptr;
  try {
    right = parse_disjunction();
  } catch (const SyntaxFailure&) {
    position_ = kept;
    return;
  }
  const bool conditional = at(Tok::If);
  position_ = kept;
  if (conditional) return;
  fail("invalid syntax. Perhaps you forgot a comma?",
       {left->span.line, left->span.column, right->span.end_line, right->span.end_column});
}

const char* Parser::describe(Expr* e) {
  switch (e->kind) {
    case ExprKind::Constant:
      switch (e->as<ConstantExpr>()->type) {
        case ConstantExpr::Type::None:
          return "None";
        case ConstantExpr::Type::True:
          return "True";
        case ConstantExpr::Type::False:
          return "False";
        case ConstantExpr::Type::Ellipsis:
          return "ellipsis";
        default:
          return "literal";
      }
    case ExprKind::Name:
      return "name";
    case ExprKind::BoolOp:
    case ExprKind::Binary:
    case ExprKind::Unary:
    case ExprKind::Not:
      return "expression";
    case ExprKind::Lambda:
      return "lambda";
    case ExprKind::IfElse:
      return "conditional expression";
    case ExprKind::Dict:
      return "dict literal";
    case ExprKind::Set:
      return "set display";
    case ExprKind::List:
      return "list";
    case ExprKind::Tuple:
      return "tuple";
    case ExprKind::Comprehension:
      switch (e->as<ComprehensionExpr>()->type) {
        case ComprehensionExpr::Type::List:
          return "list comprehension";
        case ComprehensionExpr::Type::Set:
          return "set comprehension";
        case ComprehensionExpr::Type::Dict:
          return "dict comprehension";
        case ComprehensionExpr::Type::Generator:
          return "generator expression";
      }
      break;
    case ExprKind::Yield:
    case ExprKind::YieldFrom:
      return "yield expression";
    case ExprKind::Compare:
      return "comparison";
    case ExprKind::Call:
      return "function call";
    case ExprKind::JoinedString:
    case ExprKind::FormattedValue:
      return "f-string expression";
    case ExprKind::Attribute:
      return "attribute";
    case ExprKind::Subscript:
      return "subscript";
    case ExprKind::Starred:
      return "starred";
    case ExprKind::Slice:
      return "slice";
    case ExprKind::Walrus:
      return "named expression";
  }
  return "expression";
}

namespace {

/// The part of a target that cannot be assigned to, or null.
Expr* invalid_part(Expr* target) {
  switch (target->kind) {
    case ExprKind::Name:
    case ExprKind::Attribute:
    case ExprKind::Subscript:
      return nullptr;
    case ExprKind::Starred:
      return invalid_part(target->as<StarredExpr>()->value);
    case ExprKind::List:
      for (Expr* item : target->as<ListExpr>()->items) {
        if (Expr* bad = invalid_part(item)) return bad;
      }
      return nullptr;
    case ExprKind::Tuple:
      for (Expr* item : target->as<TupleExpr>()->items) {
        if (Expr* bad = invalid_part(item)) return bad;
      }
      return nullptr;
    default:
      return target;
  }
}

}  // namespace

/// For the left side of `=`.
void Parser::fail_assignment(Expr* target) {
  Expr* bad = invalid_part(target);
  if (!bad) fail_unexpected();
  if (bad == target && may_be_comparison(bad)) {
    fail(concat("cannot assign to ", describe(bad), " here. Maybe you meant '==' instead of '='?"),
         bad->span);
  }
  if (bad->kind == ExprKind::Yield || bad->kind == ExprKind::YieldFrom) {
    fail("assignment to yield expression not possible", bad->span);
  }
  fail(concat("cannot assign to ", describe(bad)), bad->span);
}

/// For targets of `for`, `with ... as` and the like.
void Parser::check_target(Expr* target, bool starred_allowed, const char* verb) {
  if (target->kind == ExprKind::Starred && !starred_allowed) {
    fail("starred assignment target must be in a list or tuple", target->span);
  }
  if (Expr* bad = invalid_part(target)) {
    fail(concat("cannot ", verb, " ", describe(bad)), bad->span);
  }
}

void Parser::check_delete_target(Expr* target) {
  if (auto* tuple = target->to<TupleExpr>()) {
    for (Expr* item : tuple->items) check_delete_target(item);
    return;
  }
  if (auto* list = target->to<ListExpr>()) {
    for (Expr* item : list->items) check_delete_target(item);
    return;
  }
  if (target->kind == ExprKind::Name || target->kind == ExprKind::Attribute ||
      target->kind == ExprKind::Subscript) {
    return;
  }
  fail(concat("cannot delete ", describe(target)), target->span);
}

}  // namespace gradpad::lang
