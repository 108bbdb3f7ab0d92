// gc: the search for cycles, to be called, switched off and looked at.
#include <algorithm>

#include "lang/builtins/modules/modules.h"
#include "lang/builtins/support.h"
#include "lang/runtime/garbage.h"

namespace gradpad::lang {

namespace {

Value gc_collect(Runtime& rt, Value* a) {
  const int64_t generation = rt.to_index(a[0]);
  if (generation < 0 || generation > 2) fail_value({"invalid generation"});
  return Value(rt.garbage().collect());
}

Value gc_enable(Runtime& rt, Value*) {
  rt.garbage().enabled = true;
  return Value::none();
}
Value gc_disable(Runtime& rt, Value*) {
  rt.garbage().enabled = false;
  return Value::none();
}
Value gc_isenabled(Runtime& rt, Value*) { return Value(rt.garbage().enabled); }

Value gc_get_count(Runtime& rt, Value*) {
  return rt.make_tuple({Value(rt.garbage().grown()), Value(0), Value(0)});
}

Value gc_get_threshold(Runtime& rt, Value*) {
  const int64_t* t = rt.garbage().thresholds;
  return rt.make_tuple({Value(t[0]), Value(t[1]), Value(t[2])});
}

/// A first threshold of 0 switches the search off, as in CPython; beyond that the numbers are kept
/// and shown, and how often it pays to search is decided by what the program holds.
Value gc_set_threshold(Runtime& rt, Value* a) {
  for (int i = 0; i < 3; ++i) {
    if (a[i].is_bound()) rt.garbage().thresholds[i] = rt.to_index(a[i]);
  }
  return Value::none();
}

Value gc_get_debug(Runtime&, Value*) { return Value(0); }

class References final : public ReferenceVisitor {
 public:
  explicit References(std::vector<RefCounted*>& found) : found_(found) {}

 private:
  void reach(RefCounted& target) override { found_.push_back(&target); }
  std::vector<RefCounted*>& found_;
};

std::vector<RefCounted*> references_of(RefCounted& object) {
  std::vector<RefCounted*> found;
  References visitor(found);
  object.visit(visitor);
  return found;
}

Value value_of(RefCounted* reference) {
  if (auto* object = dynamic_cast<Object*>(reference)) return Value(object);
  return {};
}

Value gc_get_objects(Runtime& rt, Value*) {
  Ref<List> out = rt.make_list();
  Values found;
  rt.garbage().collector().for_each([&](Container& container) {
    // What has no class of its own serves the library.
    const bool inner = container.kind() == Kind::Plain && container.type() == rt.types.object;
    if (&container != out.get() && !inner) found.emplace_back(&container);
  });
  // The newest stands first in the list.
  std::reverse(found.begin(), found.end());
  out->items = std::move(found);
  return out;
}

Value gc_get_referents(Runtime& rt, Value* a) {
  Ref<List> out = rt.make_list();
  for (const Value& object : *a[0].as<Tuple>()) {
    if (!object.is_reference()) continue;
    for (RefCounted* reference : references_of(*object.as_reference())) {
      Value value = value_of(reference);
      if (value.is_bound()) out->items.push_back(std::move(value));
    }
  }
  return out;
}

Value gc_get_referrers(Runtime& rt, Value* a) {
  const Tuple& objects = *a[0].as<Tuple>();
  Ref<List> out = rt.make_list();
  Values found;
  rt.garbage().collector().for_each([&](Container& container) {
    if (&container == out.get()) return;
    const std::vector<RefCounted*> references = references_of(container);
    const bool refers = std::ranges::any_of(objects, [&](const Value& v) {
      return v.is_reference() &&
             std::ranges::find(references, v.as_reference()) != references.end();
    });
    if (refers) found.emplace_back(&container);
  });
  std::reverse(found.begin(), found.end());
  out->items = std::move(found);
  return out;
}

/// As CPython, which leaves tuples and dicts of plain values out.
Value gc_is_tracked(Runtime&, Value* a) {
  if (!a[0].is_object()) return Value(false);
  Object* object = a[0].as_object();
  if (object->reach() == Reach::Nothing) return Value(false);
  if (a[0].is<Tuple>() || (a[0].is<Dict>() && !object->type()->is_user)) {
    return Value(!references_of(*object).empty());
  }
  return Value(true);
}

Value gc_is_finalized(Runtime&, Value* a) {
  return Value(a[0].is_object() && a[0].as_object()->is_finished());
}

constexpr Method kFunctions[] = {
    {"collect", "generation=2", gc_collect,
     "Run the garbage collector; the number of unreachable objects is returned."},
    {"enable", "", gc_enable, "Enable automatic garbage collection."},
    {"disable", "", gc_disable, "Disable automatic garbage collection."},
    {"isenabled", "", gc_isenabled, "Returns true if automatic garbage collection is enabled."},
    {"get_count", "", gc_get_count, "Return a three-tuple of the current collection counts."},
    {"get_threshold", "", gc_get_threshold, "Return the current collection thresholds."},
    {"set_threshold", "threshold0, threshold1=?, threshold2=?, /", gc_set_threshold,
     "Set the collection thresholds."},
    {"get_debug", "", gc_get_debug, "Get the garbage collection debugging flags."},
    {"get_objects", "generation=None", gc_get_objects,
     "Return a list of objects tracked by the collector."},
    {"get_referents", "*objs", gc_get_referents,
     "Return the list of objects that are directly referred to by objs."},
    {"get_referrers", "*objs", gc_get_referrers,
     "Return the list of objects that directly refer to any of objs."},
    {"is_tracked", "obj, /", gc_is_tracked,
     "Returns true if the object is tracked by the garbage collector."},
    {"is_finalized", "obj, /", gc_is_finalized,
     "Returns true if the object has been already finalized by the GC."},
};

void init_gc(Runtime& rt, Module& module) {
  module.set(rt.intern("garbage").get(), rt.make_list());
  rt.garbage().callbacks = rt.make_list();
  module.set(rt.intern("callbacks").get(), rt.garbage().callbacks);
}

}  // namespace

const ModuleSpec kGcModule = {"gc", kFunctions, init_gc};

}  // namespace gradpad::lang
