// dict: its slots. The methods stand in dict_methods.cpp, the views in dict_views.cpp.
#include "lang/builtins/dict_type.h"

#include "lang/builtins/support.h"
#include "lang/builtins/types.h"

namespace gradpad::lang {

namespace {

Dict& self_of(const Value& self) { return *self.as<Dict>(); }

Value dict_repr(Runtime& rt, const Value& self) {
  Dict& dict = self_of(self);
  if (dict.size() == 0) return rt.make_str("{}");
  const Runtime::Printing printing(rt, self);
  if (printing.again()) return rt.make_str("{...}");
  std::string text = "{";
  Ticker tick(rt);
  int64_t at = 0;
  while (Dict::Entry* entry = dict.next(at)) {
    const Value key = entry->key;
    const Value value = entry->value;
    tick();
    if (text.size() > 1) text += ", ";
    text += rt.repr(key)->view();
    text += ": ";
    text += rt.repr(value)->view();
    check_room(static_cast<int64_t>(text.size()), 1);
  }
  return rt.make_str(text + "}");
}

bool dict_truth(Runtime&, const Value& self) { return self_of(self).size() > 0; }
int64_t dict_length(Runtime&, const Value& self) { return self_of(self).size(); }

bool dicts_equal(Runtime& rt, Dict& a, Dict& b) {
  if (a.size() != b.size()) return false;
  Ticker tick(rt);
  int64_t at = 0;
  while (Dict::Entry* entry = a.next(at)) {
    const Value value = entry->value;
    const Value* found = b.find(rt, Value(entry->key), entry->hash);
    if (!found) return false;
    const Value other = *found;
    tick();
    if (!rt.equal(value, other)) return false;
  }
  return true;
}

Value dict_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  Dict* b = other.to<Dict>();
  if (!b || (op != CompareOp::Eq && op != CompareOp::Ne)) return rt.not_implemented();
  return Value(dicts_equal(rt, self_of(self), *b) == (op == CompareOp::Eq));
}

Value dict_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (op != BinaryOp::Or || !a.is<Dict>() || !b.is<Dict>()) return rt.not_implemented();
  Ref<Dict> out = rt.make_dict();
  update_dict(rt, *out, a);
  update_dict(rt, *out, b);
  return out;
}

Value dict_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other) {
  if (op != BinaryOp::Or) return rt.not_implemented();
  update_dict(rt, self_of(self), other);
  return self;
}

Value dict_get_item(Runtime& rt, const Value& self, const Value& key) {
  Dict& dict = self_of(self);
  if (const Value* found = dict.find(rt, key)) return *found;
  if (dict.type() != rt.types.dict) {
    const Value missing = rt.find_special(self, rt.names.missing.get());
    if (missing.is_bound()) return rt.call(missing, {key});
  }
  rt.raise_value(rt.types.key_error, key);
}

void dict_set_item(Runtime& rt, const Value& self, const Value& key, const Value& value) {
  self_of(self).set(rt, key, value);
}

void dict_del_item(Runtime& rt, const Value& self, const Value& key) {
  Value old;
  if (!self_of(self).erase(rt, key, &old)) rt.raise_value(rt.types.key_error, key);
}

bool dict_contains(Runtime& rt, const Value& self, const Value& key) {
  return self_of(self).find(rt, key) != nullptr;
}

Value dict_iterate(Runtime& rt, const Value& self) {
  return iterate_dict(rt, self.as<Dict>(), DictPart::keys, false);
}

Value dict_make(Runtime& rt, Type* cls, const Arguments&) { return rt.make_of<Dict>(cls); }

void dict_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  Arguments positional = arguments;
  positional.named = 0;
  check_positional("dict", positional, 0, 1);
  Dict& dict = self_of(self);
  if (arguments.positional > 0) update_dict(rt, dict, arguments.values[0]);
  for (uint32_t i = 0; i < arguments.named; ++i) {
    dict.set(rt, Value(arguments.names[i]), arguments.values[arguments.positional + i]);
  }
}

/// Yields keys, values or pairs in order, and minds that the dict keeps its size meanwhile.
class DictIterator final : public Iterator {
 public:
  DictIterator(Dict* dict, DictPart part, bool reverse)
      : dict_(dict),
        part_(part),
        reverse_(reverse),
        size_(dict->size()),
        left_(size_),
        position_(reverse ? dict->entry_count() : 0) {}

  bool next(Runtime& rt, Value& out) override {
    if (!dict_) return false;
    if (dict_->size() != size_) {
      size_ = -1;  // for ever
      fail_with(ErrorKind::Runtime, {"dictionary changed size during iteration"});
    }
    const Dict::Entry* entry = reverse_ ? dict_->previous(position_) : dict_->next(position_);
    if (!entry) {
      dict_.reset();
      return false;
    }
    if (left_-- == 0) {
      fail_with(ErrorKind::Runtime, {"dictionary keys changed during iteration"});
    }
    switch (part_) {
      case DictPart::keys:
        out = entry->key;
        break;
      case DictPart::values:
        out = entry->value;
        break;
      case DictPart::items: {
        Ref<Tuple> pair = rt.make<Tuple>(2);
        (*pair)[0] = entry->key;
        (*pair)[1] = entry->value;
        out = std::move(pair);
        break;
      }
    }
    return true;
  }
  int64_t remaining(Runtime&) override { return dict_ && dict_->size() == size_ ? left_ : 0; }
  void visit(ReferenceVisitor& visitor) override { dict_.visit(visitor); }
  void clear_references() noexcept override { dict_.reset(); }

 private:
  Ref<Dict> dict_;
  DictPart part_;
  bool reverse_;
  int64_t size_;
  int64_t left_;
  int64_t position_;
};

}  // namespace

Value iterate_dict(Runtime& rt, Dict* dict, DictPart part, bool reverse) {
  static constexpr const char* kNames[2][3] = {
      {"dict_keyiterator", "dict_valueiterator", "dict_itemiterator"},
      {"dict_reversekeyiterator", "dict_reversevalueiterator", "dict_reverseitemiterator"}};
  return rt.make_iterator<DictIterator>(kNames[reverse][static_cast<size_t>(part)], dict, part,
                                        reverse);
}

void define_dict(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = dict_repr;
  spec.slots.truth = dict_truth;
  spec.slots.length = dict_length;
  spec.slots.compare = dict_compare;
  spec.slots.binary = dict_binary;
  spec.slots.inplace = dict_inplace;
  spec.slots.get_item = dict_get_item;
  spec.slots.set_item = dict_set_item;
  spec.slots.del_item = dict_del_item;
  spec.slots.contains = dict_contains;
  spec.slots.iterate = dict_iterate;
  spec.slots.make = dict_make;
  spec.slots.init = dict_init;
  spec.methods = dict_methods();
  spec.doc = "dict() -> new empty dictionary";
  rt.define(rt.types.dict, spec);
}

}  // namespace gradpad::lang
