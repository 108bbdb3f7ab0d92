// Syntax tree to code. One Compiler makes the code of one function, class body or module.
#pragma once

#include <memory>
#include <vector>

#include "lang/compiler/emitter.h"
#include "lang/compiler/scope.h"
#include "lang/syntax/source.h"
#include "lang/syntax/tree.h"

namespace gradpad::lang {

class Module;

/// Compiles a module. `interactive`: expression statements show their value, as at the prompt.
/// Throws Raised with a SyntaxError.
Ref<Code> compile_module(Runtime& rt, const Ref<Source>& source, Module& module, bool interactive);

class Compiler : private Emitter {
 public:
  struct Shared {
    Runtime& rt;
    Ref<Source> source;
    Module& module;
    const Scopes& scopes;
    bool interactive;
    bool annotations_as_text = false;  // from __future__ import annotations
    ColumnCursor columns{*source};
  };

  Ref<Code> module_code(Block body, uint32_t temporaries_base);

  /// Makes the code, once more with far jumps where near ones do not reach.
  template <class Make>
  static Ref<Code> attempt(Shared& shared, Scope& scope, Compiler* parent, Make&& make);

 private:
  Compiler(Shared& shared, Scope& scope, Compiler* parent, Ref<Code> code);

  /// Instructions whose exceptions go to one handler.
  struct Protection {
    std::vector<std::pair<uint32_t, uint32_t>> ranges;
    uint32_t start = 0;
    uint16_t exception = kNone;
    uint16_t depth = 0;
  };
  /// What a jump out of a statement has to put in order on its way.
  struct BlockEntry {
    enum class Kind : uint8_t { Loop, Protected, Finally, Except, With } kind;
    Protection* protection = nullptr;
    Label* break_to = nullptr;
    Label* continue_to = nullptr;
    uint16_t iterator = kNone;
    Block finally;
    uint16_t saved = kNone;      // Except: the exception handled before
    const Name* name = nullptr;  // Except: `as name`
    Span name_span;
    uint16_t exit = kNone;  // With: its __exit__; Except: the exception itself
    Span span;
  };

  // Functions and modules (compiler.cpp)
  void begin_function(const Parameters& parameters);
  void assign_registers();
  void begin_body();
  void load_loop_constants();
  void finish();
  Ref<Code> function_code(FunctionStmt* s);
  Ref<Code> lambda_code(LambdaExpr* e);
  Ref<Code> class_code(ClassStmt* s);
  Ref<Code> generator_code(ComprehensionExpr* e);
  void generator_clauses(ComprehensionExpr* e, size_t index);
  std::string qualname_for(const Scope& inner) const;

  // Names (compile_names.cpp)
  Str* str(const Name* name) const noexcept { return shared_.scopes.str(name); }
  Str* mangled(Str* name) { return ScopeBuilder::mangle(rt, scope_, name); }
  Str* mangled(const Name* name) { return mangled(str(name)); }
  Operand load_name(Str* name, const Span& span);
  Operand load_name(const Name* name, const Span& span) { return load_name(str(name), span); }
  /// The register in which a variable lives, or kNone.
  uint16_t variable_register(Str* name);
  void store_name(Str* name, Operand value, const Span& span);
  void store_name(const Name* name, Operand value, const Span& span) {
    store_name(str(name), value, span);
  }
  void note_assignment(Str* name, const Span& span);
  void delete_name(const Name* name, const Span& span);
  void load_global(uint16_t to, Str* name, const Span& span);
  /// Copies a variable that `rest` could change before it is read.
  Operand settle(Operand value, Expr* rest, const Span& span);
  Operand settle(Operand value, std::span<Expr*> rest, const Span& span);
  static bool may_run_code(Expr* e);
  uint16_t loop_constant(Expr* e);

  // Expressions (compile_expressions.cpp, compile_displays.cpp, compile_conditions.cpp)
  Operand expression(Expr* e);
  void expression_to(Expr* e, uint16_t to);
  void discard(Expr* e);
  void binary_to(BinaryExpr* e, uint16_t to);
  void unary_to(UnaryExpr* e, uint16_t to);
  void bool_to(BoolOpExpr* e, uint16_t to);
  void compare_to(CompareExpr* e, uint16_t to);
  void compare_pair(CompareKind op, const Span& span, uint16_t to, Operand a, Operand b);
  void display_to(std::span<Expr*> items, Op op, const Span& span, uint16_t to);
  void dict_to(DictExpr* e, uint16_t to);
  void slice_to(SliceExpr* e, uint16_t to);
  void string_to(JoinedStringExpr* e, uint16_t to);
  void join_parts(std::span<Expr* const> parts, const Span& span, uint16_t to);
  void formatted_to(FormattedValueExpr* e, uint16_t to);
  void comprehension_to(ComprehensionExpr* e, uint16_t to);
  void comprehension_clauses(ComprehensionExpr* e, size_t index, uint16_t result,
                             uint16_t iterator);
  void generator_to(ComprehensionExpr* e, uint16_t to);
  void inplace(BinaryOp op, const Span& span, uint16_t to, Operand a, Expr* right);
  void mark_operator(BinaryExpr* e);
  void mark_subscript(SubscriptExpr* e);
  Value constant_value(Expr* e);
  bool is_temporary(uint16_t reg) const noexcept { return reg >= base(); }

  // Conditions (compile_conditions.cpp): jumps where the truth of `e` is `sense`, else goes on.
  void jump_if(Expr* e, bool sense, Label& to);
  void jump_if_compare(CompareExpr* e, bool sense, Label& to);
  void jump_on(Operand value, bool sense, Label& to, const Span& span);

  // Calls (compile_calls.cpp)
  void call_to(CallExpr* e, uint16_t to);
  void call_spread(CallExpr* e, uint16_t to);
  bool super_arguments(CallExpr* e, uint16_t first);

  // Statements (compile_statements.cpp, compile_control.cpp, compile_try.cpp)
  void block(Block statements);
  void statement(Stmt* s);
  void assign(AssignStmt* s);
  void augmented_assign(AugmentedAssignStmt* s);
  void annotated_assign(AnnotatedAssignStmt* s);
  /// The value of an annotation, or its text.
  void annotation_to(Expr* annotation, uint16_t to);
  void function_annotations(FunctionStmt* s, uint16_t function);
  void store_target(Expr* target, Operand value, const Span& span);
  void unpack(std::span<Expr*> targets, Operand value, const Span& span);
  void delete_target(Expr* target);
  void if_statement(IfStmt* s);
  void while_statement(WhileStmt* s);
  void for_statement(ForStmt* s);
  void loop_step(uint16_t iterator, uint16_t item, Label& body, const Span& span);
  void break_or_continue(bool is_break, const Span& span);
  void return_statement(ReturnStmt* s);
  void try_statement(TryStmt* s);
  void try_except(TryStmt* s);
  void except_clause(const ExceptClause& clause, uint16_t exception, uint16_t saved, Label& end);
  void with_statement(WithStmt* s, size_t item);
  void begin(Protection& p);
  void end(Protection& p);
  void handle(Protection& p);
  /// Emits the clean-up of the blocks from the innermost down to `depth`, outside their protection.
  std::vector<Protection*> leave_blocks(size_t depth);
  void reopen(const std::vector<Protection*>& closed);
  void forget_name(const Name* name, const Span& span);
  void push_block(BlockEntry entry);
  bool needs_cleanup() const;
  void raise_statement(RaiseStmt* s);
  void assert_statement(AssertStmt* s);
  void import_statement(ImportStmt* s);
  void import_from(ImportFromStmt* s);

  // Definitions (compile_definitions.cpp)
  void function_statement(FunctionStmt* s);
  void class_statement(ClassStmt* s);
  void make_function(const Ref<Code>& code, const Parameters& parameters, uint16_t to,
                     const Span& span);
  template <class Make>
  void decorated(std::span<Expr*> decorators, const Name* name, const Span& span, Make&& make);

  Shared& shared_;
  Scope* scope_;  // the innermost one: may be a comprehension's
  Scope& host_;
  Compiler* parent_;
  std::vector<BlockEntry> blocks_;
  uint16_t constants_base_ = 0;
  int32_t depth_ = 0;
};

}  // namespace gradpad::lang
