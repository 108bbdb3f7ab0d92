// The nodes of a syntax tree. They live in the arena of their Tree and hold only plain data: a name
// is one object wherever it stands, the texts of literals lie in the arena.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "lang/syntax/operators.h"
#include "lang/syntax/span.h"

namespace gradpad::lang {

/// A name that the text uses: one object for each spelling in a tree.
struct Name {
  std::string_view text;
  uint32_t number;  // among the names of the tree
};

enum class ExprKind : uint8_t {
  Constant,
  Name,
  BoolOp,
  Binary,
  Unary,
  Not,
  Lambda,
  IfElse,
  Dict,
  Set,
  List,
  Tuple,
  Comprehension,
  Yield,
  YieldFrom,
  Compare,
  Call,
  JoinedString,
  FormattedValue,
  Attribute,
  Subscript,
  Starred,
  Slice,
  Walrus,
};

struct Expr {
  ExprKind kind;
  bool parenthesised = false;
  Span span;

  template <class T>
  T* as() {
    return static_cast<T*>(this);
  }
  template <class T>
  T* to() {
    return kind == T::kKind ? static_cast<T*>(this) : nullptr;
  }
};

template <ExprKind K>
struct ExprOf : Expr {
  static constexpr ExprKind kKind = K;
  explicit ExprOf(Span s) : Expr{K, false, s} {}
};

struct ConstantExpr : ExprOf<ExprKind::Constant> {
  enum class Type : uint8_t { None, True, False, Ellipsis, Int, Float, Str };
  ConstantExpr(Span s, Type t) : ExprOf(s), type(t) {}
  Type type;
  uint64_t integer = 0;  // up to 2^63, which only a minus makes fit
  double real = 0;
  std::string_view text;
};
struct NameExpr : ExprOf<ExprKind::Name> {
  NameExpr(Span s, const Name* n) : ExprOf(s), name(n) {}
  const Name* name;
};
struct BoolOpExpr : ExprOf<ExprKind::BoolOp> {
  using ExprOf::ExprOf;
  bool is_or = false;
  std::span<Expr*> values;
};
struct BinaryExpr : ExprOf<ExprKind::Binary> {
  using ExprOf::ExprOf;
  BinaryOp op{};
  Expr* left = nullptr;
  Expr* right = nullptr;
};
struct UnaryExpr : ExprOf<ExprKind::Unary> {
  using ExprOf::ExprOf;
  UnaryOp op{};
  Expr* operand = nullptr;
};
struct NotExpr : ExprOf<ExprKind::Not> {
  using ExprOf::ExprOf;
  Expr* operand = nullptr;
};
struct IfElseExpr : ExprOf<ExprKind::IfElse> {
  using ExprOf::ExprOf;
  Expr* test = nullptr;
  Expr* then = nullptr;
  Expr* otherwise = nullptr;
};
struct DictExpr : ExprOf<ExprKind::Dict> {
  using ExprOf::ExprOf;
  std::span<Expr*> keys;  // null: `**value`
  std::span<Expr*> values;
};
struct SetExpr : ExprOf<ExprKind::Set> {
  using ExprOf::ExprOf;
  std::span<Expr*> items;
};
struct ListExpr : ExprOf<ExprKind::List> {
  using ExprOf::ExprOf;
  std::span<Expr*> items;
};
struct TupleExpr : ExprOf<ExprKind::Tuple> {
  using ExprOf::ExprOf;
  std::span<Expr*> items;
};

/// What is compared by `is` and `in` besides the comparisons proper.
enum class CompareKind : uint8_t { Lt, Le, Eq, Ne, Gt, Ge, Is, IsNot, In, NotIn };
struct CompareExpr : ExprOf<ExprKind::Compare> {
  using ExprOf::ExprOf;
  Expr* left = nullptr;
  std::span<CompareKind> ops;
  std::span<Expr*> rights;
};

struct Keyword {
  const Name* name;  // null: `**value`
  Expr* value;
  Span span;
};
struct CallExpr : ExprOf<ExprKind::Call> {
  using ExprOf::ExprOf;
  Expr* callee = nullptr;
  std::span<Expr*> arguments;
  std::span<Keyword> keywords;
};
struct AttributeExpr : ExprOf<ExprKind::Attribute> {
  using ExprOf::ExprOf;
  Expr* object = nullptr;
  const Name* name = nullptr;
};
struct SubscriptExpr : ExprOf<ExprKind::Subscript> {
  using ExprOf::ExprOf;
  Expr* object = nullptr;
  Expr* index = nullptr;
};
struct StarredExpr : ExprOf<ExprKind::Starred> {
  using ExprOf::ExprOf;
  Expr* value = nullptr;
};
struct SliceExpr : ExprOf<ExprKind::Slice> {
  using ExprOf::ExprOf;
  Expr* start = nullptr;
  Expr* stop = nullptr;
  Expr* step = nullptr;
};
struct WalrusExpr : ExprOf<ExprKind::Walrus> {
  using ExprOf::ExprOf;
  NameExpr* target = nullptr;
  Expr* value = nullptr;
};
struct YieldExpr : ExprOf<ExprKind::Yield> {
  using ExprOf::ExprOf;
  Expr* value = nullptr;
};
struct YieldFromExpr : ExprOf<ExprKind::YieldFrom> {
  using ExprOf::ExprOf;
  Expr* value = nullptr;
};
struct FormattedValueExpr : ExprOf<ExprKind::FormattedValue> {
  using ExprOf::ExprOf;
  Expr* value = nullptr;
  char conversion = 0;  // 'r', 's', 'a'
  Expr* format = nullptr;
};
struct JoinedStringExpr : ExprOf<ExprKind::JoinedString> {
  using ExprOf::ExprOf;
  std::span<Expr*> parts;
};

struct Parameter {
  const Name* name;
  Span span;
  Expr* annotation;
  Expr* value;  // the default
};
struct Parameters {
  std::span<Parameter> positional;  // the first `positional_only` by position only
  uint32_t positional_only = 0;
  std::span<Parameter> keyword_only;
  Parameter* args = nullptr;
  Parameter* kwargs = nullptr;
};

/// The number, among those of the tree, of the scope that a node opens: under it a compiler keeps
/// what it finds out about the scope.
using ScopeNumber = uint32_t;

struct LambdaExpr : ExprOf<ExprKind::Lambda> {
  using ExprOf::ExprOf;
  Parameters parameters;
  Expr* body = nullptr;
  ScopeNumber scope = 0;
};

struct ForClause {
  Expr* target;
  Expr* iterable;
  std::span<Expr*> conditions;
};
struct ComprehensionExpr : ExprOf<ExprKind::Comprehension> {
  using ExprOf::ExprOf;
  enum class Type : uint8_t { List, Set, Dict, Generator } type{};
  Expr* item = nullptr;  // the key in a dict
  Expr* value = nullptr;
  std::span<ForClause> clauses;
  ScopeNumber scope = 0;
};

enum class StmtKind : uint8_t {
  Expression,
  Assign,
  AugmentedAssign,
  AnnotatedAssign,
  Return,
  Delete,
  Pass,
  Break,
  Continue,
  Global,
  Nonlocal,
  Assert,
  Raise,
  Import,
  ImportFrom,
  If,
  While,
  For,
  Try,
  With,
  Function,
  Class,
};

struct Stmt {
  StmtKind kind;
  Span span;
  template <class T>
  T* as() {
    return static_cast<T*>(this);
  }
};
using Block = std::span<Stmt*>;

template <StmtKind K>
struct StmtOf : Stmt {
  static constexpr StmtKind kKind = K;
  explicit StmtOf(Span s) : Stmt{K, s} {}
};

struct ExpressionStmt : StmtOf<StmtKind::Expression> {
  using StmtOf::StmtOf;
  Expr* value = nullptr;
};
struct AssignStmt : StmtOf<StmtKind::Assign> {
  using StmtOf::StmtOf;
  std::span<Expr*> targets;
  Expr* value = nullptr;
};
struct AugmentedAssignStmt : StmtOf<StmtKind::AugmentedAssign> {
  using StmtOf::StmtOf;
  Expr* target = nullptr;
  BinaryOp op{};
  Expr* value = nullptr;
};
struct AnnotatedAssignStmt : StmtOf<StmtKind::AnnotatedAssign> {
  using StmtOf::StmtOf;
  Expr* target = nullptr;
  Expr* annotation = nullptr;
  Expr* value = nullptr;
};
struct ReturnStmt : StmtOf<StmtKind::Return> {
  using StmtOf::StmtOf;
  Expr* value = nullptr;
};
struct DeleteStmt : StmtOf<StmtKind::Delete> {
  using StmtOf::StmtOf;
  std::span<Expr*> targets;
};
struct PassStmt : StmtOf<StmtKind::Pass> {
  using StmtOf::StmtOf;
};
struct BreakStmt : StmtOf<StmtKind::Break> {
  using StmtOf::StmtOf;
};
struct ContinueStmt : StmtOf<StmtKind::Continue> {
  using StmtOf::StmtOf;
};
struct GlobalStmt : StmtOf<StmtKind::Global> {
  using StmtOf::StmtOf;
  std::span<const Name*> names;
};
struct NonlocalStmt : StmtOf<StmtKind::Nonlocal> {
  using StmtOf::StmtOf;
  std::span<const Name*> names;
};
struct AssertStmt : StmtOf<StmtKind::Assert> {
  using StmtOf::StmtOf;
  Expr* test = nullptr;
  Expr* message = nullptr;
};
struct RaiseStmt : StmtOf<StmtKind::Raise> {
  using StmtOf::StmtOf;
  Expr* value = nullptr;
  Expr* cause = nullptr;
};
struct ImportName {
  std::string_view path;  // dotted; a plain name in `from ... import`
  const Name* as;         // null: none given
  Span span;
};
struct ImportStmt : StmtOf<StmtKind::Import> {
  using StmtOf::StmtOf;
  std::span<ImportName> names;
};
struct ImportFromStmt : StmtOf<StmtKind::ImportFrom> {
  using StmtOf::StmtOf;
  std::string_view module;
  uint32_t level = 0;
  std::span<ImportName> names;
  Span star;  // of `*`; line 0 where there is none
};
struct IfStmt : StmtOf<StmtKind::If> {
  using StmtOf::StmtOf;
  Expr* test = nullptr;
  Block body;
  Block otherwise;
};
struct WhileStmt : StmtOf<StmtKind::While> {
  using StmtOf::StmtOf;
  Expr* test = nullptr;
  Block body;
  Block otherwise;
};
struct ForStmt : StmtOf<StmtKind::For> {
  using StmtOf::StmtOf;
  Expr* target = nullptr;
  Expr* iterable = nullptr;
  Block body;
  Block otherwise;
};
struct ExceptClause {
  Expr* type;  // null: everything
  const Name* name;
  Span name_span;
  Block body;
  Span span;
};
struct TryStmt : StmtOf<StmtKind::Try> {
  using StmtOf::StmtOf;
  Block body;
  std::span<ExceptClause> handlers;
  Block otherwise;
  Block finally;
};
struct WithItem {
  Expr* manager;
  Expr* target;
};
struct WithStmt : StmtOf<StmtKind::With> {
  using StmtOf::StmtOf;
  std::span<WithItem> items;
  Block body;
};
struct FunctionStmt : StmtOf<StmtKind::Function> {
  using StmtOf::StmtOf;
  const Name* name = nullptr;
  Parameters parameters;
  Expr* returns = nullptr;
  std::span<Expr*> decorators;
  Block body;
  ScopeNumber scope = 0;
};
struct ClassStmt : StmtOf<StmtKind::Class> {
  using StmtOf::StmtOf;
  const Name* name = nullptr;
  std::span<Expr*> bases;
  std::span<Keyword> keywords;
  std::span<Expr*> decorators;
  Block body;
  ScopeNumber scope = 0;
};

}  // namespace gradpad::lang
