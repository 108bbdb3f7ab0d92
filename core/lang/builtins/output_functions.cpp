// print, and the streams sys.stdout and sys.stderr.
#include "lang/builtins/functions.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/support.h"
#include "lang/runtime/output.h"

namespace gradpad::lang {

namespace {

void write_text(Runtime& rt, bool error, std::string_view text) {
  (error ? rt.output().error : rt.output().out).write(text);
}

/// What print() has made of its values, passed on in pieces: short ones together, for each piece
/// may cost a call into the host; no long one is copied.
class Line {
 public:
  explicit Line(Runtime& rt) : rt_(rt) {}
  void add(std::string_view text) {
    if (pending_.size() + text.size() > kPiece) flush();
    if (text.size() > kPiece) {
      write_text(rt_, false, text);
    } else {
      pending_ += text;
    }
  }
  void flush() {
    write_text(rt_, false, pending_);
    pending_.clear();
  }

 private:
  static constexpr size_t kPiece = 64 * 1024;

  Runtime& rt_;
  std::string pending_;
};

class TextStream final : public Object {
 public:
  explicit TextStream(bool error_) : Object(Kind::Plain), error(error_) {}
  const bool error;
};

TextStream& stream_of(const Value& v) { return *v.as<TextStream>(); }

Value stream_write(Runtime& rt, Value* a) {
  const Str* text = a[1].to<Str>();
  if (!text) fail_type({"write() argument must be str, not ", rt.type_name(a[1])});
  write_text(rt, stream_of(a[0]).error, text->view());
  return Value(text->length());
}

Value stream_writelines(Runtime& rt, Value* a) {
  rt.for_each(a[1], [&](Value& line) {
    Value arguments[] = {a[0], line};
    stream_write(rt, arguments);
    return true;
  });
  return Value::none();
}

Value stream_flush(Runtime&, Value*) { return Value::none(); }
Value stream_isatty(Runtime&, Value*) { return Value(false); }

Value stream_repr(Runtime& rt, const Value& self) {
  return rt.make_str(
      text_of({"<_io.TextIOWrapper name='", stream_of(self).error ? "<stderr>" : "<stdout>",
               "' mode='w' encoding='utf-8'>"}));
}

Value stream_name(Runtime& rt, const Value& self) {
  return rt.intern(stream_of(self).error ? "<stderr>" : "<stdout>");
}
Value stream_encoding(Runtime& rt, const Value&) { return rt.intern("utf-8"); }

constexpr Method kStreamMethods[] = {
    {"write", "self, text, /", stream_write},
    {"writelines", "self, lines, /", stream_writelines},
    {"flush", "self, /", stream_flush},
    {"isatty", "self, /", stream_isatty},
};
constexpr Getter kStreamGetters[] = {{"name", stream_name}, {"encoding", stream_encoding}};

std::string_view separator(Runtime& rt, const Value& v, const char* name,
                           std::string_view otherwise) {
  if (v.is_none()) return otherwise;
  const Str* text = v.to<Str>();
  if (!text) fail_type({name, " must be None or a string, not ", rt.type_name(v)});
  return text->view();
}

/// What the program has put in place of sys.stdout, if it has; else unbound.
Value replaced_stdout(Runtime& rt) {
  const Value* sys = rt.builtins().find(rt.intern(kSysName).get());
  if (!sys) return {};  // not imported yet
  const Value* stream = sys->as<Module>()->find(rt.intern("stdout").get());
  if (!stream) rt.raise(rt.types.runtime_error, "lost sys.stdout");
  const Value* own = sys->as<Module>()->find(rt.intern("__stdout__").get());
  return own && own->same(*stream) ? Value() : *stream;
}

Value builtin_print(Runtime& rt, Value* a) {
  enum { kSep, kEnd, kFile, kFlush, kValues };
  const std::string_view sep = separator(rt, a[kSep], "sep", " ");
  const std::string_view end = separator(rt, a[kEnd], "end", "\n");
  const Tuple& values = *a[kValues].as<Tuple>();
  const Value file = a[kFile].is_none() ? replaced_stdout(rt) : a[kFile];
  if (file.is_none()) return Value::none();
  // As in CPython, what stands before a value that cannot be printed is printed.
  const auto print_to = [&](auto&& add) {
    for (int64_t i = 0; i < values.size(); ++i) {
      if (i > 0) add(sep);
      add(rt.str(values[i])->view());
    }
    add(end);
  };
  if (file.is_unbound()) {
    Line line(rt);
    try {
      print_to([&](std::string_view text) { line.add(text); });
    } catch (...) {
      line.flush();
      throw;
    }
    line.flush();
    return Value::none();
  }
  const Ref<Str> write = rt.intern("write");
  print_to([&](std::string_view text) {
    if (!text.empty()) rt.call_method(file, write.get(), {rt.make_str(std::string(text))});
  });
  if (rt.truth(a[kFlush])) rt.call_method(file, rt.intern("flush").get());
  return Value::none();
}

Value builtin_input(Runtime& rt, Value*) {
  rt.raise(rt.types.eof_error,
           "input() cannot read: a program here has no keyboard; assign the value instead");
}

constexpr Method kFunctions[] = {
    {"print", "*args, sep=None, end=None, file=None, flush=False", builtin_print,
     "Prints the values to a stream, or to sys.stdout by default."},
    {"input", "prompt='', /", builtin_input},
};

}  // namespace

std::span<const Method> output_functions() { return kFunctions; }

Value make_text_stream(Runtime& rt, bool error) {
  TypeSpec spec;
  spec.slots.repr = stream_repr;
  spec.methods = kStreamMethods;
  spec.getters = kStreamGetters;
  const Ref<Type> type = rt.make_type("TextIOWrapper", rt.types.object, spec, "_io");
  return rt.make_of<TextStream>(type.get(), error);
}

}  // namespace gradpad::lang
