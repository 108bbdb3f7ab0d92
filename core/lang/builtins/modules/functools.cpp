// _functools: partial, reduce and the wrapper behind lru_cache. The rest of functools stands in
// lib/functools.py.
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/modules/struct_sequence.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

// --- partial
// ---------------------------------------------------------------------------------------

class Partial final : public Container {
 public:
  Partial() : Container(Kind::Plain) {}
  Attributes* attributes() noexcept override { return &attrs; }
  void visit(ReferenceVisitor& visitor) override {
    visit_type(visitor);
    function.visit(visitor);
    args.visit(visitor);
    keywords.visit(visitor);
    attrs.visit(visitor);
  }
  void clear_references() noexcept override {
    function.clear();
    args.reset();
    keywords.reset();
    attrs.clear();
  }
  Value function;
  Ref<Tuple> args;
  Ref<Dict> keywords;
  Attributes attrs;
};

Partial& partial_of(const Value& v) { return *v.as<Partial>(); }

Value partial_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  if (arguments.positional == 0) {
    fail_type({"type 'partial' takes at least one argument"});
  }
  const Value* a = arguments.values;
  if (!rt.is_callable(a[0])) fail_type({"the first argument must be callable"});
  Ref<Partial> partial = rt.make_of<Partial>(cls);
  Values args;
  partial->keywords = rt.make_dict();
  partial->function = a[0];
  if (rt.type_of(a[0]) == cls) {
    // A partial of a partial calls the function itself.
    const Partial& inner = partial_of(a[0]);
    partial->function = inner.function;
    args.assign(inner.args->begin(), inner.args->end());
    int64_t at = 0;
    while (Dict::Entry* entry = inner.keywords->next(at)) {
      partial->keywords->set(rt, entry->key, entry->value);
    }
  }
  args.insert(args.end(), a + 1, a + arguments.positional);
  partial->args = rt.make_tuple(std::span<const Value>(args));
  for (uint32_t i = 0; i < arguments.named; ++i) {
    partial->keywords->set(rt, Value(arguments.names[i]), a[arguments.positional + i]);
  }
  return partial;
}

Value partial_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Partial& partial = partial_of(self);
  const Value function = partial.function;
  Values values(partial.args->begin(), partial.args->end());
  values.insert(values.end(), arguments.values, arguments.values + arguments.positional);
  Arguments call;
  call.positional = static_cast<uint32_t>(values.size());
  std::vector<Str*> names;
  int64_t at = 0;
  const auto given = [&](const Str* name) {
    for (uint32_t i = 0; i < arguments.named; ++i) {
      if (arguments.names[i] == name) return true;
    }
    return false;
  };
  while (Dict::Entry* entry = partial.keywords->next(at)) {
    Str* name = rt.intern(entry->key.as<Str>()).get();
    if (given(name)) continue;
    names.push_back(name);
    values.push_back(entry->value);
  }
  for (uint32_t i = 0; i < arguments.named; ++i) {
    names.push_back(arguments.names[i]);
    values.push_back(arguments.values[arguments.positional + i]);
  }
  call.values = values.data();
  call.named = static_cast<uint32_t>(names.size());
  call.names = names.data();
  return rt.call(function, call);
}

Value partial_repr(Runtime& rt, const Value& self) {
  const Runtime::Printing printing(rt, self);
  if (printing.again()) return rt.make_str("...");
  const Partial& partial = partial_of(self);
  std::string text = "functools.partial(" + rt.repr(partial.function)->text();
  for (const Value& arg : *partial.args) text += ", " + rt.repr(arg)->text();
  int64_t at = 0;
  while (Dict::Entry* entry = partial.keywords->next(at)) {
    text += text_of({", ", rt.str(entry->key)->view(), "=", rt.repr(entry->value)->view()});
  }
  return rt.make_str(text + ")");
}

Value partial_func(Runtime&, const Value& self) { return partial_of(self).function; }
Value partial_args(Runtime&, const Value& self) { return partial_of(self).args; }
Value partial_keywords(Runtime&, const Value& self) { return partial_of(self).keywords; }

constexpr Getter kPartialGetters[] = {
    {"func", partial_func},
    {"args", partial_args},
    {"keywords", partial_keywords},
};

// --- lru_cache
// -------------------------------------------------------------------------------------

class LruCache final : public Container {
 public:
  LruCache() : Container(Kind::Plain) {}
  Attributes* attributes() noexcept override { return &attrs; }
  void visit(ReferenceVisitor& visitor) override {
    function.visit(visitor);
    cache.visit(visitor);
    info.visit(visitor);
    attrs.visit(visitor);
  }
  void clear_references() noexcept override {
    function.clear();
    cache.reset();
    info.reset();
    attrs.clear();
  }
  Value function;
  Ref<Dict> cache;  // in order of last use
  Ref<Type> info;   // CacheInfo
  int64_t maxsize = -1;
  bool typed = false;
  int64_t hits = 0;
  int64_t misses = 0;
  Attributes attrs;
};

LruCache& cache_of(const Value& v) { return *v.as<LruCache>(); }

/// _lru_cache_wrapper(function, maxsize, typed, info)
Value cache_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("_lru_cache_wrapper", arguments, 4, 4);
  const Value* a = arguments.values;
  if (!rt.is_callable(a[0])) fail_type({"the first argument must be callable"});
  Ref<LruCache> cache = rt.make_of<LruCache>(cls);
  cache->function = a[0];
  cache->maxsize = a[1].is_none() ? -1 : std::max<int64_t>(rt.to_index(a[1]), 0);
  cache->typed = rt.truth(a[2]);
  Type* info = a[3].to<Type>();
  if (!info || !info->is_subtype_of(rt.types.tuple)) fail_type({"cache info must be a tuple type"});
  cache->info = Ref<Type>(info);
  cache->cache = rt.make_dict();
  return cache;
}

/// One value that tells calls apart: their arguments and, if typed, the types of these.
Value call_key(Runtime& rt, const LruCache& cache, const Arguments& arguments) {
  const Value* a = arguments.values;
  if (arguments.named == 0 && arguments.positional == 1 && !cache.typed) {
    if (a[0].is_int() || rt.type_of(a[0]) == rt.types.str) return a[0];
  }
  Values key(a, a + arguments.positional);
  if (arguments.named > 0) {
    key.push_back(rt.not_implemented());  // parts what is given by position from what by name
    for (uint32_t i = 0; i < arguments.named; ++i) {
      key.emplace_back(arguments.names[i]);
      key.push_back(a[arguments.positional + i]);
    }
  }
  if (cache.typed) {
    for (uint32_t i = 0; i < arguments.positional + arguments.named; ++i) {
      key.emplace_back(rt.type_of(a[i]));
    }
  }
  return rt.make_tuple(std::span<const Value>(key));
}

Value cache_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  constexpr NestingStep kCached{"", 0, 1500};
  const Runtime::Nesting nesting(rt, kCached);
  const Value keep = self;
  LruCache& cache = cache_of(self);
  const Value function = cache.function;
  if (cache.maxsize == 0) {
    ++cache.misses;
    return rt.call(function, arguments);
  }
  const Value key = call_key(rt, cache, arguments);
  const int64_t hash = rt.hash(key);
  if (const Value* found = cache.cache->find(rt, key, hash)) {
    ++cache.hits;
    Value out = *found;
    if (cache.maxsize > 0) {
      cache.cache->erase(rt, key);
      cache.cache->set(rt, key, hash, out);
    }
    return out;
  }
  ++cache.misses;
  Value out = rt.call(function, arguments);
  if (cache.maxsize > 0 && cache.cache->size() >= cache.maxsize &&
      !cache.cache->find(rt, key, hash)) {
    int64_t at = 0;
    const Value oldest = cache.cache->next(at)->key;
    cache.cache->erase(rt, oldest);
  }
  cache.cache->set(rt, key, hash, out);
  return out;
}

Value cache_descr_get(Runtime& rt, const Value& self, const Value& instance, Type*) {
  if (instance.is_unbound()) return self;
  return rt.make<BoundMethod>(instance, self);
}

Value cache_info(Runtime& rt, Value* a) {
  LruCache& cache = cache_of(a[0]);
  return make_struct(
      rt, cache.info.get(),
      {Value(cache.hits), Value(cache.misses),
       cache.maxsize < 0 ? Value::none() : Value(cache.maxsize), Value(cache.cache->size())});
}

Value cache_clear(Runtime&, Value* a) {
  LruCache& cache = cache_of(a[0]);
  cache.hits = cache.misses = 0;
  cache.cache->clear();
  return Value::none();
}

Value cache_repr(Runtime& rt, const Value& self) {
  const Value name = rt.find_attr(self, rt.names.qualname.get());
  return rt.make_str(text_of({"<functools._lru_cache_wrapper object ",
                              name.is<Str>() ? name.as<Str>()->view() : "?", ">"}));
}

/// The names and the text of the function inside, which may be in caches of caches, are those of
/// the wrapper.
template <Ref<Str> Names::* Name>
Value of_function(Runtime& rt, const Value& self) {
  const Runtime::Nesting nesting(rt, nesting::kAttribute);
  const LruCache* cache = &cache_of(self);
  while (cache->function.is_object()) {
    const auto* inner = dynamic_cast<const LruCache*>(cache->function.as_object());
    if (!inner) break;
    cache = inner;
  }
  const Value function = cache->function;
  return rt.get_attr(function, (rt.names.*Name).get());
}
Value cache_wrapped(Runtime&, const Value& self) { return cache_of(self).function; }

constexpr Getter kCacheGetters[] = {
    {"__name__", of_function<&Names::name>}, {"__qualname__", of_function<&Names::qualname>},
    {"__doc__", of_function<&Names::doc>},   {"__module__", of_function<&Names::module>},
    {"__wrapped__", cache_wrapped},
};
constexpr Method kCacheMethods[] = {
    {"cache_info", "self, /", cache_info, "Report cache statistics"},
    {"cache_clear", "self, /", cache_clear, "Clear the cache and cache statistics"},
};

Value functools_reduce(Runtime& rt, Value* a) {
  Value total = a[2];
  rt.for_each(a[1], [&](Value& item) {
    total = total.is_unbound() ? item : rt.call(a[0], {total, item});
    return true;
  });
  if (total.is_unbound()) fail_type({"reduce() of empty iterable with no initial value"});
  return total;
}

constexpr Method kFunctions[] = {
    {"reduce", "function, iterable, initial=?, /", functools_reduce,
     "Apply a function of two arguments cumulatively to the items of an iterable."},
};

void init_functools(Runtime& rt, Module& module) {
  TypeSpec partial;
  partial.slots.make = partial_make;
  partial.slots.call = partial_call;
  partial.slots.repr = partial_repr;
  partial.getters = kPartialGetters;
  module.set(rt.intern("partial").get(),
             Value(rt.make_type("partial", rt.types.object, partial, "functools")));
  TypeSpec cache;
  cache.slots.make = cache_make;
  cache.slots.call = cache_call;
  cache.slots.repr = cache_repr;
  cache.slots.descr_get = cache_descr_get;
  cache.methods = kCacheMethods;
  cache.getters = kCacheGetters;
  module.set(rt.intern("_lru_cache_wrapper").get(),
             Value(rt.make_type("_lru_cache_wrapper", rt.types.object, cache, "functools")));
  Type* info = make_struct_sequence(rt, "", "CacheInfo", {"hits", "misses", "maxsize", "currsize"});
  module.set(rt.intern("_CacheInfo").get(), Value(info));
}

}  // namespace

const ModuleSpec kFunctoolsModule = {"_functools", kFunctions, init_functools};

}  // namespace gradpad::lang
