// Attributes by instruction: looked up once, then found again by the shape of the object.
#include "lang/runtime/attribute_access.h"
#include "lang/runtime/runtime.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

namespace {

/// Whether instances are read by the plain rules, which is what sites can remember.
bool is_plain(Runtime& rt, const Type* type) {
  return type->slots.get_attr == rt.types.object->slots.get_attr;
}

bool is_data_descriptor(Runtime& rt, const Value& v) {
  if (!v.is_object()) return false;
  return v.is<Property>() || rt.type_of(v)->slots.descr_set != nullptr;
}

}  // namespace

void Interpreter::load_attribute(const Instruction& i) {
  const Value& object = operand(i.b);
  AttributeSite& site = frame_->code->sites[i.c];
  Value result;
  if (Instance* instance = object.to<Instance>();
      instance && is_plain(rt_, instance->type()) && !instance->attrs.has_dict()) {
    Type* type = instance->type();
    Shape* shape = instance->attrs.shape();
    const int32_t slot = shape ? shape->find(site.name.get()) : -1;
    if (slot >= 0) {
      const Value* above = type->lookup(site.name.get());
      if (!above || !is_data_descriptor(rt_, *above)) {
        site.kind = AttributeSite::Kind::Slot;
        site.shape = shape->id();
        site.version = type->version();
        site.slot = static_cast<uint32_t>(slot);
        result = instance->attrs.slot(site.slot);
      }
    }
  } else if (Module* module = object.to<Module>()) {
    if (const Value* v = module->find(site.name.get())) result = *v;
  }
  if (result.is_unbound()) result = rt_.get_attr(object, site.name.get());
  Value* R = frame_->registers;
  if (i.x & kKillB) R[i.b].clear();
  R[i.a] = std::move(result);
}

void Interpreter::store_attribute(const Instruction& i) {
  const Value object = operand(i.a);
  Value value = operand(i.b);
  AttributeSite& site = frame_->code->sites[i.c];
  Value* R = frame_->registers;
  if (i.x & kKillA) R[i.a].clear();
  if (i.x & kKillB) R[i.b].clear();
  Instance* instance = object.to<Instance>();
  Type* type = instance ? instance->type() : nullptr;
  Str* name = site.name.get();
  // Assigning __class__ or __dict__ goes through descriptors of object.
  if (!instance || type->slots.set_attr != rt_.types.object->slots.set_attr || type->restricted ||
      instance->attrs.has_dict()) {
    rt_.set_attr(object, name, value);
    return;
  }
  if (const Value* above = type->lookup(name); above && is_data_descriptor(rt_, *above)) {
    rt_.set_attr(object, name, value);
    return;
  }
  Shape* before = instance->attrs.shape();
  instance->attrs.set(rt_, type, name, std::move(value));
  Shape* after = instance->attrs.shape();
  if (!after) return;  // became a dict
  site.shape = before ? before->id() : 0;
  site.version = type->version();
  if (before == after) {
    site.kind = AttributeSite::Kind::Slot;
    site.slot = static_cast<uint32_t>(after->find(name));
  } else {
    site.kind = AttributeSite::Kind::Add;
    site.next = after;
  }
}

void Interpreter::load_method(const Instruction& i) {
  const Value object = operand(i.b);
  AttributeSite& site = frame_->code->sites[i.c];
  Str* name = site.name.get();
  Value* R = frame_->registers;
  Type* type = rt_.type_of(object);
  const auto put = [&](Value function, Value self) {
    // b may be the temporary that becomes a.
    if ((i.x & kKillB) && i.b != i.a && i.b != i.a + 1) R[i.b].clear();
    R[i.a] = std::move(function);
    R[i.a + 1] = std::move(self);
  };
  if (is_plain(rt_, type)) {
    const Value* found = type->lookup(name);
    const bool method = found && found->is_object() &&
                        (found->is<Function>() ||
                         (found->is<NativeFunction>() && found->as<NativeFunction>()->owner));
    if (method) {
      Attributes* attributes = object.is_object() ? object.as_object()->attributes() : nullptr;
      if (!attributes || !attributes->find(rt_, name)) {
        if (Instance* instance = object.to<Instance>(); instance && !instance->attrs.has_dict()) {
          Shape* shape = instance->attrs.shape();
          site.kind = AttributeSite::Kind::Method;
          site.shape = shape ? shape->id() : 0;
          site.version = type->version();
          site.value = const_cast<Value*>(found);
        }
        put(*found, object);
        return;
      }
    }
  }
  put(rt_.get_attr(object, name), Value());
}

}  // namespace gradpad::lang
