#include "peak.h"

#include "clock.h"

namespace gradpad::kernels {
#define GRADPAD_X(isa)                                  \
  namespace isa {                                       \
  double multiply_add_many(int64_t count, float* sink); \
  }
GRADPAD_ISA_LIST
#undef GRADPAD_X
}  // namespace gradpad::kernels

namespace gradpad::bench {
namespace {

double run(kernels::Isa isa, int64_t count, float* sink) {
#define GRADPAD_X(isa_) \
  if (isa == kernels::Isa::isa_) return kernels::isa_::multiply_add_many(count, sink);
  GRADPAD_ISA_LIST
#undef GRADPAD_X
  return 0;
}

}  // namespace

double peak_flops(kernels::Isa isa) {
  float sink[64] = {};
  double best = 0;
  for (int i = 0; i < 200; ++i) {
    sink[0] = 0.999f, sink[1] = 0.001f;
    const double start = now();
    const double operations = run(isa, 200000, sink);
    const double rate = operations / (now() - start);
    if (rate > best) best = rate;
  }
  return best;
}

}  // namespace gradpad::bench
