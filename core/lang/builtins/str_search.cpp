// str: finding, replacing and splitting.
#include <algorithm>

#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/str_type.h"
#include "lang/syntax/unicode.h"

namespace gradpad::lang {

namespace {

constexpr auto kNowhere = std::string_view::npos;

Str& self_of(Value* a) { return *a[0].as<Str>(); }

/// The part of the text that find(sub, start, end) and its like look at.
struct Window {
  std::string_view text;
  size_t offset = 0;   // in bytes
  int64_t from = 0;    // in code points
  bool empty = false;  // start lies behind the end: not even "" is there
};

Window window_of(Runtime& rt, const Str& text, const Value& start, const Value& stop) {
  int64_t from = 0;
  int64_t to = 0;
  read_bounds(rt, start, stop, text.length(), from, to);
  Window window;
  window.from = from;
  window.empty = from > to;
  if (window.empty) return window;
  window.text = text.slice(from, to);
  window.offset = text.offset_of(from);
  return window;
}

int64_t find_in(Runtime& rt, Value* a, bool last) {
  const Str& text = self_of(a);
  const Str* part = want_str(rt, a[1], "");
  const Window window = window_of(rt, text, a[2], a[3]);
  if (window.empty) return -1;
  const size_t at = last ? window.text.rfind(part->view()) : window.text.find(part->view());
  if (at == kNowhere) return -1;
  return text.is_ascii() ? window.from + static_cast<int64_t>(at)
                         : window.from + utf8_length(window.text.substr(0, at));
}

Value str_find(Runtime& rt, Value* a) { return Value(find_in(rt, a, false)); }
Value str_rfind(Runtime& rt, Value* a) { return Value(find_in(rt, a, true)); }

Value index_or_fail(int64_t index) {
  if (index < 0) fail_value({"substring not found"});
  return Value(index);
}
Value str_index(Runtime& rt, Value* a) { return index_or_fail(find_in(rt, a, false)); }
Value str_rindex(Runtime& rt, Value* a) { return index_or_fail(find_in(rt, a, true)); }

int64_t count_in(std::string_view text, std::string_view part) {
  if (part.empty()) return utf8_length(text) + 1;
  int64_t count = 0;
  for (size_t at = text.find(part); at != kNowhere; at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

Value str_count(Runtime& rt, Value* a) {
  const Str* part = want_str(rt, a[1], "");
  const Window window = window_of(rt, self_of(a), a[2], a[3]);
  return Value(window.empty ? 0 : count_in(window.text, part->view()));
}

Value starts_or_ends(Runtime& rt, Value* a, const char* name, bool ends) {
  const Window window = window_of(rt, self_of(a), a[2], a[3]);
  const auto matches = [&](const Str& part) {
    if (window.empty) return false;
    return ends ? window.text.ends_with(part.view()) : window.text.starts_with(part.view());
  };
  if (Tuple* parts = a[1].to<Tuple>()) {
    for (const Value& part : *parts) {
      if (!part.is<Str>()) {
        fail_type({"tuple for ", name, " must only contain str, not ", rt.type_name(part)});
      }
      if (matches(*part.as<Str>())) return Value(true);
    }
    return Value(false);
  }
  if (!a[1].is<Str>()) {
    fail_type({name, " first arg must be str or a tuple of str, not ", rt.type_name(a[1])});
  }
  return Value(matches(*a[1].as<Str>()));
}

Value str_startswith(Runtime& rt, Value* a) { return starts_or_ends(rt, a, "startswith", false); }
Value str_endswith(Runtime& rt, Value* a) { return starts_or_ends(rt, a, "endswith", true); }

Value str_replace(Runtime& rt, Value* a) {
  const Value keep = a[0];
  const std::string_view text = self_of(a).view();
  const std::string_view from = want_str(rt, a[1], "replace() argument 1 ")->view();
  const std::string_view to = want_str(rt, a[2], "replace() argument 2 ")->view();
  int64_t limit = rt.to_index(a[3]);
  if (limit < 0) limit = INT64_MAX;
  const int64_t hits = std::min(limit, count_in(text, from));
  if (hits == 0) return rt.str(keep);
  check_room(static_cast<int64_t>(text.size()), 1);
  check_room(hits, static_cast<int64_t>(to.size()) + 1);
  std::string out;
  size_t at = 0;
  for (int64_t i = 0; i < hits; ++i) {
    if (from.empty()) {
      // Before each code point, and at the end.
      out += to;
      if (at < text.size()) {
        const auto width = static_cast<size_t>(utf8_width(text[at]));
        out += text.substr(at, width);
        at += width;
      }
      continue;
    }
    const size_t hit = text.find(from, at);
    out += text.substr(at, hit - at);
    out += to;
    at = hit + from.size();
  }
  out += text.substr(at);
  return rt.make_str(std::move(out));
}

bool is_space(char32_t c) { return unicode_is(c, kSpaceClass); }

/// Offset of the code point before `at`.
size_t before(std::string_view text, size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

bool space_at(std::string_view text, size_t at) { return is_space(utf8_next(text, at)); }

void split_at_spaces(Runtime& rt, std::string_view text, int64_t limit, Values& out) {
  size_t at = 0;
  const auto skip_spaces = [&] {
    while (at < text.size() && space_at(text, at)) at += static_cast<size_t>(utf8_width(text[at]));
  };
  for (;;) {
    skip_spaces();
    if (at >= text.size()) return;
    if (limit-- == 0) {
      // The rest keeps its spaces, those behind it too.
      out.push_back(str_value(rt, text.substr(at)));
      return;
    }
    const size_t start = at;
    while (at < text.size() && !space_at(text, at)) at += static_cast<size_t>(utf8_width(text[at]));
    out.push_back(str_value(rt, text.substr(start, at - start)));
  }
}

void rsplit_at_spaces(Runtime& rt, std::string_view text, int64_t limit, Values& out) {
  size_t end = text.size();
  for (;;) {
    while (end > 0 && space_at(text, before(text, end))) end = before(text, end);
    if (end == 0) break;
    if (limit-- == 0) {
      out.push_back(str_value(rt, text.substr(0, end)));
      break;
    }
    const size_t stop = end;
    while (end > 0 && !space_at(text, before(text, end))) end = before(text, end);
    out.push_back(str_value(rt, text.substr(end, stop - end)));
  }
  std::reverse(out.begin(), out.end());
}

void split_at(Runtime& rt, std::string_view text, std::string_view separator, int64_t limit,
              Values& out) {
  size_t at = 0;
  while (limit-- != 0) {
    const size_t hit = text.find(separator, at);
    if (hit == kNowhere) break;
    out.push_back(str_value(rt, text.substr(at, hit - at)));
    at = hit + separator.size();
  }
  out.push_back(str_value(rt, text.substr(at)));
}

void rsplit_at(Runtime& rt, std::string_view text, std::string_view separator, int64_t limit,
               Values& out) {
  size_t end = text.size();
  while (limit-- != 0 && end >= separator.size()) {
    const size_t hit = text.rfind(separator, end - separator.size());
    if (hit == kNowhere) break;
    out.push_back(str_value(rt, text.substr(hit + separator.size(), end - hit - separator.size())));
    end = hit;
  }
  out.push_back(str_value(rt, text.substr(0, end)));
  std::reverse(out.begin(), out.end());
}

Value split(Runtime& rt, Value* a, bool from_right) {
  const Str& text = self_of(a);
  const int64_t limit = rt.to_index(a[2]);
  Values out;
  if (a[1].is_none()) {
    (from_right ? rsplit_at_spaces : split_at_spaces)(rt, text.view(), limit, out);
  } else {
    if (!a[1].is<Str>()) fail_type({"must be str or None, not ", rt.type_name(a[1])});
    const std::string_view separator = a[1].as<Str>()->view();
    if (separator.empty()) fail_value({"empty separator"});
    (from_right ? rsplit_at : split_at)(rt, text.view(), separator, limit, out);
  }
  return rt.make_list(std::move(out));
}

Value str_split(Runtime& rt, Value* a) { return split(rt, a, false); }
Value str_rsplit(Runtime& rt, Value* a) { return split(rt, a, true); }

Value partition(Runtime& rt, Value* a, bool last) {
  const std::string_view text = self_of(a).view();
  const std::string_view separator = want_str(rt, a[1], "")->view();
  if (separator.empty()) fail_value({"empty separator"});
  const size_t at = last ? text.rfind(separator) : text.find(separator);
  const Value nothing = str_value(rt, "");
  if (at == kNowhere) {
    const Value whole = str_value(rt, text);
    return last ? rt.make_tuple({nothing, nothing, whole})
                : rt.make_tuple({whole, nothing, nothing});
  }
  return rt.make_tuple(
      {str_value(rt, text.substr(0, at)), a[1], str_value(rt, text.substr(at + separator.size()))});
}

Value str_partition(Runtime& rt, Value* a) { return partition(rt, a, false); }
Value str_rpartition(Runtime& rt, Value* a) { return partition(rt, a, true); }

bool is_line_end(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

Value str_splitlines(Runtime& rt, Value* a) {
  const std::string_view text = self_of(a).view();
  const bool keep_ends = rt.truth(a[1]);
  Values out;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    size_t end = at;
    bool ended = false;
    while (at < text.size() && !ended) {
      end = at;
      const char32_t c = utf8_next(text, at);
      ended = is_line_end(c);
      if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
    }
    out.push_back(str_value(rt, text.substr(start, (keep_ends || !ended ? at : end) - start)));
  }
  return rt.make_list(std::move(out));
}

Value str_removeprefix(Runtime& rt, Value* a) {
  const std::string_view text = self_of(a).view();
  const std::string_view prefix = want_str(rt, a[1], "removeprefix() argument ")->view();
  return str_value(rt, text.starts_with(prefix) ? text.substr(prefix.size()) : text);
}

Value str_removesuffix(Runtime& rt, Value* a) {
  const std::string_view text = self_of(a).view();
  const std::string_view suffix = want_str(rt, a[1], "removesuffix() argument ")->view();
  const bool there = !suffix.empty() && text.ends_with(suffix);
  return str_value(rt, there ? text.substr(0, text.size() - suffix.size()) : text);
}

constexpr const char* kPartStartEnd = "self, sub, start=None, end=None, /";

constexpr Method kMethods[] = {
    {"find", kPartStartEnd, str_find},
    {"rfind", kPartStartEnd, str_rfind},
    {"index", kPartStartEnd, str_index},
    {"rindex", kPartStartEnd, str_rindex},
    {"count", kPartStartEnd, str_count},
    {"startswith", "self, prefix, start=None, end=None, /", str_startswith},
    {"endswith", "self, suffix, start=None, end=None, /", str_endswith},
    {"replace", "self, old, new, count=-1, /", str_replace},
    {"split", "self, /, sep=None, maxsplit=-1", str_split},
    {"rsplit", "self, /, sep=None, maxsplit=-1", str_rsplit},
    {"partition", "self, sep, /", str_partition},
    {"rpartition", "self, sep, /", str_rpartition},
    {"splitlines", "self, /, keepends=False", str_splitlines},
    {"removeprefix", "self, prefix, /", str_removeprefix},
    {"removesuffix", "self, suffix, /", str_removesuffix},
};

}  // namespace

std::span<const Method> str_search_methods() { return kMethods; }

}  // namespace gradpad::lang
