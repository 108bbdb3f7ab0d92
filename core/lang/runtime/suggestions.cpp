// The edit distance of CPython's suggestions.c (3.11): a move costs 2, a change of case 1, and no
// more than a third of the letters may differ.
#include "lang/runtime/suggestions.h"

#include <algorithm>
#include <limits>

#include "lang/objects/code.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

constexpr int kMove = 2;
constexpr int kCase = 1;
constexpr size_t kLongest = 40;
constexpr size_t kMostCandidates = 2000;

int substitution(char a, char b) {
  if ((a & 31) != (b & 31)) return kMove;
  if (a == b) return 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCase : kMove;
}

int distance(std::string_view a, std::string_view b, int most) {
  if (a == b) return 0;
  if (a.size() > kLongest || b.size() > kLongest) return most + 1;
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j) * kMove;
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i) * kMove;
    int least = row[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      const int up = row[j];
      row[j] =
          std::min({diagonal + substitution(a[i - 1], b[j - 1]), up + kMove, row[j - 1] + kMove});
      diagonal = up;
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return row[b.size()];
}

}  // namespace

std::string closest(std::string_view name, const std::vector<std::string>& candidates) {
  if (candidates.size() > kMostCandidates || name.size() > kLongest) return {};
  int best = std::numeric_limits<int>::max();
  std::string found;
  for (const std::string& candidate : candidates) {
    if (candidate == name) continue;
    const int most =
        std::min(static_cast<int>((name.size() + candidate.size() + 3) * kMove / 6), best - 1);
    const int d = distance(name, candidate, most);
    if (d > most) continue;
    best = d;
    found = candidate;
  }
  return found;
}

namespace {

std::vector<std::string> attribute_names(Runtime& rt, const Value& object) {
  std::vector<std::string> names;
  const Value dir = rt.find_special(object, rt.names.dir.get());
  if (dir.is_unbound()) return names;
  rt.for_each(rt.call(dir), [&](Value& name) {
    if (const Str* text = name.to<Str>()) names.push_back(text->text());
    return true;
  });
  return names;
}

std::vector<std::string> visible_names(Runtime& rt, const Exception& error) {
  std::vector<std::string> names;
  if (error.trace.empty()) return names;
  const TraceEntry& entry = error.trace.front();
  for (const Ref<Str>& name : entry.code->local_names) {
    if (name) names.push_back(name->text());
  }
  for (const Ref<Str>& name : entry.code->free_names) names.push_back(name->text());
  if (entry.module) {
    for (const auto& [name, value] : entry.module->bound()) names.push_back(name->text());
  }
  for (const auto& [name, value] : rt.builtins().bound()) names.push_back(name->text());
  return names;
}

}  // namespace

std::string suggestion_for(Runtime& rt, Exception& error) {
  try {
    const Value* name = error.attrs.find(rt, rt.names.name_attr.get());
    if (!name || !name->is<Str>()) return {};
    const Ref<Str> wanted(name->as<Str>());
    if (error.type()->is_subtype_of(rt.types.attribute_error)) {
      const Value* object = error.attrs.find(rt, rt.names.obj.get());
      if (!object) return {};
      const Value held = *object;
      return closest(wanted->view(), attribute_names(rt, held));
    }
    if (error.type() == rt.types.name_error) {
      return closest(wanted->view(), visible_names(rt, error));
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch)
    // A __dir__ that fails shall not hide the error itself.
  }
  return {};
}

Hint import_hint(std::string_view name, const std::vector<std::string>& known) {
  std::string close = closest(name, known);
  if (!close.empty()) return {HintId::did_you_mean, std::move(close)};
  const std::string_view first = name.substr(0, name.find('.'));
  for (std::string_view other : {"numpy", "matplotlib", "pandas", "scipy", "sklearn", "torchvision",
                                 "tensorflow", "os", "pathlib", "requests", "PIL"}) {
    if (first == other) return {HintId::no_package, std::string(first)};
  }
  return {HintId::no_module};
}

}  // namespace gradpad::lang
