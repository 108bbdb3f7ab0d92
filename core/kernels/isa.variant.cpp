// Chooses the instruction set, once.
#include <cstdlib>
#include <string>

#include "gradpad/tensor/error.h"
#include "kernels/isa.h"

namespace gradpad::kernels {
namespace {

bool processor_runs(Isa isa) {
#if defined(__x86_64__)
  // These builtins also ask whether the operating system saves the registers.
  if (isa == Isa::avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (isa == Isa::avx512) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  }
#endif
  static_cast<void>(isa);
  return true;
}

Isa choose() {
  const std::vector<Isa> available = available_isas();
  const char* const forced = std::getenv("GRADPAD_ISA");
  if (forced == nullptr || *forced == '\0') return available.back();
  std::string names;
  for (const Isa isa : available) {
    if (std::string(forced) == isa_name(isa)) return isa;
    names += (names.empty() ? "" : ", ") + std::string(isa_name(isa));
  }
  fail(ErrorKind::Value, "GRADPAD_ISA=", forced, " is not available here; choose from: ", names);
}

}  // namespace

const char* isa_name(Isa isa) {
  switch (isa) {
    case Isa::generic:
      return "generic";
    case Isa::sse2:
      return "sse2";
    case Isa::avx2:
      return "avx2";
    case Isa::avx512:
      return "avx512";
    case Isa::wasm:
      return "wasm";
    case Isa::wasm_relaxed:
      break;
  }
  return "wasm_relaxed";
}

std::vector<Isa> available_isas() {
  std::vector<Isa> available;
#define GRADPAD_X(isa) \
  if (processor_runs(Isa::isa)) available.push_back(Isa::isa);
  GRADPAD_ISA_LIST
#undef GRADPAD_X
  return available;
}

Isa active_isa() {
  static const Isa isa = choose();
  return isa;
}

}  // namespace gradpad::kernels
