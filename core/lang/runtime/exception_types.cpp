// BaseException and what derives from it: construction, text, attributes.
#include "lang/runtime/exception_types.h"

#include "lang/runtime/attribute_access.h"
#include "lang/runtime/object_type.h"

namespace gradpad::lang {

namespace {

Exception& self_of(const Value& v) { return *v.as<Exception>(); }

Value exception_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  Ref<Exception> exception = rt.make_of<Exception>(cls);
  exception->args = rt.make_tuple(std::span<const Value>(arguments.values, arguments.positional));
  return exception;
}

void exception_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  Exception& e = self_of(self);
  e.args = rt.make_tuple(std::span<const Value>(arguments.values, arguments.positional));
  if (arguments.named == 0) return;
  // ImportError(msg, name=...), AttributeError(msg, name=..., obj=...), NameError(msg, name=...)
  const bool named = rt.is_instance(self, rt.types.import_error) ||
                     rt.is_instance(self, rt.types.attribute_error) ||
                     rt.is_instance(self, rt.types.name_error);
  if (!named) fail(ErrorKind::Type, rt.type_name(self), "() takes no keyword arguments");
  for (uint32_t i = 0; i < arguments.named; ++i) {
    e.attrs.set(rt, e.type(), arguments.names[i], arguments.values[arguments.positional + i]);
  }
}

Value exception_repr(Runtime& rt, const Value& self) {
  Exception& e = self_of(self);
  if (e.args->size() == 1) {
    return rt.make_str(e.type()->name() + "(" + rt.repr((*e.args)[0])->text() + ")");
  }
  return rt.make_str(e.type()->name() + rt.repr(e.args)->text());
}

Value exception_str(Runtime& rt, const Value& self) {
  Exception& e = self_of(self);
  if (e.args->size() == 0) return rt.intern("");
  if (e.args->size() == 1) return rt.str((*e.args)[0]);
  return rt.str(e.args);
}

Value key_error_str(Runtime& rt, const Value& self) {
  Exception& e = self_of(self);
  if (e.args->size() == 1) return rt.repr((*e.args)[0]);
  return exception_str(rt, self);
}

Value syntax_error_str(Runtime& rt, const Value& self) {
  Exception& e = self_of(self);
  if (!e.syntax_source) return exception_str(rt, self);
  const std::string& file = e.syntax_source->filename;
  return rt.make_str(concat(rt.str((*e.args)[0])->view(), " (", file.substr(file.rfind('/') + 1),
                            ", line ", e.syntax_span.line, ")"));
}

Value os_error_str(Runtime& rt, const Value& self) {
  Exception& e = self_of(self);
  if (e.args->size() < 2) return exception_str(rt, self);
  std::string text = "[Errno " + rt.str((*e.args)[0])->text() + "] " + rt.str((*e.args)[1])->text();
  if (e.args->size() > 2) text += ": " + rt.repr((*e.args)[2])->text();
  return rt.make_str(text);
}

Value get_args(Runtime&, const Value& self) { return self_of(self).args; }
void set_args(Runtime& rt, const Value& self, const Value& v) {
  self_of(self).args = rt.make_tuple(std::span<const Value>(rt.to_values(v)));
}
Value optional(const Ref<Exception>& e) { return e ? Value(e) : Value::none(); }
Ref<Exception> read_exception(Runtime& rt, const Value& v, const char* name) {
  if (v.is_none()) return {};
  Exception* e = v.to<Exception>();
  if (!e) {
    fail(ErrorKind::Type, "exception ", name, " must be None or derive from BaseException");
  }
  (void)rt;
  return Ref<Exception>(e);
}
Value get_cause(Runtime&, const Value& self) { return optional(self_of(self).cause); }
void set_cause(Runtime& rt, const Value& self, const Value& v) {
  self_of(self).cause = read_exception(rt, v, "cause");
  self_of(self).suppress_context = true;
}
Value get_context(Runtime&, const Value& self) { return optional(self_of(self).context); }
void set_context(Runtime& rt, const Value& self, const Value& v) {
  Exception& e = self_of(self);
  e.context = read_exception(rt, v, "context");
  if (e.context) e.context->is_context = true;
}
Value get_suppress(Runtime&, const Value& self) { return Value(self_of(self).suppress_context); }
void set_suppress(Runtime& rt, const Value& self, const Value& v) {
  self_of(self).suppress_context = rt.truth(v);
}
Value get_traceback(Runtime&, const Value&) { return Value::none(); }

Value get_first_arg(Runtime&, const Value& self) {
  Exception& e = self_of(self);
  return e.args->size() > 0 ? (*e.args)[0] : Value::none();
}

Value with_traceback(Runtime&, Value* a) { return a[0]; }

Value add_note(Runtime& rt, Value* a) {
  rt.to_str(a[1], "note");
  const Ref<Str> name = rt.intern("__notes__");
  Exception& e = self_of(a[0]);
  Value* notes = e.attrs.find(rt, name.get());
  if (notes) {
    notes->as<List>()->items.push_back(a[1]);
  } else {
    Values first;
    first.push_back(a[1]);
    e.attrs.set(rt, e.type(), name.get(), rt.make_list(std::move(first)));
  }
  return Value::none();
}

/// Attributes that some exceptions have although nobody set them.
template <const char* Name>
Value get_optional(Runtime& rt, const Value& self) {
  const Value* v = self_of(self).attrs.find(rt, rt.intern(Name).get());
  return v ? *v : Value::none();
}
template <const char* Name>
void set_optional(Runtime& rt, const Value& self, const Value& v) {
  Exception& e = self_of(self);
  e.attrs.set(rt, e.type(), rt.intern(Name).get(), v);
}
constexpr char kName[] = "name";
constexpr char kObj[] = "obj";
constexpr char kPath[] = "path";

constexpr Method kMethods[] = {
    {"with_traceback", "self, tb, /", with_traceback,
     "Exception.with_traceback(tb) -- set self.__traceback__ to tb and return self."},
    {"add_note", "self, note, /", add_note,
     "Exception.add_note(note) -- add a note to the exception"},
};
constexpr Getter kGetters[] = {
    {"args", get_args, set_args},
    {"__cause__", get_cause, set_cause},
    {"__context__", get_context, set_context},
    {"__suppress_context__", get_suppress, set_suppress},
    {"__traceback__", get_traceback},
};
constexpr Getter kValueGetters[] = {{"value", get_first_arg}};
constexpr Getter kCodeGetters[] = {{"code", get_first_arg}};
constexpr Getter kNameGetters[] = {{"name", get_optional<kName>, set_optional<kName>}};
constexpr Getter kAttributeGetters[] = {{"name", get_optional<kName>, set_optional<kName>},
                                        {"obj", get_optional<kObj>, set_optional<kObj>}};
constexpr Getter kImportGetters[] = {{"name", get_optional<kName>, set_optional<kName>},
                                     {"path", get_optional<kPath>, set_optional<kPath>},
                                     {"msg", get_first_arg}};

/// What an exception has beyond its base.
TypeSpec spec_of(const Runtime& rt, const Type* type) {
  const Types& t = rt.types;
  TypeSpec spec;
  if (type == t.key_error) spec.slots.str = key_error_str;
  if (type == t.syntax_error) spec.slots.str = syntax_error_str;
  if (type == t.os_error) spec.slots.str = os_error_str;
  if (type == t.stop_iteration) spec.getters = kValueGetters;
  if (type == t.system_exit) spec.getters = kCodeGetters;
  if (type == t.name_error) spec.getters = kNameGetters;
  if (type == t.attribute_error) spec.getters = kAttributeGetters;
  if (type == t.import_error) spec.getters = kImportGetters;
  return spec;
}

}  // namespace

std::string exception_text(Runtime& rt, Exception& e) { return rt.str(Value(&e))->text(); }

Ref<Exception> to_exception(Runtime& rt, const Value& v) {
  if (Exception* e = v.to<Exception>()) return Ref<Exception>(e);
  if (Type* cls = v.to<Type>(); cls && cls->is_subtype_of(rt.types.base_exception)) {
    const Value made = rt.call(v);
    if (Exception* e = made.to<Exception>()) return Ref<Exception>(e);
    fail(ErrorKind::Type, "calling ", full_name(*cls),
         " should have returned an instance of BaseException, not ", rt.type_name(made));
  }
  fail(ErrorKind::Type, "exceptions must derive from BaseException");
}

void define_exception_types(Runtime& rt) {
  TypeSpec spec;
  spec.slots.make = exception_make;
  spec.slots.init = exception_init;
  spec.slots.repr = exception_repr;
  spec.slots.str = exception_str;
  spec.methods = kMethods;
  spec.getters = kGetters;
  rt.define(rt.types.base_exception, spec);
#define X(member, text, base)                     \
  if (rt.types.member != rt.types.base_exception) \
    rt.define(rt.types.member, spec_of(rt, rt.types.member));
  GRADPAD_EXCEPTION_TYPES(X)
#undef X
}

}  // namespace gradpad::lang
