// Importer: the modules, those of C++ and those written in the language, made when first imported.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lang/objects/function.h"

namespace gradpad::lang {

class Importer {
 public:
  explicit Importer(Runtime& rt) : rt_(rt) {}

  void add(const ModuleSpec& spec);
  void add_source(std::string_view name, std::string_view source);
  /// The module of a dotted name, with its parents made first; ModuleNotFoundError.
  Ref<Module> import(std::string_view name);
  /// `from module import name`: an attribute, or else a submodule.
  Value import_from(Module& module, Str* name);
  /// A module that exists already, for `__main__`.
  void enter(Ref<Module> module);
  /// Null where it has not been imported.
  Ref<Module> find(std::string_view name) const;
  std::vector<std::string> known() const;

 private:
  struct Entry {
    const ModuleSpec* native = nullptr;
    std::string_view source;
    Ref<Module> module;
  };
  Ref<Module> make(std::string_view name, Entry& entry);
  bool is_package(std::string_view name) const;

  Runtime& rt_;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace gradpad::lang
