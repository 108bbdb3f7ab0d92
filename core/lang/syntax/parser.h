// Tokens to syntax tree: recursive descent, with the errors of CPython 3.11.
#pragma once

#include <string>
#include <vector>

#include "lang/syntax/lexer.h"
#include "lang/syntax/source.h"
#include "lang/syntax/syntax_failure.h"
#include "lang/syntax/token.h"
#include "lang/syntax/tree.h"

namespace gradpad::lang {

/// The tree of a module. Throws SyntaxFailure.
Tree parse(const Source& source);

class Parser {
 public:
  Parser(Tree& tree, const Source& source, TokenStream tokens, int32_t depth = 0);

  /// All statements. Throws SyntaxFailure.
  Block parse_module();

 private:
  // Tokens (parser.cpp)
  const Token& peek(size_t ahead = 0) const noexcept {
    const size_t i = position_ + ahead;
    return i < tokens_.size() ? tokens_[i] : tokens_.back();
  }
  /// What `peek` gives for ever beyond: the end, or where the lexer failed.
  bool is_last(const Token& token) const noexcept { return &token == &tokens_.back(); }
  bool at(Tok kind) const noexcept { return peek().kind == kind; }
  bool accept(Tok kind);
  const Token& next();
  const Token& expect(Tok kind, const char* otherwise = nullptr);
  Span previous_span() const noexcept { return tokens_[position_ - 1].span; }
  Span since(const Span& start) const noexcept;
  const Name* name_of(const Token& token);
  const Name* expect_name();
  std::string_view text_of(const Token& token) const;

  // Errors (parser_errors.cpp)
  [[noreturn]] void fail(std::string message, Span span, HintId hint = HintId::none);
  [[noreturn]] void fail_indentation(std::string message, Span span);
  /// "invalid syntax" at the token at hand, or what explains it better.
  [[noreturn]] void fail_unexpected();
  [[noreturn]] void fail_unexpected_after(Expr* expression);
  void check_forgotten_comma(Expr* left);
  /// The place of the token behind the string literals being read.
  Span behind_strings() const;
  [[noreturn]] void report(SyntaxFailure failure);
  static const char* describe(Expr* e);
  void check_target(Expr* target, bool starred_allowed, const char* verb = "assign to");
  void check_delete_target(Expr* target);
  [[noreturn]] void fail_assignment(Expr* target);

  // Statements (parser_statements.cpp, parser_control.cpp, parser_definitions.cpp)
  void parse_statement(std::vector<Stmt*>& out);
  void parse_simple_line(std::vector<Stmt*>& out);
  Stmt* parse_simple();
  Stmt* parse_expression_statement();
  Stmt* parse_import();
  Stmt* parse_from_import();
  ImportName parse_import_as(bool dotted);
  Stmt* parse_if();
  Stmt* parse_while();
  Stmt* parse_for();
  Stmt* parse_try();
  Stmt* parse_with();
  Stmt* parse_decorated();
  Stmt* parse_function(const std::vector<Expr*>& decorators);
  Stmt* parse_class(const std::vector<Expr*>& decorators);
  Parameters parse_parameters(Tok end, bool annotations);
  Block parse_block(const char* what, Span opener);
  Block parse_else(const char* what);
  bool looks_like_match() const;

  // Expressions (parser_expressions.cpp, parser_atoms.cpp)
  Expr* parse_star_expressions();
  Expr* parse_star_expression();
  Expr* parse_expressions_until_in();  // targets of `for`
  Expr* parse_named();                 // with :=
  Expr* parse_expression();            // conditional or lambda
  Expr* parse_disjunction();
  Expr* parse_conjunction();
  Expr* parse_inversion();
  Expr* parse_comparison();
  Expr* parse_binary(int precedence);
  Expr* parse_unary();
  Expr* parse_power();
  Expr* parse_primary();
  Expr* parse_atom();
  Expr* parse_call(Expr* callee, Span begin);
  Expr* parse_subscript(Expr* object, Span begin);
  Expr* parse_slice();
  Expr* parse_parenthesised();
  Expr* parse_list();
  Expr* parse_braces();
  Expr* parse_lambda();
  Expr* parse_yield();
  std::span<ForClause> parse_clauses();
  Expr* parse_comprehension(ComprehensionExpr::Type type, Expr* item, Expr* value, Span start);
  Expr* make_tuple(const std::vector<Expr*>& items, Span span);
  bool starts_expression() const noexcept;

  // Strings (parser_strings.cpp)
  Expr* parse_strings();
  /// The text [at, end) of an f-string, or its format spec where `depth` > 0, which ends at "}".
  /// Returns where it ended.
  size_t parse_fstring(const Token& token, size_t at, size_t end, int depth,
                       std::vector<Expr*>& parts, std::string& literal);
  /// The field behind a "{".
  size_t parse_replacement(const Token& token, size_t at, size_t end, int depth,
                           std::vector<Expr*>& parts, std::string& literal);
  size_t find_expression_end(size_t at, size_t end);
  void flush_literal(const Token& token, std::vector<Expr*>& parts, std::string& literal);
  const TextPlace& place_in(const Token& token, size_t byte);
  size_t decode_escape(const Token& token, size_t at, size_t end, std::string& out);

  /// Counts nesting, for the C++ stack is small.
  class Depth {
   public:
    explicit Depth(Parser& parser);
    ~Depth() { --parser_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    Parser& parser_;
  };

  Tree& tree_;
  Arena& arena_;
  const Source& source_;
  TokenStream stream_;
  std::vector<Token>& tokens_;
  size_t position_ = 0;
  size_t furthest_ = 0;  // the last token looked at
  int32_t depth_ = 0;
  int32_t tallest_ = 0;  // links one in another, at most, in what was read of the expression
  TextPlace place_;      // the last one asked for
  bool in_fstring_ = false;
  size_t field_begin_ = 0;  // the field of the f-string being read
  size_t field_end_ = 0;
};

}  // namespace gradpad::lang
