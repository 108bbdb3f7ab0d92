// The instruction sets that kernels are compiled for, and the choice among them.
//
// A source named `NAME.isa.cpp` is compiled once per instruction set with -DGRADPAD_ISA=<isa>, and
// defines everything in `namespace gradpad::kernels::GRADPAD_ISA`: an inline function of any other
// namespace could be merged by the linker with the copy that needs AVX-512, and run on a processor
// that has none. A source named `NAME.variant.cpp` sees GRADPAD_ISA_LIST, which expands to
// GRADPAD_X(<isa>) for each instruction set it may call, and picks:
//
//   // loops.isa.cpp
//   namespace gradpad::kernels::GRADPAD_ISA {
//   extern const LoopTable loop_table;
//   const LoopTable loop_table = {...};
//   }
//
//   // loops.variant.cpp
//   namespace gradpad::kernels {
//   #define GRADPAD_X(isa) namespace isa { extern const LoopTable loop_table; }
//   GRADPAD_ISA_LIST
//   #undef GRADPAD_X
//   }
//   const LoopTable& loops() {
//     using namespace gradpad::kernels;
//   #define GRADPAD_X(isa) {Isa::isa, &isa::loop_table},
//     static const LoopTable& table = pick_table<LoopTable>({GRADPAD_ISA_LIST});
//   #undef GRADPAD_X
//     return table;
//   }
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

/// For functions of a header that `*.isa.cpp` sources instantiate with types that do not name an
/// instruction set (`Op::forward<int64_t>`): no copy of it is left for the linker to merge.
#if defined(__GNUC__) || defined(__clang__)
#define GRADPAD_INLINE inline __attribute__((always_inline))
#else
#define GRADPAD_INLINE inline
#endif

namespace gradpad::kernels {

enum class Isa : uint8_t { generic, sse2, avx2, avx512, wasm, wasm_relaxed };

/// "avx512", …: also what the environment variable GRADPAD_ISA takes.
const char* isa_name(Isa isa);

/// What this build holds and this processor runs, the fastest last.
std::vector<Isa> available_isas();

/// The instruction set in use: the fastest available, or the one that GRADPAD_ISA names. Chosen at
/// the first call. Throws ErrorKind::Value if GRADPAD_ISA names one that is not available.
Isa active_isa();

inline const char* isa_name() { return isa_name(active_isa()); }

template <class Table>
struct IsaTable {
  Isa isa;
  const Table* table;
};

/// The table of the active instruction set.
template <class Table>
const Table& pick_table(std::initializer_list<IsaTable<Table>> tables) {
  const Isa isa = active_isa();
  for (const IsaTable<Table>& entry : tables) {
    if (entry.isa == isa) return *entry.table;
  }
  return *tables.begin()->table;
}

}  // namespace gradpad::kernels
