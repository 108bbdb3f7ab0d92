// The most floating-point operations a second that an instruction set could do on this machine.
#pragma once

#include "kernels/isa.h"

namespace gradpad::bench {

double peak_flops(kernels::Isa isa);

}  // namespace gradpad::bench
