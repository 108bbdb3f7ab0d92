// repr, ascii, format, chr, ord; hash and id.
#include "lang/builtins/format.h"
#include "lang/builtins/functions.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

Value builtin_repr(Runtime& rt, Value* a) { return rt.repr(a[0]); }
Value builtin_ascii(Runtime& rt, Value* a) { return ascii_repr(rt, a[0]); }

Value builtin_format(Runtime& rt, Value* a) {
  if (!a[1].is<Str>()) fail_type({"format() argument 2 must be str, not ", rt.type_name(a[1])});
  return rt.format(a[0], a[1]);
}

Value builtin_chr(Runtime& rt, Value* a) {
  const int64_t code = rt.to_index(a[0]);
  if (code < 0 || code > 0x10FFFF) fail_value({"chr() arg not in range(0x110000)"});
  return rt.make_str(static_cast<char32_t>(code));
}

Value builtin_ord(Runtime& rt, Value* a) {
  const Str* text = a[0].to<Str>();
  if (!text) {
    fail_type({"ord() expected string of length 1, but ", rt.type_name(a[0]), " found"});
  }
  if (text->length() != 1) {
    fail_type({"ord() expected a character, but string of length ", std::to_string(text->length()),
               " found"});
  }
  size_t at = 0;
  return Value(static_cast<int64_t>(utf8_next(text->view(), at)));
}

Value builtin_hash(Runtime& rt, Value* a) { return Value(rt.hash(a[0])); }

/// Objects have their address. Numbers are no objects: equal ones are one, so they have one id.
Value builtin_id(Runtime& rt, Value* a) {
  if (a[0].is_reference()) {
    return Value(static_cast<int64_t>(reinterpret_cast<uintptr_t>(a[0].as_reference())));
  }
  const auto tag = static_cast<uint64_t>(a[0].tag());
  const auto hash = static_cast<uint64_t>(a[0].is_none() ? 0 : rt.hash(a[0]));
  return Value(static_cast<int64_t>((hash * 32 + tag * 8) & 0x7FFFFFFFFFFFu));
}

constexpr Method kFunctions[] = {
    {"repr", "obj, /", builtin_repr, "Return the canonical string representation of the object."},
    {"ascii", "obj, /", builtin_ascii, "Return an ASCII-only representation of an object."},
    {"format", "value, format_spec='', /", builtin_format,
     "Return type(value).__format__(value, format_spec)."},
    {"chr", "i, /", builtin_chr, "Return a Unicode string of one character with ordinal i."},
    {"ord", "c, /", builtin_ord, "Return the Unicode code point for a one-character string."},
    {"hash", "obj, /", builtin_hash, "Return the hash value for the given object."},
    {"id", "obj, /", builtin_id, "Return the identity of an object."},
};

}  // namespace

std::span<const Method> text_functions() { return kFunctions; }

}  // namespace gradpad::lang
