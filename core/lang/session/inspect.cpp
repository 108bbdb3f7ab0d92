// Variables of a program that has ended. Their texts may come from code of the user's (__repr__),
// so time is short for each and errors are swallowed.
#include "lang/session/inspect.h"

#include "lang/runtime/evaluator.h"
#include "lang/runtime/memory_limits.h"
#include "lang/torch/convert.h"

namespace gradpad::lang {

namespace {

constexpr double kSeconds = 0.2;  // for all texts together
// What texts and previews may take beside what the program has left, while they are made.
constexpr int64_t kBytes = 128 * 1024 * 1024;
constexpr int64_t kItems = 40;       // of a list, tuple, set or dict that are written out
constexpr size_t kTextBytes = 4000;  // of any text
constexpr size_t kNumbers = 20'000;  // of a list, for a plot

bool is_shown(Runtime& rt, const Value& v) {
  if (!v.is_object()) return v.is_bound();
  switch (v.as_object()->kind()) {
    case Kind::Module:
    case Kind::Function:
    case Kind::NativeFunction:
    case Kind::BoundMethod:
    case Kind::Type:
      return false;
    default:
      // torch.autograd.Variable is a class in all but its layout.
      return rt.type_name(v) != "VariableMeta";
  }
}

std::string shortened(std::string text) {
  if (text.size() <= kTextBytes) return text;
  size_t end = kTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text + "…";
}

/// The repr, of long sequences only the beginning.
std::string text_of(Runtime& rt, const Value& v) {
  const auto items = sequence_items(v);
  const bool plain = items && (rt.type_of(v) == rt.types.list || rt.type_of(v) == rt.types.tuple);
  if (!plain || static_cast<int64_t>(items->size()) <= kItems) return rt.repr(v)->text();
  const bool is_list = v.is<List>();
  const int64_t count = static_cast<int64_t>(items->size());
  std::string out = is_list ? "[" : "(";
  const Values shown(items->begin(), items->begin() + kItems);
  for (const Value& item : shown) {
    out += rt.repr(item)->text() + ", ";
    if (out.size() > kTextBytes) break;
  }
  return out + concat("…", is_list ? "]" : ")", "  # ", count, " items");
}

std::string safe_text(Runtime& rt, const Value& v) {
  try {
    return shortened(text_of(rt, v));
  } catch (...) {
    const Ref<Exception> ignored = rt.translate_current_exception();
    return "<" + rt.type_name(v) + ">";
  }
}

/// A series, such as collected losses; nothing of a list that holds anything but numbers.
std::vector<double> numbers_of(const Value& v) {
  const auto items = sequence_items(v);
  if (!items) return {};
  std::vector<double> numbers;
  for (const Value& item : items->first(std::min(items->size(), kNumbers))) {
    if (item.is_int()) {
      numbers.push_back(static_cast<double>(item.as_int()));
    } else if (item.is_float()) {
      numbers.push_back(item.as_float());
    } else if (item.is_tensor() && to_variable(item).numel() == 1) {
      numbers.push_back(to_variable(item).item().to_double());
    } else {
      return {};
    }
  }
  return numbers;
}

VariableInfo describe(Runtime& rt, const std::string& name, const Value& v) {
  VariableInfo info;
  info.name = name;
  info.type = rt.type_name(v);
  info.text = safe_text(rt, v);
  if (!v.is_tensor()) {
    info.numbers = numbers_of(v);
    return info;
  }
  const Variable variable = to_variable(v);
  info.tensor = preview_of(variable.data());
  if (variable.grad().defined()) info.grad = preview_of(variable.grad().data());
  info.requires_grad = variable.requires_grad();
  info.is_leaf = variable.is_leaf();
  return info;
}

void describe_all(Runtime& rt, Module& main, const GraphRecorder& recorder, RunResult& result) {
  std::vector<NamedTensor> names;
  std::vector<size_t> places;  // in `names`, of the variables that are tensors
  for (const auto& [name, value] : main.bound()) {
    if (name->view().starts_with('_') || !is_shown(rt, value)) continue;
    VariableInfo info = describe(rt, name->text(), value);
    const int64_t slot = main.find_slot(name.get());
    if (slot >= 0 && static_cast<size_t>(slot) < main.assigned.size()) {
      const Span span = main.assigned[static_cast<size_t>(slot)];
      if (span.line > 0) info.span = span;
    }
    if (value.is_tensor()) {
      places.push_back(result.variables.size());
      names.push_back({info.name, to_variable(value), info.span});
    }
    result.variables.push_back(std::move(info));
  }
  const size_t variables = names.size();
  for (const auto& [name, value] : main.bound()) {
    if (!value.is_tensor() && is_shown(rt, value)) {
      add_named_parts(rt, name->text(), value, names);
    }
  }
  const std::vector<int> nodes = recorder.describe(names, result);
  for (size_t i = 0; i < variables; ++i) {
    if (nodes[i] >= 0) result.variables[places[i]].node = nodes[i];
  }
}

}  // namespace

void inspect(Runtime& rt, Module& main, const GraphRecorder& recorder, RunResult& result) {
  rt.evaluator().start_budget({kSeconds, 0});
  const MemoryLimits some(heap_stats().live_bytes + memory_stats().held() + kBytes);
  try {
    describe_all(rt, main, recorder, result);
  } catch (...) {
    // There is no memory even for this.
    const Ref<Exception> ignored = rt.translate_current_exception();
    result.variables.clear();
    result.graph = {};
    result.backwards.clear();
  }
}

}  // namespace gradpad::lang
