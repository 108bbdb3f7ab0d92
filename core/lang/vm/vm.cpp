// The loop over instructions: what is fast stands here, everything else is called.
#include "lang/runtime/runtime.h"
#include "lang/vm/interpreter.h"
#include "lang/vm/vm_dispatch.h"

namespace gradpad::lang {

Value Interpreter::run() {
  Frame* frame = frame_;
  const Instruction* pc = frame->pc;
  Value* R = frame->registers;
  const Value* K = frame->code->constants.data();

dispatch:
  switch (pc->op) {
    CASE(Move) : {
      Value& from = R[pc->b];
      if (from.is_unbound()) {
        SAVE();
        R[pc->a] = operand(pc->b);
      } else if (pc->x & kKillB) {
        R[pc->a] = std::move(from);
      } else {
        R[pc->a] = from;
      }
      NEXT();
    }
    CASE(LoadConst) : {
      R[pc->a] = K[pc->bc()];
      NEXT();
    }
    CASE(Clear) : {
      R[pc->a].clear();
      NEXT();
    }
    CASE(LoadGlobal) : {
      const Value& v = frame->module->slots()[pc->b];
      if (v.is_bound()) {
        R[pc->a] = v;
      } else {
        SAVE();
        load_global(*pc);
      }
      NEXT();
    }
    CASE(LoadCell) : {
      const Value& v = R[pc->b].as<Cell>()->value;
      if (v.is_unbound()) {
        SAVE();
        raise_unbound(pc->b);
      }
      R[pc->a] = v;
      NEXT();
    }
    CASE(StoreCell) : {
      SAVE();
      Value v = operand(pc->b);
      KILL(kKillB, pc->b);
      R[pc->a].as<Cell>()->value = std::move(v);
      NEXT();
    }
    CASE(LoadFree) : {
      const Value& v = frame->function->closure[pc->b]->value;
      if (v.is_unbound()) {
        SAVE();
        names(*pc);
      }
      R[pc->a] = v;
      NEXT();
    }
    CASE(NoteAssign) : {
      frame->module->assigned[pc->a] =
          frame->code->spans[static_cast<size_t>(pc - frame->code->instructions.data())];
      NEXT();
    }

#include "lang/vm/vm_numbers.inc"

    CASE(GetIter) : {
      SAVE();
      get_iterator(*pc);
      NEXT();
    }
    CASE(ForIter) : {
      // What GetIter left in a: an int is the next value of a range (a+1: how many are left, a+2:
      // the step); a list or tuple is walked by the index in a+1; anything else is an iterator.
      Value* it = &R[pc->a];
      if (it->is_int()) {
        const int64_t left = it[1].as_int();
        if (left > 0) {
          const int64_t v = it->as_int();
          R[pc->b].set_int(v);
          it[1].set_int(left - 1);
          // The value behind the last may lie beyond 64 bits; it is never looked at.
          it->set_int(static_cast<int64_t>(static_cast<uint64_t>(v) +
                                           static_cast<uint64_t>(it[2].as_int())));
          JUMP(pc->imm_c());
        }
        it->clear();
        NEXT();
      }
      switch (it->as_object()->kind()) {
        case Kind::List: {
          const Values& items = it->as<List>()->items;
          const auto index = static_cast<size_t>(it[1].as_int());
          if (index < items.size()) {
            it[1].set_int(static_cast<int64_t>(index + 1));
            R[pc->b] = items[index];
            JUMP(pc->imm_c());
          }
          break;
        }
        case Kind::Tuple: {
          const Tuple& items = *it->as<Tuple>();
          const int64_t index = it[1].as_int();
          if (index < items.size()) {
            it[1].set_int(index + 1);
            R[pc->b] = items[index];
            JUMP(pc->imm_c());
          }
          break;
        }
        case Kind::Iterator: {
          SAVE();
          Value item;
          if (it->as<Iterator>()->next(rt_, item)) {
            R[pc->b] = std::move(item);
            JUMP(pc->imm_c());
          }
          break;
        }
        case Kind::Generator: {
          Generator& generator = *it->as<Generator>();
          SAVE();
          if (generator.state != Generator::State::Done) {
            enter_generator(generator, Frame::Kind::ForIter, Value::none());
            LOAD_FRAME();
            pc = frame->pc;
            DISPATCH();
          }
          break;
        }
        default: {
          SAVE();
          Value item;
          if (rt_.next(*it, item)) {
            R[pc->b] = std::move(item);
            JUMP(pc->imm_c());
          }
          break;
        }
      }
      R[pc->a].clear();
      NEXT();
    }

    CASE(LoadAttr) : {
      const Value& object = R[pc->b];
      if (object.is_object() && object.as_object()->kind() == Kind::Instance) {
        Instance* instance = object.as<Instance>();
        const AttributeSite& site = frame->code->sites[pc->c];
        Shape* shape = instance->attrs.shape();
        if (site.kind == AttributeSite::Kind::Slot && shape && shape->id() == site.shape &&
            instance->type()->version() == site.version) {
          Value v = instance->attrs.slot(site.slot);
          KILL(kKillB, pc->b);
          R[pc->a] = std::move(v);
          NEXT();
        }
      }
      SAVE();
      load_attribute(*pc);
      NEXT();
    }
    CASE(StoreAttr) : {
      Value& object = R[pc->a];
      if (object.is_object() && object.as_object()->kind() == Kind::Instance &&
          R[pc->b].is_bound()) {
        Instance* instance = object.as<Instance>();
        const AttributeSite& site = frame->code->sites[pc->c];
        Shape* shape = instance->attrs.shape();
        const uint32_t id = shape ? shape->id() : 0;
        if (site.kind != AttributeSite::Kind::None && id == site.shape &&
            instance->type()->version() == site.version && !instance->attrs.has_dict()) {
          Value v = pc->x & kKillB ? std::move(R[pc->b]) : R[pc->b];
          if (site.kind == AttributeSite::Kind::Slot) {
            instance->attrs.slot(site.slot).swap(v);
          } else {
            SAVE();
            instance->attrs.append(site.next, std::move(v));
          }
          KILL(kKillA, pc->a);
          NEXT();
        }
      }
      SAVE();
      store_attribute(*pc);
      NEXT();
    }
    CASE(LoadMethod) : {
      Value& object = R[pc->b];
      if (object.is_object() && object.as_object()->kind() == Kind::Instance) {
        Instance* instance = object.as<Instance>();
        const AttributeSite& site = frame->code->sites[pc->c];
        Shape* shape = instance->attrs.shape();
        if (site.kind == AttributeSite::Kind::Method && (shape ? shape->id() : 0) == site.shape &&
            !instance->attrs.has_dict() && instance->type()->version() == site.version) {
          Value self = pc->x & kKillB ? std::move(object) : object;
          R[pc->a] = *site.value;
          R[pc->a + 1] = std::move(self);
          NEXT();
        }
      }
      SAVE();
      load_method(*pc);
      NEXT();
    }
    CASE(GetItem) : {
      const Value& object = R[pc->b];
      const Value& index = R[pc->c];
      if (index.is_int() && object.is_object() && object.as_object()->kind() == Kind::List &&
          object.as_object()->type() == rt_.types.list) {
        const Values& items = object.as<List>()->items;
        const auto size = static_cast<int64_t>(items.size());
        const int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
        if (at >= 0 && at < size) {
          Value v = items[static_cast<size_t>(at)];
          KILL(kKillB, pc->b);
          R[pc->a] = std::move(v);
          NEXT();
        }
      }
      SAVE();
      get_item(*pc);
      NEXT();
    }
    CASE(SetItem) : {
      const Value& object = R[pc->a];
      const Value& index = R[pc->b];
      if (index.is_int() && object.is_object() && object.as_object()->kind() == Kind::List &&
          object.as_object()->type() == rt_.types.list && R[pc->c].is_bound()) {
        Values& items = object.as<List>()->items;
        const auto size = static_cast<int64_t>(items.size());
        const int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
        if (at >= 0 && at < size) {
          Value v = pc->x & kKillC ? std::move(R[pc->c]) : R[pc->c];
          items[static_cast<size_t>(at)].swap(v);
          KILL(kKillA, pc->a);
          NEXT();
        }
      }
      SAVE();
      set_item(*pc);
      NEXT();
    }

    CASE(Call) : {
      SAVE();
      Value* callee = &R[pc->a];
      if (callee->is_object() && callee->as_object()->kind() == Kind::Function) {
        if (call_function(*pc, *callee->as<Function>(), callee + 1, pc->x, 0, nullptr)) {
          LOAD_FRAME();
          pc = frame->pc;
          DISPATCH();
        }
        NEXT();
      }
      if (call_object(*pc, callee, callee + 1, pc->x, 0, nullptr)) {
        LOAD_FRAME();
        pc = frame->pc;
        DISPATCH();
      }
      NEXT();
    }
    CASE(CallMethod) : {
      SAVE();
      Value* callee = &R[pc->a];
      const bool bound = callee[1].is_bound();
      Value* values = callee + (bound ? 1 : 2);
      const uint32_t count = pc->x + (bound ? 1u : 0u);
      bool pushed;
      if (callee->is_object() && callee->as_object()->kind() == Kind::Function) {
        pushed = call_function(*pc, *callee->as<Function>(), values, count, 0, nullptr);
      } else {
        pushed = call_object(*pc, callee, values, count, 0, nullptr);
      }
      if (pushed) {
        LOAD_FRAME();
        pc = frame->pc;
        DISPATCH();
      }
      NEXT();
    }
    CASE(CallKeywords) : CASE(CallMethodKeywords) : {
      SAVE();
      if (call_keywords(*pc)) {
        LOAD_FRAME();
        pc = frame->pc;
        DISPATCH();
      }
      NEXT();
    }
    CASE(CallSpread) : {
      SAVE();
      if (call_spread(*pc)) {
        LOAD_FRAME();
        pc = frame->pc;
        DISPATCH();
      }
      NEXT();
    }
    CASE(ReturnNone) : CASE(Return) : {
      Value result = Value::none();
      if (pc->op == Op::Return) {
        if (R[pc->a].is_unbound()) {
          SAVE();
          result = operand(pc->a);
        } else {
          // The registers of a function end here anyway.
          result = frame->code->is_module ? R[pc->a] : std::move(R[pc->a]);
        }
      }
      if (frame->kind == Frame::Kind::Call) {
        const uint16_t to = frame->result;
        pop_frame();
        LOAD_FRAME();
        pc = frame->pc;
        if (to != kNone) R[to] = std::move(result);
        NEXT();
      }
      if (Generator* generator = frame->generator) {
        const Frame::Kind kind = frame->kind;
        const Ref<Generator> held(generator);
        leave_generator(*generator);
        end_generator(*generator);
        if (kind == Frame::Kind::Entry) {
          yielded_ = false;
          return result;
        }
        LOAD_FRAME();
        pc = frame->pc;
        if (kind == Frame::Kind::ForIter) {
          R[pc->a].clear();
        } else {
          R[pc->b].clear();
          if (pc->a != kNone) R[pc->a] = std::move(result);
        }
        NEXT();
      }
      if (frame->kind == Frame::Kind::Init) {
        if (!result.is_none()) {
          SAVE();
          fail(ErrorKind::Type, "__init__() should return None, not '", rt_.type_name(result), "'");
        }
        const uint16_t to = frame->result;
        pop_frame();
        LOAD_FRAME();
        pc = frame->pc;
        // The call left the new object in the place of the class.
        Value object = std::move(R[pc->a]);
        if (to != kNone) R[to] = std::move(object);
        NEXT();
      }
      pop_frame();
      return result;
    }
    CASE(Yield) : {
      SAVE();
      Value value = operand(pc->b);
      KILL(kKillB, pc->b);
      if (send_out(value)) return value;
      LOAD_FRAME();
      pc = frame->pc;
      JUMP(pc->imm_c());
    }
    CASE(YieldFrom) : {
      SAVE();
      Value& iterator = R[pc->b];
      if (Generator* inner = iterator.to<Generator>()) {
        if (inner->state == Generator::State::Done) {
          iterator.clear();
          R[pc->a] = Value::none();
          NEXT();
        }
        enter_generator(*inner, Frame::Kind::YieldFrom, Value::none());
        LOAD_FRAME();
        pc = frame->pc;
        DISPATCH();
      }
      Value item;
      if (!rt_.next(iterator, item)) {
        R[pc->b].clear();
        R[pc->a] = Value::none();
        NEXT();
      }
      if (send_out(item)) return item;
      LOAD_FRAME();
      pc = frame->pc;
      JUMP(pc->imm_c());
    }

    CASE(Raise) : CASE(Reraise) : {
      SAVE();
      if (!raise_instruction(*pc)) return {};
      LOAD_FRAME();
      pc = frame->pc;
      DISPATCH();
    }
    CASE(PushHandled) : {
      R[pc->b] = handled_ ? Value(handled_) : Value::none();
      handled_ = Ref<Exception>(R[pc->a].as<Exception>());
      NEXT();
    }
    CASE(PopHandled) : {
      handled_ = Ref<Exception>(R[pc->a].to<Exception>());
      R[pc->a].clear();
      NEXT();
    }

    CASE(StoreGlobal) : CASE(MakeCell) : CASE(StoreFree) : CASE(LoadName) : CASE(StoreName) : {
      SAVE();
      names(*pc);
      NEXT();
    }
    CASE(DeleteGlobal)
        : CASE(DeleteLocal) : CASE(DeleteCell) : CASE(DeleteFree) : CASE(DeleteName) : {
      SAVE();
      names(*pc);
      // `del x` runs the `__del__` of x before the next statement.
      if (ticks_ <= 0) safe_point();
      NEXT();
    }
    CASE(DeleteAttr) : CASE(DeleteItem) : {
      SAVE();
      other(*pc);
      if (ticks_ <= 0) safe_point();
      NEXT();
    }
    CASE(BuildSlice)
        : CASE(BuildList)
        : CASE(BuildTuple) : CASE(BuildSet) : CASE(BuildDict) : CASE(BuildString) : {
      SAVE();
      build(*pc);
      NEXT();
    }
    CASE(ListAppend)
        : CASE(SetAdd)
        : CASE(DictSet)
        : CASE(ListExtend)
        : CASE(SetUpdate) : CASE(DictUpdate) : CASE(DictMerge) : CASE(ListToTuple) : {
      SAVE();
      gather(*pc);
      NEXT();
    }
    CASE(Unpack) : {
      SAVE();
      unpack(*pc);
      NEXT();
    }
    CASE(UnpackEx) : {
      SAVE();
      unpack_star(*pc);
      NEXT();
    }
    CASE(FormatValue) : {
      SAVE();
      format_value(*pc);
      NEXT();
    }
    CASE(MakeFunction) : {
      SAVE();
      make_function(*pc);
      NEXT();
    }
    CASE(MakeClass) : {
      SAVE();
      make_class(*pc);
      NEXT();
    }
    CASE(EnterWith) : CASE(ExitWith) : CASE(ExitWithError) : {
      SAVE();
      with_block(*pc);
      NEXT();
    }
    CASE(Import) : CASE(ImportFrom) : CASE(ImportStar) : {
      SAVE();
      import(*pc);
      NEXT();
    }
    CASE(Iter) : CASE(MatchException) : CASE(AssertFail) : CASE(PrintResult) : {
      SAVE();
      other(*pc);
      NEXT();
    }
  }
  __builtin_unreachable();
}

}  // namespace gradpad::lang
