// The parser's hold on its tokens.
#include "lang/syntax/parser.h"

namespace gradpad::lang {

namespace {

constexpr int32_t kMostNesting = 100;

}  // namespace

Tree parse(const Source& source) {
  Tree tree;
  tree.body = Parser(tree, source, Lexer(source).run()).parse_module();
  return tree;
}

Parser::Parser(Tree& tree, const Source& source, TokenStream tokens, int32_t depth)
    : tree_(tree),
      arena_(tree.arena),
      source_(source),
      stream_(std::move(tokens)),
      tokens_(stream_.tokens),
      depth_(depth) {}

Parser::Depth::Depth(Parser& parser) : parser_(parser) {
  if (++parser_.depth_ > kMostNesting) {
    --parser_.depth_;
    parser_.fail("too many nested parentheses", parser_.peek().span, HintId::nested_too_deep);
  }
}

bool Parser::accept(Tok kind) {
  if (!at(kind)) return false;
  next();
  return true;
}

const Token& Parser::next() {
  if (at(Tok::Error)) fail_unexpected();
  const Token& token = peek();
  if (position_ < tokens_.size()) ++position_;
  if (position_ > furthest_) furthest_ = position_;
  return token;
}

const Token& Parser::expect(Tok kind, const char* otherwise) {
  if (at(kind)) return next();
  if (otherwise && !at(Tok::Error)) {
    // What is missing is said only where the line ends or goes on with something quite different.
    fail(otherwise, peek().span);
  }
  fail_unexpected();
}

Span Parser::since(const Span& start) const noexcept {
  const Span end = previous_span();
  return {start.line, start.column, end.end_line, end.end_column};
}

std::string_view Parser::text_of(const Token& token) const {
  return std::string_view(source_.text).substr(token.begin, token.end - token.begin);
}

const Name* Parser::name_of(const Token& token) { return tree_.name(text_of(token)); }

const Name* Parser::expect_name() {
  if (!at(Tok::Name)) fail_unexpected();
  return name_of(next());
}

Block Parser::parse_module() {
  std::vector<Stmt*> statements;
  while (!at(Tok::End)) {
    if (accept(Tok::Newline)) continue;
    if (at(Tok::Indent)) fail_indentation("unexpected indent", peek().span);
    parse_statement(statements);
  }
  return arena_.copy(statements);
}

}  // namespace gradpad::lang
