// Which variable a name means: found for the whole tree before any code is made.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "lang/objects/str.h"
#include "lang/syntax/syntax_failure.h"
#include "lang/syntax/tree.h"

namespace gradpad::lang {

class Runtime;

struct Symbol {
  Str* name = nullptr;
  Span first;          // where it was first seen
  bool bound = false;  // assigned somewhere in the scope
  bool parameter = false;
  bool used = false;
  bool global = false;    // declared global
  bool nonlocal = false;  // declared nonlocal
  bool captured = false;  // read by an inner function: kept in a cell
  bool annotated = false;
  bool iteration = false;  // a variable of a comprehension
  uint32_t sites = 0;      // assignments, of a module's symbols
  uint16_t reg = 0xFFFF;   // given by the compiler
};

/// A number that a loop uses: loaded once, into a register of its own, when the code starts.
struct LoopConstant {
  bool is_float;
  int64_t bits;
  bool operator==(const LoopConstant&) const = default;
};

struct Scope {
  enum class Kind : uint8_t { Module, Function, Class, Comprehension } kind;
  Scope* parent = nullptr;
  Str* name = nullptr;
  /// A list, set or dict comprehension is compiled into the code of its host.
  Scope* host() noexcept {
    Scope* s = this;
    while (s->kind == Kind::Comprehension) s = s->parent;
    return s;
  }
  Symbol* find(const Str* symbol) noexcept;
  Symbol& get(Str* symbol, const Span& where);

  std::vector<std::unique_ptr<Symbol>> symbols;  // in order of appearance
  std::unordered_map<const Str*, Symbol*> index;
  std::vector<std::unique_ptr<Scope>> children;
  std::vector<Str*> free;  // of a function: names taken from those around it, by closure place
  std::vector<LoopConstant> loop_constants;
  bool is_generator = false;
  bool needs_class_cell = false;  // of a class: a method uses super() or __class__
  bool has_walrus = false;        // of a host: := assigns one of its variables
  bool is_lambda = false;
  bool is_generator_expression = false;

  uint16_t free_index(Str* symbol);
};

/// The scopes of a tree, and its names as strings of the language.
struct Scopes {
  std::unique_ptr<Scope> root;
  std::vector<Scope*> numbered;  // by the numbers that the tree gives them
  std::vector<Ref<Str>> names;   // by theirs

  Scope& of(ScopeNumber number) const noexcept { return *numbered[number]; }
  /// Null for null.
  Str* str(const Name* name) const noexcept { return name ? names[name->number].get() : nullptr; }
};

/// What a name is where it stands.
struct Resolution {
  enum class Kind : uint8_t { Local, Cell, Free, Global, ClassName } kind;
  Symbol* symbol = nullptr;  // of Local and Cell
  uint16_t index = 0;        // of Free
};

class ScopeBuilder {
 public:
  explicit ScopeBuilder(Runtime& rt) : rt_(rt) {}
  /// Throws SyntaxFailure.
  Scopes build(const Tree& tree);

  /// Meaning of `name` in `scope`.
  static Resolution resolve(Scope& scope, Str* name);
  /// The name that a method's private `__x` really has.
  static Str* mangle(Runtime& rt, const Scope* scope, Str* name);

 private:
  void block(Block statements);
  void statement(Stmt* s);
  void expression(Expr* e);
  void expressions(std::span<Expr*> list);
  void target(Expr* e);
  void bind(Str* name, const Span& where);
  void bind(const Name* name, const Span& where) { bind(scopes_.str(name), where); }
  void use(const Name* name, const Span& where);
  void function(FunctionStmt* s);
  void lambda(LambdaExpr* e);
  void class_(ClassStmt* s);
  void comprehension(ComprehensionExpr* e);
  void parameters(const Parameters& p);
  void parameter_values(const Parameters& p, bool annotations);
  void declare(std::span<const Name*> names, bool global, const Span& where);
  void walrus(WalrusExpr* e);
  void yield(Expr* e);
  void loop_constant(Expr* e);
  Scope* enter(Scope::Kind kind, Str* name, ScopeNumber number);
  void leave() { scope_ = scope_->parent; }
  void capture(Scope& scope);

  Runtime& rt_;
  Scopes scopes_;
  Scope* scope_ = nullptr;
  int32_t loops_ = 0;
};

/// A number small enough to stand in an instruction.
bool is_small_integer(Expr* e, int64_t* value = nullptr);

}  // namespace gradpad::lang
