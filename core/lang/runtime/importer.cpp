// import.
#include "lang/runtime/importer.h"

#include <algorithm>

#include "lang/runtime/evaluator.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/suggestions.h"

namespace gradpad::lang {

void Importer::add(const ModuleSpec& spec) { entries_[spec.name].native = &spec; }

void Importer::add_source(std::string_view name, std::string_view source) {
  entries_[std::string(name)].source = source;
}

void Importer::enter(Ref<Module> module) {
  Entry& entry = entries_[module->name->text()];
  entry.module = std::move(module);
}

Ref<Module> Importer::find(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? Ref<Module>() : found->second.module;
}

bool Importer::is_package(std::string_view name) const {
  const std::string prefix = std::string(name) + ".";
  const auto next = entries_.lower_bound(prefix);
  return next != entries_.end() && next->first.starts_with(prefix);
}

std::vector<std::string> Importer::known() const {
  std::vector<std::string> names;
  for (const auto& [name, entry] : entries_) {
    if (!name.starts_with('_')) names.push_back(name);
  }
  return names;
}

Ref<Module> Importer::make(std::string_view name, Entry& entry) {
  Ref<Module> module = rt_.make<Module>(rt_.intern(name));
  module->is_package = is_package(name);
  module->set(rt_.names.name.get(), module->name);
  entry.module = module;  // before it is filled: modules may import each other
  try {
    if (entry.native) {
      for (const Method& method : entry.native->functions) {
        module->set(rt_.intern(method.name).get(), rt_.make_native(method, entry.native->name));
      }
      if (entry.native->init) entry.native->init(rt_, *module);
    }
    if (!entry.source.empty()) {
      std::string file(name);
      std::ranges::replace(file, '.', '/');
      module->file = file + (module->is_package ? "/__init__.py" : ".py");
      rt_.evaluator().run_source(make_ref<Source>(module->file, std::string(entry.source), true),
                                 *module, false);
    }
  } catch (...) {
    entry.module.reset();
    throw;
  }
  return module;
}

Ref<Module> Importer::import(std::string_view name) {
  // Parents first; each module becomes an attribute of the one above.
  Ref<Module> parent;
  for (size_t end = 0; end != std::string_view::npos;) {
    end = name.find('.', end == 0 ? 0 : end + 1);
    const std::string_view path = name.substr(0, end);
    const auto found = entries_.find(path);
    if (found == entries_.end()) {
      std::string message = concat("No module named '", path, "'");
      if (parent && !parent->is_package) {
        message =
            concat("No module named '", path, "'; '", parent->name->view(), "' is not a package");
      }
      const Ref<Exception> error =
          rt_.make_exception(rt_.types.module_not_found_error, std::move(message));
      error->attrs.set(rt_, error->type(), rt_.names.name_attr.get(),
                       rt_.make_str(std::string(path)));
      error->hint = import_hint(path, known());
      rt_.raise(error);
    }
    Ref<Module> module = found->second.module;
    if (!module) {
      module = make(path, found->second);
      if (parent) {
        const std::string_view last = path.substr(path.rfind('.') + 1);
        parent->set(rt_.intern(last).get(), module);
      }
    }
    parent = std::move(module);
  }
  return parent;
}

Value Importer::import_from(Module& module, Str* name) {
  if (const Value* value = module.find(name)) return *value;
  const std::string path = module.name->text() + "." + name->text();
  if (entries_.contains(path)) return import(path);
  if (const Value* fallback = module.find(rt_.names.getattr.get())) {
    // A module that makes its attributes as they are asked for.
    const Value function = *fallback;
    try {
      return rt_.call(function, {Value(name)});
    } catch (Raised& raised) {
      if (!raised.exception->type()->is_subtype_of(rt_.types.attribute_error)) throw;
    }
  }
  const std::string file = module.file.empty() ? "unknown location" : module.file;
  const Ref<Exception> error = rt_.make_exception(
      rt_.types.import_error, concat("cannot import name '", name->view(), "' from '",
                                     module.name->view(), "' (", file, ")"));
  error->attrs.set(rt_, error->type(), rt_.names.name_attr.get(), module.name);
  std::vector<std::string> names;
  for (const auto& [key, value] : module.bound()) names.push_back(key->text());
  const std::string close = closest(name->view(), names);
  if (!close.empty()) error->hint = {HintId::did_you_mean, close};
  rt_.raise(error);
}

}  // namespace gradpad::lang
