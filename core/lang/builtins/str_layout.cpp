// str: stripping, filling, joining, translating and str.format.
#include "lang/builtins/format.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/str_type.h"
#include "lang/syntax/unicode.h"

namespace gradpad::lang {

namespace {

Str& self_of(Value* a) { return *a[0].as<Str>(); }

Value strip(Runtime& rt, Value* a, const char* name, bool left, bool right) {
  std::string_view text = self_of(a).view();
  if (!a[1].is_none() && !a[1].is<Str>()) fail_type({name, " arg must be None or str"});
  const std::string_view set = a[1].is_none() ? std::string_view() : a[1].as<Str>()->view();
  const bool spaces = a[1].is_none();
  const auto goes = [&](size_t at) {
    size_t end = at;
    const char32_t c = utf8_next(text, end);
    if (spaces) return unicode_is(c, kSpaceClass);
    return set.find(text.substr(at, end - at)) != set.npos;
  };
  while (left && !text.empty() && goes(0)) {
    text.remove_prefix(static_cast<size_t>(utf8_width(text[0])));
  }
  while (right && !text.empty()) {
    size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    if (!goes(last)) break;
    text = text.substr(0, last);
  }
  return str_value(rt, text);
}

Value str_strip(Runtime& rt, Value* a) { return strip(rt, a, "strip", true, true); }
Value str_lstrip(Runtime& rt, Value* a) { return strip(rt, a, "lstrip", true, false); }
Value str_rstrip(Runtime& rt, Value* a) { return strip(rt, a, "rstrip", false, true); }

std::string_view fill_of(Runtime& rt, const Value& v) {
  const Str* fill = v.to<Str>();
  if (!fill) {
    fail_type({"The fill character must be a unicode character, not ", rt.type_name(v)});
  }
  if (fill->length() != 1) fail_type({"The fill character must be exactly one character long"});
  return fill->view();
}

Value justify(Runtime& rt, Value* a, char align) {
  const int64_t width = rt.to_index(a[1]);
  return rt.make_str(pad_text(self_of(a).view(), width, fill_of(rt, a[2]), align));
}

Value str_ljust(Runtime& rt, Value* a) { return justify(rt, a, '<'); }
Value str_rjust(Runtime& rt, Value* a) { return justify(rt, a, '>'); }

Value str_center(Runtime& rt, Value* a) {
  const Str& text = self_of(a);
  const int64_t width = rt.to_index(a[1]);
  const std::string_view fill = fill_of(rt, a[2]);
  const int64_t missing = width - text.length();
  if (missing <= 0) return rt.str(a[0]);
  // Unlike format's "^", an odd space goes to the left where the width is odd.
  const int64_t left = missing / 2 + (missing & width & 1);
  check_room(width, static_cast<int64_t>(fill.size()));
  const std::string padded = pad_text(text.view(), text.length() + left, fill, '>');
  return rt.make_str(pad_text(padded, width, fill, '<'));
}

Value str_zfill(Runtime& rt, Value* a) {
  const Str& text = self_of(a);
  const int64_t missing = rt.to_index(a[1]) - text.length();
  if (missing <= 0) return rt.str(a[0]);
  check_room(missing, 1);
  std::string out = text.text();
  const bool has_sign = !out.empty() && (out[0] == '+' || out[0] == '-');
  out.insert(has_sign ? 1 : 0, static_cast<size_t>(missing), '0');
  return rt.make_str(std::move(out));
}

Value str_expandtabs(Runtime& rt, Value* a) {
  const std::string_view text = self_of(a).view();
  const int64_t size = rt.to_index(a[1]);
  std::string out;
  int64_t column = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t c = utf8_next(text, at);
    if (c == '\t') {
      const int64_t missing = size > 0 ? size - column % size : 0;
      check_room(missing, 1);
      out.append(static_cast<size_t>(missing), ' ');
      column += missing;
      continue;
    }
    out += text.substr(start, at - start);
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return rt.make_str(std::move(out));
}

Value str_join(Runtime& rt, Value* a) {
  const Str& separator = self_of(a);
  if (!rt.type_of(a[1])->slots.iterate && !rt.type_of(a[1])->slots.get_item) {
    fail_type({"can only join an iterable"});
  }
  const Values items = rt.to_values(a[1]);
  size_t size = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    const Str* item = items[i].to<Str>();
    if (!item) {
      fail_type({"sequence item ", std::to_string(i), ": expected str instance, ",
                 rt.type_name(items[i]), " found"});
    }
    size += item->bytes() + (i > 0 ? separator.bytes() : 0);
  }
  if (items.size() == 1 && items[0].as_object()->type() == rt.types.str) return items[0];
  check_room(static_cast<int64_t>(size), 1);
  std::string out;
  out.reserve(size);
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += separator.view();
    out += items[i].as<Str>()->view();
  }
  return rt.make_str(std::move(out));
}

Value str_format(Runtime& rt, Value* a) {
  const Value format = a[0];
  return rt.make_str(format_fields(rt, format.as<Str>()->view(), a[1].as<Tuple>(), a[2]));
}

Value str_format_map(Runtime& rt, Value* a) {
  return rt.make_str(format_fields(rt, self_of(a).view(), nullptr, a[1]));
}

Value str_translate(Runtime& rt, Value* a) {
  const std::string_view text = self_of(a).view();
  std::string out;
  Ticker tick(rt);
  for (size_t at = 0; at < text.size();) {
    tick();
    const char32_t c = utf8_next(text, at);
    Value to;
    const Value key(static_cast<int64_t>(c));
    if (Dict* dict = a[1].to<Dict>(); dict && dict->type() == rt.types.dict) {
      if (const Value* found = dict->find(rt, key)) to = *found;
    } else {
      try {
        to = rt.get_item(a[1], key);
      } catch (Raised& raised) {
        if (!raised.exception->type()->is_subtype_of(rt.types.lookup_error)) throw;
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::Key && error.kind() != ErrorKind::Index) throw;
      }
    }
    if (to.is_unbound()) {
      utf8_append(out, c);
    } else if (const Str* str = to.to<Str>()) {
      out += str->view();
    } else if (to.is_integral()) {
      if (to.as_int() < 0 || to.as_int() > 0x10FFFF) {
        fail_value({"character mapping must be in range(0x110000)"});
      }
      utf8_append(out, static_cast<char32_t>(to.as_int()));
    } else if (!to.is_none()) {
      fail_type({"character mapping must return integer, None or str"});
    }
  }
  return rt.make_str(std::move(out));
}

Value code_of_key(const Str& key) {
  size_t at = 0;
  return Value(static_cast<int64_t>(utf8_next(key.view(), at)));
}

Value str_maketrans(Runtime& rt, Value* a) {
  Ref<Dict> table = rt.make_dict();
  if (a[1].is_unbound()) {
    Dict* given = a[0].to<Dict>();
    if (!given) {
      fail_type({"if you give only one argument to maketrans it must be a dict"});
    }
    int64_t at = 0;
    while (Dict::Entry* entry = given->next(at)) {
      const Value value = entry->value;
      if (const Str* key = entry->key.to<Str>()) {
        if (key->length() != 1) {
          fail_value({"string keys in translate table must be of length 1"});
        }
        table->set(rt, code_of_key(*key), value);
      } else if (entry->key.is_integral()) {
        table->set(rt, entry->key, value);
      } else {
        fail_type({"keys in translate table must be strings or integers"});
      }
    }
    return table;
  }
  if (!a[0].is<Str>()) {
    fail_type({"first maketrans argument must be a string if there is a second argument"});
  }
  const Str* from = a[0].as<Str>();
  const Str* to = want_str(rt, a[1], "maketrans() argument 2 ");
  if (from->length() != to->length()) {
    fail_value({"the first two maketrans arguments must have equal length"});
  }
  size_t to_at = 0;
  for (size_t at = 0; at < from->bytes();) {
    const Value key(static_cast<int64_t>(utf8_next(from->view(), at)));
    table->set(rt, key, Value(static_cast<int64_t>(utf8_next(to->view(), to_at))));
  }
  if (a[2].is_bound()) {
    const Str* gone = want_str(rt, a[2], "maketrans() argument 3 ");
    for (size_t at = 0; at < gone->bytes();) {
      table->set(rt, Value(static_cast<int64_t>(utf8_next(gone->view(), at))), Value::none());
    }
  }
  return table;
}

Value str_encode(Runtime&, Value*) {
  fail_with(ErrorKind::NotImplemented, {"bytes are not supported: str cannot be encoded"});
}

constexpr Method kMethods[] = {
    {"strip", "self, chars=None, /", str_strip},
    {"lstrip", "self, chars=None, /", str_lstrip},
    {"rstrip", "self, chars=None, /", str_rstrip},
    {"ljust", "self, width, fillchar=' ', /", str_ljust},
    {"rjust", "self, width, fillchar=' ', /", str_rjust},
    {"center", "self, width, fillchar=' ', /", str_center},
    {"zfill", "self, width, /", str_zfill},
    {"expandtabs", "self, /, tabsize=8", str_expandtabs},
    {"join", "self, iterable, /", str_join},
    {"format", "self, /, *args, **kwargs", str_format},
    {"format_map", "self, mapping, /", str_format_map},
    {"translate", "self, table, /", str_translate},
    {"maketrans", "x, y=?, z=?, /", str_maketrans, "", MethodKind::Static},
    {"encode", "self, /, encoding='utf-8', errors='strict'", str_encode},
};

}  // namespace

std::span<const Method> str_layout_methods() { return kMethods; }

}  // namespace gradpad::lang
