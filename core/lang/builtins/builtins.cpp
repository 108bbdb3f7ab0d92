// The furnishing of a new Runtime with the built-in types, functions and modules.
#include "lang/builtins/builtins.h"

#include "lang/builtins/functions.h"
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/types.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void define_builtin_types(Runtime& rt) {
  define_singletons(rt);
  define_int(rt);
  define_bool(rt);  // inherits from int
  define_float(rt);
  define_str(rt);
  define_list(rt);
  define_tuple(rt);
  define_range(rt);
  define_slice(rt);
  define_dict(rt);
  define_sets(rt);
  define_dict_views(rt);
  define_generic_alias(rt);
}

void add_builtin_functions(Runtime& rt) {
  const Types& t = rt.types;
  for (Type* type : {t.boolean, t.integer, t.real, t.str, t.list, t.tuple, t.dict, t.set,
                     t.frozenset, t.range, t.slice}) {
    rt.add_builtin(type->name().c_str(), Value(type));
  }
  for (const auto functions :
       {output_functions(), number_functions(), text_functions(), reducing_functions(),
        attribute_functions(), leaving_functions(), missing_functions()}) {
    for (const Method& method : functions) rt.add_builtin(method.name, rt.make_native(method));
  }
  add_iterator_functions(rt);
}

void add_builtin_modules(Runtime& rt) {
  for (const ModuleSpec* module :
       {&kMathModule, &kTimeModule, &kRandomModule, &kSysModule, &kItertoolsModule,
        &kFunctoolsModule, &kCollectionsModule, &kWarningsModule, &kGcModule, &kWeakrefModule}) {
    rt.add_module(*module);
  }
}

}  // namespace gradpad::lang
