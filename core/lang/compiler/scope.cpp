// Scopes: their symbols, what a name resolves to, and which variables inner functions capture.
#include "lang/compiler/scope.h"

#include <algorithm>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

Symbol* Scope::find(const Str* symbol) noexcept {
  const auto found = index.find(symbol);
  return found == index.end() ? nullptr : found->second;
}

Symbol& Scope::get(Str* symbol, const Span& where) {
  Symbol*& entry = index[symbol];
  if (!entry) {
    symbols.push_back(std::make_unique<Symbol>());
    entry = symbols.back().get();
    entry->name = symbol;
    entry->first = where;
  }
  return *entry;
}

uint16_t Scope::free_index(Str* symbol) {
  const auto found = std::ranges::find(free, symbol);
  const auto place = static_cast<uint16_t>(found - free.begin());
  if (found == free.end()) free.push_back(symbol);
  return place;
}

Resolution ScopeBuilder::resolve(Scope& scope, Str* name) {
  Scope* const here = scope.host();
  for (Scope* s = &scope; s; s = s->parent) {
    Symbol* symbol = s->find(name);
    if (s->kind == Scope::Kind::Class) {
      // __class__ is seen from its methods; nothing else of a class is.
      if (s->needs_class_cell && name->view() == "__class__") {
        if (s == here) return {Resolution::Kind::Cell, symbol};
        return {Resolution::Kind::Free, nullptr, here->free_index(name)};
      }
      if (s == &scope && symbol) {
        if (symbol->global) return {Resolution::Kind::Global};
        if (symbol->bound && !symbol->nonlocal) return {Resolution::Kind::ClassName};
      }
      continue;
    }
    if (!symbol) continue;
    if (symbol->global) return {Resolution::Kind::Global};
    if (symbol->nonlocal) {
      continue;
    }
    if (!symbol->bound && !symbol->parameter) continue;
    if (s->kind == Scope::Kind::Module) break;
    if (s->host() == here) {
      return {symbol->captured ? Resolution::Kind::Cell : Resolution::Kind::Local, symbol};
    }
    return {Resolution::Kind::Free, nullptr, here->free_index(name)};
  }
  return {Resolution::Kind::Global};
}

Str* ScopeBuilder::mangle(Runtime& rt, const Scope* scope, Str* name) {
  const std::string_view text = name->view();
  if (!text.starts_with("__") || text.ends_with("__")) return name;
  while (scope && scope->kind != Scope::Kind::Class) scope = scope->parent;
  if (!scope) return name;
  std::string_view cls = scope->name->view();
  while (cls.starts_with('_')) cls.remove_prefix(1);
  if (cls.empty()) return name;
  return rt.intern(concat("_", cls, text)).get();
}

/// Walks all scopes and marks, for every name that an inner function takes from an outer one, the
/// variable as captured and the functions between as passing it on.
void ScopeBuilder::capture(Scope& scope) {
  // Own list of scopes instead of recursion: functions may be nested deeply.
  std::vector<Scope*> pending{&scope};
  std::vector<Scope*> all;
  while (!pending.empty()) {
    Scope* s = pending.back();
    pending.pop_back();
    all.push_back(s);
    for (const auto& child : s->children) pending.push_back(child.get());
  }
  for (Scope* s : all) {
    for (const auto& symbol : s->symbols) {
      if (!symbol->used && !symbol->nonlocal && !symbol->bound) continue;
      Str* name = symbol->name;
      Scope* here = s->host();
      // Find the scope that owns the variable.
      Scope* owner = nullptr;
      for (Scope* o = s; o; o = o->parent) {
        if (o->kind == Scope::Kind::Class) {
          if (o != s && o->needs_class_cell && name->view() == "__class__") {
            owner = o;
            break;
          }
          if (o == s) {
            Symbol* own = o->find(name);
            if (own->global || (own->bound && !own->nonlocal)) break;
          }
          continue;
        }
        Symbol* own = o->find(name);
        if (!own) continue;
        if (own->global) break;
        if (own->nonlocal) continue;
        if (!own->bound && !own->parameter) continue;
        if (o->kind != Scope::Kind::Module) owner = o;
        break;
      }
      if (symbol->nonlocal && !owner) {
        throw SyntaxFailure{SyntaxFailure::Kind::Syntax,
                            concat("no binding for nonlocal '", name->view(), "' found"),
                            symbol->first,
                            {}};
      }
      if (!owner || owner->host() == here) continue;
      owner->get(name, symbol->first).captured = true;
      Scope* home = owner->host();
      for (Scope* between = here; between != home; between = between->parent->host()) {
        between->free_index(name);
      }
    }
  }
}

Scopes ScopeBuilder::build(const Tree& tree) {
  scopes_.numbered.resize(tree.scope_count());
  scopes_.names.reserve(tree.names().size());
  for (const Name* name : tree.names()) scopes_.names.push_back(rt_.intern(name->text));
  scopes_.root = std::make_unique<Scope>();
  scope_ = scopes_.root.get();
  scope_->kind = Scope::Kind::Module;
  scope_->name = rt_.intern("<module>").get();
  block(tree.body);
  capture(*scopes_.root);
  return std::move(scopes_);
}

Scope* ScopeBuilder::enter(Scope::Kind kind, Str* name, ScopeNumber number) {
  scope_->children.push_back(std::make_unique<Scope>());
  Scope* scope = scope_->children.back().get();
  scope->kind = kind;
  scope->parent = scope_;
  scope->name = name;
  scopes_.numbered[number] = scope;
  scope_ = scope;
  return scope;
}

void ScopeBuilder::use(const Name* plain, const Span& where) {
  Str* name = mangle(rt_, scope_, scopes_.str(plain));
  scope_->get(name, where).used = true;
  const std::string_view text = name->view();
  if (text != "super" && text != "__class__") return;
  // Methods reach their class through a variable of the class body.
  Scope* function = scope_->host();
  if (function->kind != Scope::Kind::Function) return;
  Str* cell = rt_.intern("__class__").get();
  for (Scope* s = function->parent; s; s = s->parent) {
    if (s->kind != Scope::Kind::Class) continue;
    s->needs_class_cell = true;
    s->get(cell, where);
    function->get(cell, where).used = true;
    return;
  }
}

void ScopeBuilder::bind(Str* name, const Span& where) {
  name = mangle(rt_, scope_, name);
  Symbol& symbol = scope_->get(name, where);
  symbol.bound = true;
  ++symbol.sites;
  if (!symbol.global) return;
  Scope* module = scope_;
  while (module->parent) module = module->parent;
  if (module == scope_) return;
  Symbol& global = module->get(name, where);
  global.bound = true;
  global.sites += 2;  // when it runs cannot be told from the text
}

void ScopeBuilder::declare(std::span<const Name*> names, bool global, const Span& where) {
  const char* kind = global ? "global" : "nonlocal";
  const auto fail = [&](std::string message) {
    throw SyntaxFailure{SyntaxFailure::Kind::Syntax, std::move(message), where, {}};
  };
  for (const Name* plain : names) {
    Str* name = mangle(rt_, scope_, scopes_.str(plain));
    if (!global && scope_->kind == Scope::Kind::Module) {
      fail("nonlocal declaration not allowed at module level");
    }
    if (Symbol* symbol = scope_->find(name)) {
      if (symbol->parameter) fail(concat("name '", name->view(), "' is parameter and ", kind));
      if (global ? symbol->nonlocal : symbol->global) {
        fail(concat("name '", name->view(), "' is nonlocal and global"));
      }
      if (symbol->annotated) fail(concat("annotated name '", name->view(), "' can't be ", kind));
      if (symbol->bound && !symbol->global && !symbol->nonlocal) {
        fail(concat("name '", name->view(), "' is assigned to before ", kind, " declaration"));
      }
      if (symbol->used && !symbol->global && !symbol->nonlocal) {
        fail(concat("name '", name->view(), "' is used prior to ", kind, " declaration"));
      }
    }
    Symbol& symbol = scope_->get(name, where);
    (global ? symbol.global : symbol.nonlocal) = true;
    if (global) {
      Scope* module = scope_;
      while (module->parent) module = module->parent;
      if (module == scope_) {
        symbol.global = false;  // nothing new at module level
      } else {
        module->get(name, where);
      }
    }
  }
}

bool is_small_integer(Expr* e, int64_t* value) {
  int64_t sign = 1;
  if (auto* unary = e->to<UnaryExpr>(); unary && unary->op == UnaryOp::Neg) {
    e = unary->operand;
    sign = -1;
  }
  auto* constant = e->to<ConstantExpr>();
  if (!constant || constant->type != ConstantExpr::Type::Int || constant->integer > 32767) {
    return false;
  }
  if (value) *value = sign * static_cast<int64_t>(constant->integer);
  return true;
}

}  // namespace gradpad::lang
