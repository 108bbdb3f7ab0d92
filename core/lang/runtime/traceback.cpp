// Tracebacks, letter for letter as CPython 3.11 prints them.
#include "lang/runtime/traceback.h"

#include <algorithm>

#include "lang/objects/code.h"
#include "lang/runtime/exception_types.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/suggestions.h"

namespace gradpad::lang {

namespace {

/// Places that a text takes on a screen: East Asian characters take two.
int64_t display_width(std::string_view text) {
  int64_t width = 0;
  for (size_t i = 0; i < text.size();) {
    const char32_t c = utf8_next(text, i);
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) ||
                      (c >= 0x3041 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) ||
                      (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
                      (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F900 && c <= 0x1F9FF) ||
                      (c >= 0x20000 && c <= 0x3FFFD);
    width += wide ? 2 : 1;
  }
  return width;
}

/// The place on the screen of a column counted in UTF-16 units.
int64_t character_of(std::string_view line, int32_t column) {
  return display_width(line.substr(0, byte_of_column(line, column)));
}

std::string_view trimmed(std::string_view line) {
  const size_t begin = line.find_first_not_of(" \t\f");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\f") - begin + 1);
}

/// The source line and the marks under it: ^ for the part at fault, ~ around an operator at fault.
void append_source(std::string& out, const TraceEntry& entry) {
  const Source& source = *entry.code->source;
  const std::string_view line = source.line(entry.span.line);
  const std::string_view shown = trimmed(line);
  if (shown.empty()) return;
  out += "    " + std::string(shown) + "\n";
  if (entry.anchor == kNoMarks) return;
  const int64_t indent = shown.data() - line.data();
  const int64_t start = character_of(line, entry.span.column);
  const bool one_line = entry.span.end_line == entry.span.line;
  const int64_t end =
      one_line ? character_of(line, entry.span.end_column) : indent + display_width(shown);
  if (end <= start) return;
  int64_t left = -1;
  int64_t right = -1;
  if (one_line && entry.anchor > 0) {
    const Span& anchor = entry.code->anchor_spans[entry.anchor - 1];
    left = character_of(line, anchor.column);
    right = character_of(line, anchor.end_column);
  }
  if (left < 0 && end - start == display_width(shown)) return;
  out += "    ";
  for (int64_t i = indent; i < end; ++i) {
    if (i < start) {
      out += ' ';
    } else if (left < 0 || (left <= i && i < right)) {
      out += '^';
    } else {
      out += '~';
    }
  }
  out += '\n';
}

void append_frames(std::string& out, const Exception& error) {
  constexpr int kShown = 3;
  int repeated = 0;
  const TraceEntry* last = nullptr;
  const auto flush = [&] {
    if (repeated > kShown) {
      const int more = repeated - kShown;
      out += concat("  [Previous line repeated ", more, " more time", more > 1 ? "s" : "", "]\n");
    }
  };
  for (size_t i = error.trace.size(); i-- > 0;) {
    const TraceEntry& entry = error.trace[i];
    const bool same = last && last->code->source == entry.code->source &&
                      last->span.line == entry.span.line && last->function == entry.function;
    if (!same) {
      flush();
      repeated = 0;
    }
    last = &entry;
    if (++repeated > kShown) continue;
    out += concat("  File \"", entry.code->source->filename, "\", line ", entry.span.line, ", in ",
                  entry.function, "\n");
    append_source(out, entry);
  }
  flush();
}

void append_syntax_place(std::string& out, const Exception& error) {
  const Source& source = *error.syntax_source;
  const Span& span = error.syntax_span;
  out += concat("  File \"", source.filename, "\", line ", span.line, "\n");
  std::string_view line = source.line(span.line);
  int64_t start = character_of(line, span.column);
  int64_t end = span.end_line == span.line ? character_of(line, span.end_column)
                                           : display_width(trimmed(line)) + INT16_MAX;
  if (!error.syntax_shown.empty()) {
    // Another text stands for the line: the field of an f-string, which begins with the bracket.
    const std::string_view field =
        std::string_view(error.syntax_shown).substr(1, error.syntax_shown.size() - 2);
    const int64_t begin = display_width(line.substr(0, std::min(line.find(field), line.size())));
    start = std::max<int64_t>(start - begin + 1, 0);
    end = std::max<int64_t>(end - begin + 1, 0);
    line = error.syntax_shown;
  }
  const size_t indent = std::min(line.find_first_not_of(" \t\f"), line.size());
  line.remove_prefix(indent);
  if (line.empty()) return;
  out += "    " + std::string(line) + "\n";
  if (!error.syntax_marked) return;
  start = std::max<int64_t>(start - static_cast<int64_t>(indent), 0);
  end = std::min(end - static_cast<int64_t>(indent), display_width(line));
  end = std::max(end, start + 1);
  out += "    " + std::string(static_cast<size_t>(start), ' ') +
         std::string(static_cast<size_t>(end - start), '^') + "\n";
}

void append_one(Runtime& rt, std::string& out, Exception& error) {
  if (!error.trace.empty()) {
    out += "Traceback (most recent call last):\n";
    append_frames(out, error);
  }
  if (error.syntax_source) append_syntax_place(out, error);
  const Type& type = *error.type();
  const bool plain = type.module == "builtins" || type.module == "__main__";
  out += plain ? type.qualname : type.module + "." + type.qualname;
  const std::string message = error_message(rt, error);
  if (!message.empty()) out += ": " + message;
  out += '\n';
  const Value* notes = error.attrs.find(rt, rt.intern("__notes__").get());
  if (!notes || !notes->is<List>()) return;
  for (const Value& note : Values(notes->as<List>()->items)) {
    out += rt.str(note)->text() + "\n";
  }
}

}  // namespace

std::string error_message(Runtime& rt, Exception& error) {
  std::string text;
  if (error.syntax_source) {
    text = rt.str((*error.args)[0])->text();
  } else {
    try {
      text = exception_text(rt, error);
    } catch (...) {
      text = "<exception str() failed>";
    }
  }
  const std::string meant = suggestion_for(rt, error);
  if (!meant.empty()) text += ". Did you mean: '" + meant + "'?";
  return text;
}

std::optional<Span> error_span(const Exception& error) {
  if (error.syntax_source) {
    if (error.syntax_source->is_library) return std::nullopt;
    return error.syntax_span;
  }
  for (const TraceEntry& entry : error.trace) {
    if (!entry.code->source->is_library) return entry.span;
  }
  return std::nullopt;
}

std::string format_traceback(Runtime& rt, Exception& error) {
  // The chain of causes and contexts, the last one first.
  struct Link {
    Exception* error;
    const char* before;
  };
  std::vector<Link> chain{{&error, ""}};
  constexpr size_t kMostLinks = 100;
  while (chain.size() < kMostLinks) {
    Exception* e = chain.back().error;
    Exception* next = e->cause ? e->cause.get() : e->suppress_context ? nullptr : e->context.get();
    const bool seen = std::ranges::any_of(chain, [&](const Link& l) { return l.error == next; });
    if (!next || seen) break;
    chain.back().before =
        e->cause ? "\nThe above exception was the direct cause of the following exception:\n\n"
                 : "\nDuring handling of the above exception, another exception occurred:\n\n";
    chain.push_back({next, ""});
  }
  std::string out;
  for (size_t i = chain.size(); i-- > 0;) {
    if (i + 1 < chain.size()) out += chain[i].before;
    append_one(rt, out, *chain[i].error);
  }
  return out;
}

}  // namespace gradpad::lang
