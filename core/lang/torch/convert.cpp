// Conversions of values, and the tuples with names that some operations return.
#include "lang/torch/convert.h"

#include "lang/torch/basic_types.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

Variable to_operand(const Value& v) {
  if (v.is_tensor()) return to_variable(v);
  if (v.is_number()) return Variable(to_scalar(v));
  return {};
}

Variable require_tensor(Runtime& rt, const Value& v, const char* what) {
  if (!v.is_tensor()) fail(ErrorKind::Type, what, " must be Tensor, not ", full_type_name(rt, v));
  return to_variable(v);
}

Value from_shape(Runtime& rt, const Dims& shape) {
  Ref<Tuple> tuple = rt.make_of<Tuple>(torch_state(rt).size, shape.ssize());
  for (int64_t i = 0; i < shape.ssize(); ++i) (*tuple)[i].set_int(shape[i]);
  return tuple;
}

Value from_dtype(Runtime& rt, DType dtype) {
  return torch_state(rt).dtypes[static_cast<size_t>(dtype)];
}

std::optional<DType> to_dtype(Runtime& rt, const Value& v) {
  if (!v.is_object()) return std::nullopt;
  if (v.as_object()->type() == torch_state(rt).dtype) return v.as<DTypeObject>()->dtype;
  if (const Type* type = v.to<Type>()) {
    if (type == rt.types.real) return DType::Float64;
    if (type == rt.types.integer) return DType::Int64;
    if (type == rt.types.boolean) return DType::Bool;
  }
  return std::nullopt;
}

std::optional<int64_t> to_int(Runtime& rt, const Value& v) {
  if (v.is_integral()) return v.as_int();
  if (v.is_tensor()) {
    const Tensor& data = tensor_impl(v)->data;
    if (data.dim() == 0 && is_integral(data.dtype())) return data.item().to_int();
    return std::nullopt;
  }
  if (v.is_object() && v.as_object()->kind() == Kind::Instance &&
      rt.type_of(v)->lookup(rt.names.index.get())) {
    return rt.to_index(v);
  }
  return std::nullopt;
}

std::optional<std::span<const Value>> sequence_items(const Value& v) {
  if (const List* list = v.to<List>()) return std::span<const Value>(list->items);
  if (const Tuple* tuple = v.to<Tuple>()) {
    return std::span<const Value>(tuple->begin(), tuple->end());
  }
  return std::nullopt;
}

std::string full_type_name(Runtime& rt, const Value& v) {
  const Type* type = rt.type_of(v);
  if (type->is_user || type->module != "torch" || v.is_tensor()) return type->name();
  return "torch." + type->name();
}

namespace {

template <int64_t position>
Value get_field(Runtime&, const Value& self) {
  return (*self.as<Tuple>())[position];
}
constexpr decltype(&get_field<0>) kGetField[] = {get_field<0>, get_field<1>, get_field<2>,
                                                 get_field<3>};

Value repr_return(Runtime& rt, const Value& self) {
  const Type* type = rt.type_of(self);
  const Runtime::Printing printing(rt, self);
  std::string out = "torch.return_types." + type->name() + "(\n";
  const Tuple& tuple = *self.as<Tuple>();
  int64_t i = 0;
  for (const NameTable::Item& item : type->own().items()) {
    const Property* field = item.value.to<Property>();
    if (!field || !field->native || i >= tuple.size()) continue;
    out += (i == 0 ? "" : ",\n") + item.name->text() + "=" + rt.repr(tuple[i])->text();
    ++i;
  }
  return rt.make_str(out + ")");
}

}  // namespace

Type* return_type(Runtime& rt, std::string_view name, std::span<const Result> results) {
  TorchState& state = torch_state(rt);
  if (const auto known = state.return_types.find(name); known != state.return_types.end()) {
    return known->second;
  }
  auto getters = std::make_unique<std::vector<Getter>>();
  // Names of an Op point into its schema and end there with a letter; interned text is terminated.
  for (size_t i = 0; i < results.size() && i < std::size(kGetField); ++i) {
    getters->push_back({rt.intern(results[i].name)->c_str(), kGetField[i]});
  }
  const std::string owned(name);
  Type* type = rt.make_type(owned.c_str(), rt.types.tuple,
                            TypeSpec{.slots = {.repr = repr_return}, .getters = *getters},
                            "torch.return_types")
                   .get();
  state.getters.push_back(std::move(getters));
  state.return_types.emplace(owned, type);
  return type;
}

Value from_arg(Runtime& rt, const Op* op, Arg&& arg) {
  struct Visitor {
    Runtime& rt;
    const Op* op;
    Value operator()(None) const { return Value::none(); }
    Value operator()(Variable& v) const { return from_variable(v); }
    Value operator()(Scalar& s) const { return from_scalar(s); }
    Value operator()(Dims& d) const { return from_shape(rt, d); }
    Value operator()(DType& d) const { return from_dtype(rt, d); }
    Value operator()(std::string& s) const { return rt.make_str(std::move(s)); }
    Value operator()(Args& list) const {
      const bool named = op && list.size() == op->results.size() && list.size() > 1 &&
                         list.size() <= std::size(kGetField) && !op->results[0].name.empty();
      Type* type = named ? return_type(rt, op->name, op->results) : rt.types.tuple;
      Ref<Tuple> tuple = rt.make_of<Tuple>(type, static_cast<int64_t>(list.size()));
      for (size_t i = 0; i < list.size(); ++i) {
        (*tuple)[static_cast<int64_t>(i)] = from_arg(rt, nullptr, std::move(list[i]));
      }
      return tuple;
    }
  };
  return std::visit(Visitor{rt, op}, arg.value);
}

}  // namespace gradpad::lang
