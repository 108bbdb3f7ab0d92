// What any value can be asked: its text, truth, hash, length, items.
#include "lang/runtime/evaluator.h"
#include "lang/runtime/object_type.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"

namespace gradpad::lang {

namespace {

Ref<Str> as_str(Runtime& rt, const Value& v, const char* what) {
  if (!v.is<Str>())
    fail(ErrorKind::Type, what, " returned non-string (type ", rt.type_name(v), ")");
  return Ref<Str>(v.as<Str>());
}

/// Iterates by __getitem__ with 0, 1, 2, ... until IndexError.
class SequenceIterator final : public Iterator {
 public:
  explicit SequenceIterator(Value sequence) : sequence_(std::move(sequence)) {}
  bool next(Runtime& rt, Value& out) override {
    if (sequence_.is_unbound()) return false;
    try {
      out = rt.get_item(sequence_, Value(index_));
      ++index_;
      return true;
    } catch (...) {
      const Ref<Exception> exception = rt.translate_current_exception();
      if (!exception->type()->is_subtype_of(rt.types.index_error) &&
          !exception->type()->is_subtype_of(rt.types.stop_iteration)) {
        rt.raise(exception);
      }
    }
    sequence_.clear();
    return false;
  }
  void visit(ReferenceVisitor& visitor) override { sequence_.visit(visitor); }
  void clear_references() noexcept override { sequence_.clear(); }

 private:
  Value sequence_;
  int64_t index_ = 0;
};

}  // namespace

Ref<Str> Runtime::repr(const Value& v) {
  const Nesting nesting(*this, nesting::kRepr);
  return as_str(*this, type_of(v)->slots.repr(*this, v), "__repr__");
}

Ref<Str> Runtime::str(const Value& v) {
  if (v.is_object() && v.as_object()->type() == types.str) return Ref<Str>(v.as<Str>());
  const Type* type = type_of(v);
  if (!type->slots.str) return repr(v);
  const Nesting nesting(*this, nesting::kStr);
  return as_str(*this, type->slots.str(*this, v), "__str__");
}

Ref<Str> Runtime::format(const Value& v, const Value& spec) {
  const Type* type = type_of(v);
  if (type->slots.format) return as_str(*this, type->slots.format(*this, v, spec), "__format__");
  if (!spec.to<Str>()->empty()) {
    fail(ErrorKind::Type, "unsupported format string passed to ", type->name(), ".__format__");
  }
  return str(v);
}

bool Runtime::truth(const Value& v) {
  switch (v.tag()) {
    case Tag::Bool:
    case Tag::Int:
      return v.as_int() != 0;
    case Tag::Float:
      return v.as_float() != 0;
    case Tag::None:
    case Tag::Unbound:
      return false;
    case Tag::Object:
    case Tag::Tensor:
      break;
  }
  const Slots& slots = type_of(v)->slots;
  if (slots.truth) return slots.truth(*this, v);
  if (slots.length) return slots.length(*this, v) != 0;
  return true;
}

int64_t Runtime::hash(const Value& v) {
  const auto slot = type_of(v)->slots.hash;
  const Nesting nesting(*this, nesting::kHash);
  return slot ? slot(*this, v) : unhashable(*this, v);
}

int64_t Runtime::length(const Value& v) {
  const auto slot = type_of(v)->slots.length;
  if (!slot) fail(ErrorKind::Type, "object of type '", type_name(v), "' has no len()");
  return slot(*this, v);
}

int64_t Runtime::length_hint(const Value& v) {
  if (auto* iterator = v.to<Iterator>()) {
    const Nesting nesting(*this, nesting::kIteration);
    const int64_t remaining = iterator->remaining(*this);
    return remaining < 0 ? 0 : remaining;
  }
  const Type* type = type_of(v);
  // A tensor without dimensions has no length, which is not for a hint to say.
  if (!type->slots.length || type->is_user || v.is_tensor()) return 0;
  return type->slots.length(*this, v);
}

Value Runtime::get_item(const Value& v, const Value& key) {
  const auto slot = type_of(v)->slots.get_item;
  if (slot) return slot(*this, v, key);
  if (Type* cls = v.to<Type>()) {
    // list[int], and __class_getitem__.
    if (const Value* found = cls->lookup(names.class_getitem.get())) {
      const Value method = *found;
      const bool wrapped = method.is<ClassMethod>();
      return call(wrapped ? method.as<ClassMethod>()->function : method, {v, key});
    }
    fail(ErrorKind::Type, "type '", cls->name(), "' is not subscriptable");
  }
  fail(ErrorKind::Type, "'", type_name(v), "' object is not subscriptable");
}

void Runtime::set_item(const Value& v, const Value& key, const Value& value) {
  const auto slot = type_of(v)->slots.set_item;
  if (!slot) fail(ErrorKind::Type, "'", type_name(v), "' object does not support item assignment");
  slot(*this, v, key, value);
}

void Runtime::del_item(const Value& v, const Value& key) {
  const auto slot = type_of(v)->slots.del_item;
  if (!slot) {
    const bool writable = type_of(v)->slots.get_item != nullptr;
    fail(ErrorKind::Type, "'", type_name(v), "' object ",
         writable ? "doesn't support item deletion" : "does not support item deletion");
  }
  slot(*this, v, key);
}

bool Runtime::contains(const Value& container, const Value& item) {
  const Slots& slots = type_of(container)->slots;
  if (slots.contains) return slots.contains(*this, container, item);
  if (!slots.iterate && !slots.get_item) {
    fail(ErrorKind::Type, "argument of type '", type_name(container), "' is not iterable");
  }
  bool found = false;
  for_each(container, [&](Value& candidate) {
    found = equal(candidate, item);
    return !found;
  });
  return found;
}

Value Runtime::iterate(const Value& v) {
  const Slots& slots = type_of(v)->slots;
  if (slots.iterate) return slots.iterate(*this, v);
  if (slots.get_item && !v.is<Dict>()) {
    return make_iterator<SequenceIterator>("iterator", v);
  }
  fail(ErrorKind::Type, "'", type_name(v), "' object is not iterable");
}

bool Runtime::next(const Value& iterator, Value& out) {
  const Nesting nesting(*this, nesting::kIteration);
  if (iterator.is_object() && iterator.as_object()->kind() == Kind::Iterator) {
    return iterator.as<Iterator>()->next(*this, out);
  }
  const auto slot = type_of(iterator)->slots.next;
  if (!slot) fail(ErrorKind::Type, "'", type_name(iterator), "' object is not an iterator");
  return slot(*this, iterator, out);
}

Values Runtime::to_values(const Value& iterable) {
  if (List* list = iterable.to<List>(); list && list->type() == types.list) return list->items;
  Values values;
  values.reserve(static_cast<size_t>(length_hint(iterable)));
  for_each(iterable, [&](Value& item) {
    values.push_back(item);
    if (values.size() % 65536 == 0) check_budget();
    return true;
  });
  return values;
}

int64_t Runtime::to_index(const Value& v) {
  if (v.is_integral()) return v.as_int();
  const Value out =
      v.is_number() || v.is_none() ? Value() : call_special(*this, v, names.index.get(), {});
  if (out.is_unbound()) {
    fail(ErrorKind::Type, "'", type_name(v), "' object cannot be interpreted as an integer");
  }
  if (!out.is_integral()) {
    fail(ErrorKind::Type, "__index__ returned non-int (type ", type_name(out), ")");
  }
  return out.as_int();
}

double Runtime::to_float(const Value& v) {
  if (v.is_number()) return v.as_number();
  const Value out = v.is_none() ? Value() : call_special(*this, v, names.float_.get(), {});
  if (out.is_float()) return out.as_float();
  if (out.is_bound()) {
    fail(ErrorKind::Type, type_name(v), ".__float__ returned non-float (type ", type_name(out),
         ")");
  }
  const Value index = v.is_none() ? Value() : call_special(*this, v, names.index.get(), {});
  if (index.is_integral()) return static_cast<double>(index.as_int());
  fail(ErrorKind::Type, "must be real number, not ", type_name(v));
}

Str* Runtime::to_str(const Value& v, const char* what) {
  Str* text = v.to<Str>();
  if (!text) fail(ErrorKind::Type, what, " must be str, not ", v.is_none() ? "None" : type_name(v));
  return text;
}

void Runtime::check_budget() { evaluator_->check_budget(); }

}  // namespace gradpad::lang
