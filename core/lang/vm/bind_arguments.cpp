// Arguments to the parameters of a function of the language, with CPython's errors.
#include <algorithm>

#include "lang/runtime/runtime.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

namespace {

std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      if (names.size() == 2) {
        out += " and ";
      } else {
        out += i + 1 == names.size() ? ", and " : ", ";
      }
    }
    out += "'" + names[i] + "'";
  }
  return out;
}

[[noreturn]] void too_many(const Function& f, uint32_t given, const Value* registers) {
  const Code& code = *f.code;
  const size_t defaults = f.defaults.size();
  std::string takes;
  bool plural = code.positional != 1;
  if (defaults > 0) {
    takes = concat("from ", code.positional - defaults, " to ", code.positional);
    plural = true;
  } else {
    takes = std::to_string(code.positional);
  }
  uint32_t keyword_only = 0;
  for (uint32_t k = 0; k < code.keyword_only; ++k) {
    keyword_only += registers[code.positional + k].is_bound();
  }
  if (keyword_only > 0) {
    fail(ErrorKind::Type, f.qualname->view(), "() takes ", takes, " positional argument",
         plural ? "s" : "", " but ", given, " positional argument", given != 1 ? "s" : "", " (and ",
         keyword_only, " keyword-only argument", keyword_only != 1 ? "s" : "", ") were given");
  }
  fail(ErrorKind::Type, f.qualname->view(), "() takes ", takes, " positional argument",
       plural ? "s" : "", " but ", given, given == 1 ? " was" : " were", " given");
}

[[noreturn]] void missing(const Function& f, const std::vector<std::string>& names,
                          const char* kind) {
  fail(ErrorKind::Type, f.qualname->view(), "() missing ", names.size(), " required ", kind,
       " argument", names.size() == 1 ? "" : "s", ": ", quoted_list(names));
}

}  // namespace

void Interpreter::bind_slow(Function& f, const Arguments& arguments, Value* registers) {
  const Code& code = *f.code;
  const uint32_t positional = code.positional;
  const uint32_t keyword_only = code.keyword_only;
  const uint32_t args_place = positional + keyword_only;
  const uint32_t kwargs_place = args_place + (code.has_args ? 1 : 0);
  const uint32_t direct = std::min(arguments.positional, positional);
  for (uint32_t i = 0; i < direct; ++i) registers[i] = arguments.values[i];
  if (code.has_args) {
    registers[args_place] = rt_.make_tuple(
        std::span<const Value>(arguments.values + direct, arguments.positional - direct));
  }
  Ref<Dict> extra;
  if (code.has_kwargs) {
    extra = rt_.make_dict();
    registers[kwargs_place] = extra;
  }
  std::vector<std::string> positional_only_given;
  for (uint32_t k = 0; k < arguments.named; ++k) {
    Str* name = arguments.names[k];
    const Value& value = arguments.values[arguments.positional + k];
    uint32_t place = code.positional_only;
    while (place < args_place && code.local_names[place].get() != name) ++place;
    if (place < args_place) {
      if (registers[place].is_bound()) {
        fail(ErrorKind::Type, f.qualname->view(), "() got multiple values for argument '",
             name->view(), "'");
      }
      registers[place] = value;
    } else if (extra) {
      extra->set(rt_, Value(name), value);
    } else {
      bool only = false;
      for (uint32_t i = 0; i < code.positional_only; ++i) {
        only = only || code.local_names[i].get() == name;
      }
      if (!only) {
        fail(ErrorKind::Type, f.qualname->view(), "() got an unexpected keyword argument '",
             name->view(), "'");
      }
      positional_only_given.emplace_back(name->view());
    }
  }
  if (!positional_only_given.empty()) {
    std::string names;
    for (const std::string& name : positional_only_given)
      names += (names.empty() ? "" : ", ") + name;
    fail(ErrorKind::Type, f.qualname->view(),
         "() got some positional-only arguments passed as keyword arguments: '", names, "'");
  }
  if (!code.has_args && arguments.positional > positional) {
    too_many(f, arguments.positional, registers);
  }
  const uint32_t first_default = positional - static_cast<uint32_t>(f.defaults.size());
  std::vector<std::string> absent;
  for (uint32_t i = direct; i < positional; ++i) {
    if (registers[i].is_bound()) continue;
    if (i >= first_default) {
      registers[i] = f.defaults[i - first_default];
    } else {
      absent.emplace_back(code.local_names[i]->view());
    }
  }
  if (!absent.empty()) missing(f, absent, "positional");
  for (uint32_t k = 0; k < keyword_only; ++k) {
    Value& place = registers[positional + k];
    if (place.is_bound()) continue;
    if (k < f.keyword_defaults.size() && f.keyword_defaults[k].is_bound()) {
      place = f.keyword_defaults[k];
    } else {
      absent.emplace_back(code.local_names[positional + k]->view());
    }
  }
  if (!absent.empty()) missing(f, absent, "keyword-only");
}

}  // namespace gradpad::lang
