// Named tuples of C++: each field is a property that reads its place.
#include "lang/builtins/modules/struct_sequence.h"

#include <algorithm>

#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

Value read_field(Runtime&, const NativeFunction& self, const Arguments& arguments) {
  const auto index = static_cast<int64_t>(reinterpret_cast<uintptr_t>(self.data));
  const Tuple* tuple = arguments.positional == 1 ? arguments.values[0].to<Tuple>() : nullptr;
  if (!tuple) fail_type({"descriptor '", self.name, "' for 'tuple' objects needs a tuple"});
  if (index >= tuple->size()) fail_with(ErrorKind::Index, {"tuple index out of range"});
  return (*tuple)[index];
}

Value refuse_field(Runtime& rt, const NativeFunction&, const Arguments&) {
  rt.raise(rt.types.attribute_error, "can't set attribute");
}

Value struct_repr(Runtime& rt, const Value& self) {
  const Tuple& items = *self.as<Tuple>();
  const Type* type = rt.type_of(self);
  std::string text = text_of({type->module, type->module.empty() ? "" : ".", type->name(), "("});
  int64_t i = 0;
  for (const auto& item : type->own().items()) {
    if (!item.value.is<Property>() || i == items.size()) continue;
    if (i > 0) text += ", ";
    text += text_of({item.name->view(), "=", rt.repr(items[i++])->view()});
  }
  return rt.make_str(text + ")");
}

}  // namespace

Type* make_struct_sequence(Runtime& rt, const char* module, const char* name,
                           std::initializer_list<const char*> fields) {
  TypeSpec spec;
  spec.slots.repr = struct_repr;
  spec.slots.hash = rt.types.tuple->slots.hash;
  Type* type = rt.make_type(name, rt.types.tuple, spec, module).get();
  int64_t index = 0;
  for (const char* field : fields) {
    const Ref<Str> field_name = rt.intern(field);
    type->set_own(rt, field_name.get(), make_tuple_field(rt, field_name, index++));
  }
  return type;
}

Ref<Property> make_tuple_field(Runtime& rt, const Ref<Str>& name, int64_t index) {
  Ref<NativeFunction> get = rt.make<NativeFunction>();
  get->name = name->text();
  get->raw = read_field;
  get->data = reinterpret_cast<const void*>(static_cast<uintptr_t>(index));
  Ref<Property> property = rt.make<Property>();
  property->name = name;
  property->get = get;
  Ref<NativeFunction> refuse = rt.make<NativeFunction>();
  refuse->name = name->text();
  refuse->raw = refuse_field;
  property->set = refuse;
  property->del = refuse;
  return property;
}

Value make_struct(Runtime& rt, Type* type, std::initializer_list<Value> items) {
  Ref<Tuple> out = rt.make_of<Tuple>(type, static_cast<int64_t>(items.size()));
  std::copy(items.begin(), items.end(), out->begin());
  return out;
}

}  // namespace gradpad::lang
