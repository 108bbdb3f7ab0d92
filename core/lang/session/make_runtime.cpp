// The one place that knows all rooms.
#include "lang/session/make_runtime.h"

#include "lang/builtins/builtins.h"
#include "lang/lib/embedded_sources.h"
#include "lang/runtime/core_types.h"
#include "lang/torch/torch.h"
#include "lang/vm/generator.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

std::unique_ptr<Runtime> make_runtime() {
  auto runtime = std::make_unique<Runtime>();
  Runtime& rt = *runtime;
  rt.set_evaluator(std::make_unique<Interpreter>(rt));
  define_generator_type(rt);
  define_builtin_types(rt);
  add_core_builtins(rt);
  add_builtin_functions(rt);
  add_builtin_modules(rt);
  for (const EmbeddedSource& module : embedded_sources()) {
    rt.add_source_module(module.name, module.source);
  }
  rt.place_builtins();
  add_torch_modules(rt);
  return runtime;
}

}  // namespace gradpad::lang
