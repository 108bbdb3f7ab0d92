// What instructions do where the operands are not the simple ones: operators, variables, items.
#include "lang/runtime/attribute_access.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

namespace {

// An operation on tensors is worth many jumps when it comes to looking at the clock.
constexpr int32_t kTicksOfTensor = 40;

/// The operator of an instruction, and whether it is in place.
BinaryOp binary_of(Op op, bool& inplace) {
  inplace = op >= Op::InplaceAdd;
  const Op first = inplace ? Op::InplaceAdd : Op::Add;
  return static_cast<BinaryOp>(static_cast<int>(op) - static_cast<int>(first));
}

}  // namespace

/// Where the variable that the current instruction reads stands in the text.
Span Interpreter::name_span(uint16_t index) const noexcept {
  const Code& code = *frame_->code;
  const auto at = static_cast<uint32_t>(frame_->pc - code.instructions.data());
  for (const Code::NameSpan& name : code.name_spans) {
    if (name.instruction == at && name.reg == index) return name.span;
  }
  return {};
}

void Interpreter::raise_name(Str* name, Span where) {
  const Ref<Exception> error =
      rt_.make_exception(rt_.types.name_error, concat("name '", name->view(), "' is not defined"));
  error->attrs.set(rt_, error->type(), rt_.names.name_attr.get(), Value(name));
  error->name_span = where;
  rt_.raise(error);
}

void Interpreter::raise_unbound(uint16_t index) {
  const Code& code = *frame_->code;
  if (code.is_module) {
    const Ref<Str>& name = frame_->module->slot_name(index);
    if (name) raise_name(name.get(), name_span(index));
    rt_.raise(rt_.types.system_error, "a value was read before it was made");
  }
  const std::string_view name = index < code.local_names.size() && code.local_names[index]
                                    ? code.local_names[index]->view()
                                    : "?";
  const Ref<Exception> error = rt_.make_exception(
      rt_.types.unbound_local_error,
      concat("cannot access local variable '", name, "' where it is not associated with a value"));
  error->name_span = name_span(index);
  rt_.raise(error);
}

/// The value of a register that an instruction reads. An unbound global may be a builtin.
const Value& Interpreter::operand(uint16_t index) {
  const Value& v = frame_->registers[index];
  if (v.is_bound()) return v;
  if (frame_->code->is_module) {
    if (const Ref<Str>& name = frame_->module->slot_name(index)) {
      if (const Value* builtin = rt_.builtins().find(name.get())) return *builtin;
    }
  }
  raise_unbound(index);
}

void Interpreter::load_global(const Instruction& i) {
  Module& module = *frame_->module;
  Str* name = module.slot_name(i.b).get();
  if (i.c > 0) {
    const Value& builtin = rt_.builtins().slots()[i.c - 1];
    if (builtin.is_bound()) {
      frame_->registers[i.a] = builtin;
      return;
    }
  }
  const Value* found = rt_.builtins().find(name);
  if (!found) {
    const Value* fallback = module.find(name);
    if (!fallback) raise_name(name);
    found = fallback;
  }
  frame_->registers[i.a] = *found;
}

void Interpreter::slow_binary(const Instruction& i) {
  const Value& x = operand(i.b);
  const Value& y = operand(i.c);
  bool in_place = false;
  const BinaryOp op = binary_of(i.op, in_place);
  Value result;
  if (x.is_tensor() || y.is_tensor()) {
    ticks_ -= kTicksOfTensor;
    const Slots& slots = rt_.types.tensor->slots;
    // Straight to the tensors; the general way only where they decline.
    result = in_place && x.is_tensor() && slots.inplace ? slots.inplace(rt_, op, x, y)
                                                        : slots.binary(rt_, op, x, y);
    if (result.same(rt_.not_implemented())) {
      result = in_place ? rt_.inplace(op, x, y) : rt_.binary(op, x, y);
    }
  } else {
    result = in_place ? rt_.inplace(op, x, y) : rt_.binary(op, x, y);
  }
  Value* R = frame_->registers;
  if (i.x & kKillB) R[i.b].clear();
  if (i.x & kKillC) R[i.c].clear();
  R[i.a] = std::move(result);
}

void Interpreter::slow_immediate(const Instruction& i) {
  const Value& x = operand(i.b);
  const Value y(static_cast<int64_t>(i.imm_c()));
  const bool in_place = i.op >= Op::InplaceAddI;
  const int which =
      static_cast<int>(i.op) - static_cast<int>(in_place ? Op::InplaceAddI : Op::AddI);
  constexpr BinaryOp kOps[] = {BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul};
  const BinaryOp op = kOps[which];
  if (x.is_tensor()) ticks_ -= kTicksOfTensor;
  Value result = in_place ? rt_.inplace(op, x, y) : rt_.binary(op, x, y);
  Value* R = frame_->registers;
  if (i.x & kKillB) R[i.b].clear();
  R[i.a] = std::move(result);
}

void Interpreter::slow_unary(const Instruction& i) {
  const Value& v = operand(i.b);
  Value result;
  switch (i.op) {
    case Op::Not:
      result = Value(!rt_.truth(v));
      break;
    case Op::Neg:
      result = rt_.unary(UnaryOp::Neg, v);
      break;
    case Op::Pos:
      result = rt_.unary(UnaryOp::Pos, v);
      break;
    default:
      result = rt_.unary(UnaryOp::Invert, v);
      break;
  }
  Value* R = frame_->registers;
  if (i.x & kKillB) R[i.b].clear();
  R[i.a] = std::move(result);
}

void Interpreter::slow_compare(const Instruction& i) {
  const Value& x = operand(i.b);
  const Value& y = operand(i.c);
  Value result;
  switch (i.op) {
    case Op::Is:
      result = Value(x.same(y));
      break;
    case Op::IsNot:
      result = Value(!x.same(y));
      break;
    case Op::In:
    case Op::NotIn:
      result = Value(rt_.contains(y, x) == (i.op == Op::In));
      break;
    default:
      result = rt_.compare(
          static_cast<CompareOp>(static_cast<int>(i.op) - static_cast<int>(Op::Lt)), x, y);
      break;
  }
  Value* R = frame_->registers;
  if (i.x & kKillB) R[i.b].clear();
  if (i.x & kKillC) R[i.c].clear();
  R[i.a] = std::move(result);
}

bool Interpreter::slow_compare_jump(const Instruction& i) {
  constexpr int kCount = 6;
  int which = static_cast<int>(i.op) - static_cast<int>(Op::JumpIfLt);
  const bool immediate = which >= 2 * kCount;
  which %= kCount;
  const Value& x = operand(i.a);
  const Value y = immediate ? Value(static_cast<int64_t>(i.imm_b())) : operand(i.b);
  const bool truth = rt_.truth(rt_.compare(static_cast<CompareOp>(which), x, y));
  Value* R = frame_->registers;
  if (i.x & kKillA) R[i.a].clear();
  if (!immediate && (i.x & kKillB)) R[i.b].clear();
  return truth;
}

bool Interpreter::slow_truth(const Instruction& i) {
  const bool truth = rt_.truth(operand(i.a));
  if (i.x & kKillA) frame_->registers[i.a].clear();
  return truth;
}

void Interpreter::get_iterator(const Instruction& i) {
  const Value& v = operand(i.b);
  Value* R = frame_->registers;
  if (v.is_object()) {
    if (const Range* range = v.to<Range>()) {
      const int64_t start = range->start;
      const int64_t count = range->count;
      const int64_t step = range->step;
      if (i.x & kKillB) R[i.b].clear();
      R[i.a].set_int(start);
      R[i.a + 1].set_int(count);
      R[i.a + 2].set_int(step);
      return;
    }
    const Type* type = v.as_object()->type();
    if (type == rt_.types.list || type == rt_.types.tuple) {
      Value held = v;
      if (i.x & kKillB) R[i.b].clear();
      R[i.a] = std::move(held);
      R[i.a + 1].set_int(0);
      return;
    }
  }
  Value iterator = rt_.iterate(v);
  // A list or tuple in this place would be walked by index.
  if (iterator.is<List>() || iterator.is<Tuple>() || !iterator.is_object()) {
    fail(ErrorKind::Type, "iter() returned non-iterator of type '", rt_.type_name(iterator), "'");
  }
  if (i.x & kKillB) R[i.b].clear();
  R[i.a] = std::move(iterator);
}

void Interpreter::get_item(const Instruction& i) {
  const Value& object = operand(i.b);
  const Value& key = operand(i.c);
  Value result;
  if (object.is_object() && object.as_object()->type() == rt_.types.tuple && key.is_int()) {
    const Tuple& tuple = *object.as<Tuple>();
    const int64_t at = key.as_int() < 0 ? key.as_int() + tuple.size() : key.as_int();
    if (at >= 0 && at < tuple.size()) result = tuple[at];
  }
  if (object.is_tensor()) ticks_ -= kTicksOfTensor;
  if (result.is_unbound()) result = rt_.get_item(object, key);
  Value* R = frame_->registers;
  if (i.x & kKillB) R[i.b].clear();
  if (i.x & kKillC) R[i.c].clear();
  R[i.a] = std::move(result);
}

void Interpreter::set_item(const Instruction& i) {
  rt_.set_item(operand(i.a), operand(i.b), operand(i.c));
  Value* R = frame_->registers;
  if (i.x & kKillA) R[i.a].clear();
  if (i.x & kKillB) R[i.b].clear();
  if (i.x & kKillC) R[i.c].clear();
}

/// Variables that are not plain registers.
void Interpreter::names(const Instruction& i) {
  Value* R = frame_->registers;
  Module& module = *frame_->module;
  switch (i.op) {
    case Op::StoreGlobal: {
      Value v = operand(i.b);
      if (i.x & kKillB) R[i.b].clear();
      if (i.a < module.assigned.size()) {
        const Code& code = *frame_->code;
        module.assigned[i.a] = code.spans[static_cast<size_t>(&i - code.instructions.data())];
      }
      module.slots()[i.a] = std::move(v);
      return;
    }
    case Op::DeleteGlobal:
      if (module.slots()[i.a].is_unbound()) raise_name(module.slot_name(i.a).get());
      module.slots()[i.a].clear();
      return;
    case Op::DeleteLocal:
      if (R[i.a].is_unbound()) raise_unbound(i.a);
      R[i.a].clear();
      return;
    case Op::MakeCell: {
      Ref<Cell> cell = rt_.make<Cell>();
      cell->value = std::move(R[i.a]);
      R[i.a] = std::move(cell);
      return;
    }
    case Op::DeleteCell: {
      Value& v = R[i.a].as<Cell>()->value;
      if (v.is_unbound()) raise_unbound(i.a);
      v.clear();
      return;
    }
    case Op::StoreFree: {
      Value v = operand(i.b);
      if (i.x & kKillB) R[i.b].clear();
      frame_->function->closure[i.a]->value = std::move(v);
      return;
    }
    case Op::LoadFree:
    case Op::DeleteFree: {
      const uint16_t place = i.op == Op::LoadFree ? i.b : i.a;
      Value& v = frame_->function->closure[place]->value;
      if (v.is_unbound()) {
        const Ref<Str>& name = frame_->code->free_names[place];
        const Ref<Exception> error = rt_.make_exception(
            rt_.types.name_error,
            concat("cannot access free variable '", name->view(),
                   "' where it is not associated with a value in enclosing scope"));
        rt_.raise(error);
      }
      if (i.op == Op::DeleteFree) v.clear();
      return;
    }
    case Op::LoadName: {
      const Value& name = frame_->code->constants[i.b];
      if (const Value* v = R[0].as<Dict>()->find(rt_, name)) {
        R[i.a] = *v;
        return;
      }
      Str* key = name.as<Str>();
      const Value* v = module.find(key);
      if (!v) v = rt_.builtins().find(key);
      if (!v) raise_name(key);
      R[i.a] = *v;
      return;
    }
    case Op::StoreName: {
      Value v = operand(i.b);
      if (i.x & kKillB) R[i.b].clear();
      R[0].as<Dict>()->set(rt_, frame_->code->constants[i.a], std::move(v));
      return;
    }
    default: {
      const Value& name = frame_->code->constants[i.a];
      if (!R[0].as<Dict>()->erase(rt_, name)) raise_name(name.as<Str>());
      return;
    }
  }
}

}  // namespace gradpad::lang
