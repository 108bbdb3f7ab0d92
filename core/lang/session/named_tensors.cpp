// Level by level, so that of many the outer ones get their names.
#include "lang/session/named_tensors.h"

#include "lang/torch/convert.h"

namespace gradpad::lang {

namespace {

constexpr size_t kTensors = 256;  // of one variable
constexpr size_t kParts = 1024;   // that are looked at
constexpr int kLevels = 3;

struct Part {
  std::string name;
  Value value;
  int level;
};

class Search {
 public:
  Search(Runtime& rt, std::vector<NamedTensor>& out) : rt_(rt), out_(out) {}

  void run(const std::string& name, const Value& value) {
    waiting_.push_back({name, value, 0});
    for (size_t next = 0; next < waiting_.size() && found_ < kTensors; ++next) {
      const Part part = waiting_[next];
      look_into(part);
    }
  }

 private:
  void look_into(const Part& part) {
    const int level = part.level + 1;
    if (const auto items = sequence_items(part.value)) {
      const Values kept(items->begin(), items->begin() + std::min(items->size(), kParts));
      for (size_t i = 0; i < kept.size(); ++i) add(concat(part.name, "[", i, "]"), kept[i], level);
    } else if (Dict* dict = part.value.to<Dict>()) {
      std::vector<std::pair<Value, Value>> entries;
      int64_t at = 0;
      while (const Dict::Entry* entry = dict->next(at)) {
        if (entries.size() < kParts) entries.emplace_back(entry->key, entry->value);
      }
      for (const auto& [key, value] : entries) {
        // Other keys may have a __repr__ of the program's.
        if (!key.is<Str>() && !key.is_number()) continue;
        add(concat(part.name, "[", rt_.repr(key)->text(), "]"), value, level);
      }
    } else if (part.value.is<Instance>()) {
      add_parameters(part);
      Attributes& attributes = *part.value.as_object()->attributes();
      for (const Ref<Str>& name : attributes.names()) {
        if (name->view().starts_with('_')) continue;
        const Value* value = attributes.find(rt_, name.get());
        if (value) add(concat(part.name, ".", name->view()), *value, level);
      }
    }
  }

  void add(std::string name, const Value& value, int level) {
    if (found_ >= kTensors) return;
    if (value.is_tensor()) {
      out_.push_back({std::move(name), to_variable(value), std::nullopt});
      ++found_;
    } else if (level < kLevels && waiting_.size() < kParts) {
      waiting_.push_back({std::move(name), value, level});
    }
  }

  /// Of a torch.nn.Module.
  void add_parameters(const Part& part) {
    try {
      const Value method = rt_.find_attr(part.value, rt_.intern("named_parameters").get());
      if (method.is_unbound()) return;
      rt_.for_each(rt_.call(method), [&](Value& pair) {
        const auto parts = sequence_items(pair);
        if (!parts || parts->size() != 2 || !(*parts)[0].is<Str>() || !(*parts)[1].is_tensor()) {
          return false;
        }
        add(concat(part.name, ".", (*parts)[0].as<Str>()->view()), (*parts)[1], kLevels);
        return found_ < kTensors;
      });
    } catch (...) {
      // A named_parameters of the program's own.
      const Ref<Exception> ignored = rt_.translate_current_exception();
    }
  }

  Runtime& rt_;
  std::vector<NamedTensor>& out_;
  std::vector<Part> waiting_;
  size_t found_ = 0;
};

}  // namespace

void add_named_parts(Runtime& rt, const std::string& name, const Value& value,
                     std::vector<NamedTensor>& out) {
  Search(rt, out).run(name, value);
}

}  // namespace gradpad::lang
