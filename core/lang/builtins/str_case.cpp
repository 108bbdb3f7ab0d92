// str: upper and lower case, and the questions is...().
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/str_type.h"
#include "lang/syntax/unicode.h"

namespace gradpad::lang {

namespace {

const Str& self_of(const Value* a) { return *a[0].as<Str>(); }

bool is_cased(char32_t c) { return unicode_is(c, kLowerClass | kUpperClass | kTitleClass); }

/// A capital sigma ends a word where a letter stands before it and none behind it; it becomes ς
/// there, and σ elsewhere.
bool is_final_sigma(std::string_view text, size_t begin, size_t end) {
  char32_t before = 0;
  for (size_t at = 0; at < begin;) before = utf8_next(text, at);
  char32_t after = 0;
  if (end < text.size()) after = utf8_next(text, end);
  return is_cased(before) && !is_cased(after);
}

void append_lower(std::string& out, std::string_view text, size_t begin, size_t end, char32_t c) {
  if (c == 0x3A3) {
    utf8_append(out, is_final_sigma(text, begin, end) ? 0x3C2 : 0x3C3);
  } else {
    append_case(out, c, CaseMapping::Lower);
  }
}

Value map_case(Runtime& rt, const Str& text, CaseMapping mapping) {
  std::string out;
  out.reserve(text.bytes());
  for (size_t at = 0; at < text.bytes();) {
    const size_t begin = at;
    const char32_t c = utf8_next(text.view(), at);
    if (mapping == CaseMapping::Lower) {
      append_lower(out, text.view(), begin, at, c);
    } else {
      append_case(out, c, mapping);
    }
  }
  return rt.make_str(std::move(out));
}

Value str_upper(Runtime& rt, Value* a) { return map_case(rt, self_of(a), CaseMapping::Upper); }
Value str_lower(Runtime& rt, Value* a) { return map_case(rt, self_of(a), CaseMapping::Lower); }
Value str_casefold(Runtime& rt, Value* a) { return map_case(rt, self_of(a), CaseMapping::Fold); }

Value str_title(Runtime& rt, Value* a) {
  const Str& text = self_of(a);
  std::string out;
  bool in_word = false;
  for (size_t at = 0; at < text.bytes();) {
    const size_t begin = at;
    const char32_t c = utf8_next(text.view(), at);
    if (in_word) {
      append_lower(out, text.view(), begin, at, c);
    } else {
      append_case(out, c, CaseMapping::Title);
    }
    in_word = is_cased(c);
  }
  return rt.make_str(std::move(out));
}

Value str_capitalize(Runtime& rt, Value* a) {
  const Str& text = self_of(a);
  std::string out;
  for (size_t at = 0; at < text.bytes();) {
    const size_t begin = at;
    const char32_t c = utf8_next(text.view(), at);
    if (begin == 0) {
      append_case(out, c, CaseMapping::Title);
    } else {
      append_lower(out, text.view(), begin, at, c);
    }
  }
  return rt.make_str(std::move(out));
}

Value str_swapcase(Runtime& rt, Value* a) {
  const Str& text = self_of(a);
  std::string out;
  for (size_t at = 0; at < text.bytes();) {
    const size_t begin = at;
    const char32_t c = utf8_next(text.view(), at);
    if (unicode_is(c, kUpperClass)) {
      append_lower(out, text.view(), begin, at, c);
    } else if (unicode_is(c, kLowerClass)) {
      append_case(out, c, CaseMapping::Upper);
    } else {
      utf8_append(out, c);
    }
  }
  return rt.make_str(std::move(out));
}

/// All characters are of the class; `empty` answers for the empty string.
Value all_of_class(const Str& text, uint16_t classes, bool empty) {
  for (size_t at = 0; at < text.bytes();) {
    if (!unicode_is(utf8_next(text.view(), at), classes)) return Value(false);
  }
  return Value(!text.empty() || empty);
}

Value str_isalpha(Runtime&, Value* a) { return all_of_class(self_of(a), kAlphaClass, false); }
Value str_isdecimal(Runtime&, Value* a) { return all_of_class(self_of(a), kDecimalClass, false); }
Value str_isdigit(Runtime&, Value* a) { return all_of_class(self_of(a), kDigitClass, false); }
Value str_isnumeric(Runtime&, Value* a) { return all_of_class(self_of(a), kNumericClass, false); }
Value str_isspace(Runtime&, Value* a) { return all_of_class(self_of(a), kSpaceClass, false); }
Value str_isprintable(Runtime&, Value* a) {
  return all_of_class(self_of(a), kPrintableClass, true);
}
Value str_isalnum(Runtime&, Value* a) {
  return all_of_class(self_of(a), kAlphaClass | kDecimalClass | kDigitClass | kNumericClass, false);
}
Value str_isascii(Runtime&, Value* a) { return Value(self_of(a).is_ascii()); }

Value str_isidentifier(Runtime&, Value* a) {
  const Str& text = self_of(a);
  for (size_t at = 0; at < text.bytes();) {
    const uint16_t wanted = at == 0 ? kNameStartClass : kNameClass;
    if (!unicode_is(utf8_next(text.view(), at), wanted)) return Value(false);
  }
  return Value(!text.empty());
}

/// Some character has the case, and none has the other.
Value has_only_case(const Str& text, uint16_t wanted, uint16_t other) {
  bool found = false;
  for (size_t at = 0; at < text.bytes();) {
    const uint16_t classes = unicode_classes(utf8_next(text.view(), at));
    if (classes & (other | kTitleClass)) return Value(false);
    found = found || (classes & wanted) != 0;
  }
  return Value(found);
}

Value str_islower(Runtime&, Value* a) {
  return has_only_case(self_of(a), kLowerClass, kUpperClass);
}
Value str_isupper(Runtime&, Value* a) {
  return has_only_case(self_of(a), kUpperClass, kLowerClass);
}

Value str_istitle(Runtime&, Value* a) {
  const Str& text = self_of(a);
  bool found = false;
  bool in_word = false;
  for (size_t at = 0; at < text.bytes();) {
    const uint16_t classes = unicode_classes(utf8_next(text.view(), at));
    if (classes & (kUpperClass | kTitleClass)) {
      if (in_word) return Value(false);
      in_word = found = true;
    } else if (classes & kLowerClass) {
      if (!in_word) return Value(false);
      found = true;
    } else {
      in_word = false;
    }
  }
  return Value(found);
}

constexpr Method kMethods[] = {
    {"upper", "self, /", str_upper},
    {"lower", "self, /", str_lower},
    {"casefold", "self, /", str_casefold},
    {"title", "self, /", str_title},
    {"capitalize", "self, /", str_capitalize},
    {"swapcase", "self, /", str_swapcase},
    {"isalpha", "self, /", str_isalpha},
    {"isdecimal", "self, /", str_isdecimal},
    {"isdigit", "self, /", str_isdigit},
    {"isnumeric", "self, /", str_isnumeric},
    {"isalnum", "self, /", str_isalnum},
    {"isspace", "self, /", str_isspace},
    {"isprintable", "self, /", str_isprintable},
    {"isascii", "self, /", str_isascii},
    {"isidentifier", "self, /", str_isidentifier},
    {"islower", "self, /", str_islower},
    {"isupper", "self, /", str_isupper},
    {"istitle", "self, /", str_istitle},
};

}  // namespace

std::span<const Method> str_case_methods() { return kMethods; }

}  // namespace gradpad::lang
