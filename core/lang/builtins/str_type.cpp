// str: making, printing, comparing, indexing, iterating and the operators.
#include "lang/builtins/str_type.h"

#include <cstdio>

#include "lang/builtins/format.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"
#include "lang/runtime/slices.h"
#include "lang/syntax/unicode.h"

namespace gradpad::lang {

Value str_value(Runtime& rt, std::string_view text) {
  if (text.size() == 1) return rt.make_str(static_cast<char32_t>(text[0]));
  return rt.make_str(std::string(text));
}

Str* want_str(Runtime& rt, const Value& v, std::string_view what) {
  Str* text = v.to<Str>();
  // Where CPython names the argument it writes None for the type of None.
  if (!text) {
    const bool none = v.is_none() && !what.empty();
    fail_type({what, "must be str, not ", none ? "None" : rt.type_name(v)});
  }
  return text;
}

std::string quoted_text(std::string_view text, bool ascii_only) {
  const bool single = text.find('\'') != text.npos && text.find('"') == text.npos;
  const char quote = single ? '"' : '\'';
  std::string out;
  out.reserve(text.size() + 2);
  out.push_back(quote);
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t c = utf8_next(text, at);
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
      out.push_back('\\');
      out.push_back(static_cast<char>(c));
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c < 0x80 || !ascii_only ? unicode_is(c, kPrintableClass) : false) {
      out += text.substr(start, at - start);
    } else {
      char code[16];
      const char* pattern = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
      std::snprintf(code, sizeof code, pattern, static_cast<unsigned>(c));
      out += code;
    }
  }
  out.push_back(quote);
  return out;
}

Ref<Str> ascii_repr(Runtime& rt, const Value& v) {
  Ref<Str> repr = rt.repr(v);
  if (repr->is_ascii()) return repr;
  // The quotes are there already; only what is beyond ASCII changes.
  std::string out;
  for (size_t at = 0; at < repr->bytes();) {
    const char32_t c = utf8_next(repr->view(), at);
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
      continue;
    }
    char code[16];
    const char* pattern = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    std::snprintf(code, sizeof code, pattern, static_cast<unsigned>(c));
    out += code;
  }
  return rt.make_str(std::move(out));
}

namespace {

Value str_repr(Runtime& rt, const Value& self) {
  return rt.make_str(quoted_text(self.as<Str>()->view(), false));
}

Value str_str(Runtime& rt, const Value& self) {
  if (self.as_object()->type() == rt.types.str) return self;
  return rt.make_str(self.as<Str>()->text());
}

Value str_format(Runtime& rt, const Value& self, const Value& spec) {
  const std::string_view text = want_str(rt, spec, "__format__() argument ")->view();
  if (text.empty()) return rt.str(self);
  return rt.make_str(format_text(self.as<Str>()->view(), text, rt.type_name(self)));
}

int64_t str_hash(Runtime&, const Value& self) { return self.as<Str>()->hash(); }
bool str_truth(Runtime&, const Value& self) { return !self.as<Str>()->empty(); }
int64_t str_length(Runtime&, const Value& self) { return self.as<Str>()->length(); }

Value str_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  const Str* b = other.to<Str>();
  if (!b) return rt.not_implemented();
  const Str* a = self.as<Str>();
  if (op == CompareOp::Eq) return Value(a->equals(*b));
  if (op == CompareOp::Ne) return Value(!a->equals(*b));
  // The order of UTF-8 bytes is the order of code points.
  const int order = a->view().compare(b->view());
  return Value(op == CompareOp::Lt   ? order < 0
               : op == CompareOp::Le ? order <= 0
               : op == CompareOp::Gt ? order > 0
                                     : order >= 0);
}

Value repeat(Runtime& rt, const Value& text, const Value& operand) {
  int64_t count = 0;
  if (!read_repeat(rt, operand, count)) return rt.not_implemented();
  const Str* str = text.as<Str>();
  if (count == 1 && str->type() == rt.types.str) return text;
  if (count == 0 || str->empty()) return rt.make_str(std::string());
  const auto size = static_cast<int64_t>(str->bytes());
  check_room(count, size);
  std::string out;
  out.reserve(static_cast<size_t>(count * size));
  if (size == 1) {
    out.assign(static_cast<size_t>(count), str->view()[0]);
  } else {
    for (int64_t i = 0; i < count; ++i) out += str->view();
  }
  return rt.make_str(std::move(out));
}

Value str_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  switch (op) {
    case BinaryOp::Add: {
      const Str* left = a.to<Str>();
      if (!left) return rt.not_implemented();
      const Str* right = b.to<Str>();
      if (!right) return rt.not_implemented();
      check_room(static_cast<int64_t>(left->bytes() + right->bytes()), 1);
      return rt.make_str(text_of({left->view(), right->view()}));
    }
    case BinaryOp::Mul:
      if (a.is<Str>()) return repeat(rt, a, b);
      return repeat(rt, b, a);
    case BinaryOp::Mod:
      if (Str* format = a.to<Str>()) {
        return rt.make_str(format_percent(rt, format->view(), b));
      }
      return rt.not_implemented();
    default:
      return rt.not_implemented();
  }
}

Value str_get_item(Runtime& rt, const Value& self, const Value& key) {
  const Str* text = self.as<Str>();
  if (const Slice* slice = key.to<Slice>()) {
    const SliceIndices at = resolve_slice(rt, *slice, text->length());
    if (at.step == 1) {
      if (at.count == text->length() && text->type() == rt.types.str) return self;
      return str_value(rt, text->slice(at.start, at.start + at.count));
    }
    std::string out;
    if (text->is_ascii()) {
      out.reserve(static_cast<size_t>(at.count));
      for (int64_t i = 0; i < at.count; ++i) {
        out.push_back(text->view()[static_cast<size_t>(at.start + i * at.step)]);
      }
      return rt.make_str(std::move(out));
    }
    std::vector<size_t> offsets;  // where each code point begins
    offsets.reserve(static_cast<size_t>(text->length()));
    for (size_t o = 0; o < text->bytes(); o += static_cast<size_t>(utf8_width(text->view()[o]))) {
      offsets.push_back(o);
    }
    for (int64_t i = 0; i < at.count; ++i) {
      const size_t o = offsets[static_cast<size_t>(at.start + i * at.step)];
      out += text->view().substr(o, static_cast<size_t>(utf8_width(text->view()[o])));
    }
    return rt.make_str(std::move(out));
  }
  int64_t index = 0;
  if (!read_index(rt, key, text->length(), index)) {
    fail_type({"string indices must be integers, not '", rt.type_name(key), "'"});
  }
  if (index < 0 || index >= text->length()) {
    fail_with(ErrorKind::Index, {"string index out of range"});
  }
  return str_value(rt, text->slice(index, index + 1));
}

bool str_contains(Runtime& rt, const Value& self, const Value& item) {
  const Str* part = item.to<Str>();
  if (!part) {
    fail_type({"'in <string>' requires string as left operand, not ", rt.type_name(item)});
  }
  return self.as<Str>()->view().find(part->view()) != std::string_view::npos;
}

class StrIterator final : public Iterator {
 public:
  explicit StrIterator(Ref<Str> text) : text_(std::move(text)) {}
  bool next(Runtime& rt, Value& out) override {
    if (offset_ >= text_->bytes()) return false;
    const auto width = static_cast<size_t>(utf8_width(text_->view()[offset_]));
    out = str_value(rt, text_->view().substr(offset_, width));
    offset_ += width;
    return true;
  }
  int64_t remaining(Runtime&) override { return utf8_length(text_->view().substr(offset_)); }

 private:
  Ref<Str> text_;
  size_t offset_ = 0;
};

Value str_iterate(Runtime& rt, const Value& self) {
  Ref<Str> text(self.as<Str>());
  const char* name = text->is_ascii() ? "str_ascii_iterator" : "str_iterator";
  return rt.make_iterator<StrIterator>(name, std::move(text));
}

Value str_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const CallArguments given("str", arguments, {"object", "encoding", "errors"});
  if (given[1].is_bound() || given[2].is_bound()) {
    if (given[0].is<Str>()) fail_type({"decoding str is not supported"});
    fail_type({"decoding to str: need a bytes-like object, ",
               given[0].is_bound() ? rt.type_name(given[0]) : "nothing", " found"});
  }
  if (given[0].is_unbound()) return rt.make_of<Str>(cls, std::string());
  const Ref<Str> text = rt.str(given[0]);
  if (cls == rt.types.str) return text;
  return rt.make_of<Str>(cls, text->text());
}

}  // namespace

void define_str(Runtime& rt) {
  std::vector<Method> methods;
  for (const auto table : {str_search_methods(), str_case_methods(), str_layout_methods()}) {
    methods.insert(methods.end(), table.begin(), table.end());
  }
  TypeSpec spec;
  spec.slots.repr = str_repr;
  spec.slots.str = str_str;
  spec.slots.format = str_format;
  spec.slots.hash = str_hash;
  spec.slots.truth = str_truth;
  spec.slots.length = str_length;
  spec.slots.compare = str_compare;
  spec.slots.binary = str_binary;
  spec.slots.get_item = str_get_item;
  spec.slots.contains = str_contains;
  spec.slots.iterate = str_iterate;
  spec.slots.make = str_make;
  spec.methods = methods;
  spec.doc = "str(object='') -> str";
  rt.define(rt.types.str, spec);
}

}  // namespace gradpad::lang
