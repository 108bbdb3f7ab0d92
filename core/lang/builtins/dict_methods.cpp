// dict: get, update, pop and the other methods.
#include "lang/builtins/dict_type.h"
#include "lang/builtins/generic_alias.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

Dict& self_of(Value* a) { return *a[0].as<Dict>(); }

void update_from_pairs(Runtime& rt, Dict& dict, const Value& pairs) {
  int64_t index = 0;
  rt.for_each(pairs, [&](Value& item) {
    if (!rt.type_of(item)->slots.iterate && !rt.type_of(item)->slots.get_item) {
      fail_type({"cannot convert dictionary update sequence element #", std::to_string(index),
                 " to a sequence"});
    }
    const Values pair = rt.to_values(item);
    if (pair.size() != 2) {
      fail_value({"dictionary update sequence element #", std::to_string(index), " has length ",
                  std::to_string(pair.size()), "; 2 is required"});
    }
    dict.set(rt, pair[0], pair[1]);
    ++index;
    return true;
  });
}

}  // namespace

void update_dict(Runtime& rt, Dict& dict, const Value& other) {
  Dict* from = other.to<Dict>();
  if (from == &dict && from) return;
  // A subclass may say itself what its keys and items are.
  if (from && rt.type_of(other)->slots.iterate == rt.types.dict->slots.iterate) {
    const int64_t size = from->size();
    int64_t at = 0;
    while (Dict::Entry* entry = from->next(at)) {
      const Value key = entry->key;
      dict.set(rt, key, entry->hash, entry->value);
      if (from->size() != size) fail_with(ErrorKind::Runtime, {"dict mutated during update"});
    }
    return;
  }
  const Value keys = rt.find_attr(other, rt.names.keys.get());
  if (keys.is_unbound()) return update_from_pairs(rt, dict, other);
  rt.for_each(rt.call(keys), [&](Value& key) {
    dict.set(rt, key, rt.get_item(other, key));
    return true;
  });
}

namespace {

Value dict_keys(Runtime& rt, Value* a) { return make_dict_view(rt, &self_of(a), DictPart::keys); }
Value dict_values(Runtime& rt, Value* a) {
  return make_dict_view(rt, &self_of(a), DictPart::values);
}
Value dict_items(Runtime& rt, Value* a) { return make_dict_view(rt, &self_of(a), DictPart::items); }

Value dict_get(Runtime& rt, Value* a) {
  const Value* found = self_of(a).find(rt, a[1]);
  return found ? *found : a[2];
}

Value dict_setdefault(Runtime& rt, Value* a) {
  Dict& dict = self_of(a);
  if (const Value* found = dict.find(rt, a[1])) return *found;
  dict.set(rt, a[1], a[2]);
  return a[2];
}

Value dict_update(Runtime& rt, Value* a) {
  Dict& dict = self_of(a);
  const Tuple& others = *a[1].as<Tuple>();
  if (others.size() > 1) {
    fail_type({"update expected at most 1 argument, got ", std::to_string(others.size())});
  }
  if (others.size() == 1) update_dict(rt, dict, others[0]);
  update_dict(rt, dict, a[2]);
  return Value::none();
}

Value dict_pop(Runtime& rt, Value* a) {
  Value out;
  if (self_of(a).erase(rt, a[1], &out)) return out;
  if (a[2].is_unbound()) rt.raise_value(rt.types.key_error, a[1]);
  return a[2];
}

Value dict_popitem(Runtime& rt, Value* a) {
  Dict& dict = self_of(a);
  int64_t at = dict.entry_count();
  const Dict::Entry* last = dict.previous(at);
  if (!last) {
    rt.raise_value(rt.types.key_error, rt.make_str("popitem(): dictionary is empty"));
  }
  const Value pair = rt.make_tuple({last->key, last->value});
  dict.erase(rt, (*pair.as<Tuple>())[0]);
  return pair;
}

Value dict_clear(Runtime&, Value* a) {
  self_of(a).clear();
  return Value::none();
}

Value dict_copy(Runtime& rt, Value* a) {
  Ref<Dict> out = rt.make_dict();
  update_dict(rt, *out, a[0]);
  return out;
}

Value dict_fromkeys(Runtime& rt, Value* a) {
  const Value out = rt.call(a[0]);
  Dict* dict = out.to<Dict>();
  rt.for_each(a[1], [&](Value& key) {
    if (dict && dict->type() == rt.types.dict) {
      dict->set(rt, key, a[2]);
    } else {
      rt.set_item(out, key, a[2]);
    }
    return true;
  });
  return out;
}

Value dict_reversed(Runtime& rt, Value* a) {
  return iterate_dict(rt, &self_of(a), DictPart::keys, true);
}

constexpr Method kMethods[] = {
    {"keys", "self, /", dict_keys, "D.keys() -> a set-like object providing a view on D's keys"},
    {"values", "self, /", dict_values, "D.values() -> an object providing a view on D's values"},
    {"items", "self, /", dict_items,
     "D.items() -> a set-like object providing a view on D's items"},
    {"get", "self, key, default=None, /", dict_get,
     "Return the value for key if key is in the dictionary, else default."},
    {"setdefault", "self, key, default=None, /", dict_setdefault,
     "Insert key with a value of default if key is not in the dictionary."},
    {"update", "self, /, *args, **kwargs", dict_update,
     "Update D from a mapping or an iterable of pairs, and from keywords."},
    {"pop", "self, key, default=?, /", dict_pop,
     "Remove specified key and return the corresponding value."},
    {"popitem", "self, /", dict_popitem, "Remove and return a (key, value) pair as a 2-tuple."},
    {"clear", "self, /", dict_clear, "Remove all items from D."},
    {"copy", "self, /", dict_copy, "A shallow copy of D."},
    {"fromkeys", "cls, iterable, value=None, /", dict_fromkeys,
     "Create a new dictionary with keys from iterable and values set to value.", MethodKind::Class},
    {"__reversed__", "self, /", dict_reversed},
    {"__class_getitem__", "cls, item, /", make_generic_alias, "", MethodKind::Class},
};

}  // namespace

std::span<const Method> dict_methods() { return kMethods; }

}  // namespace gradpad::lang
