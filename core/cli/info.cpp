// gradpad info: what this build and machine offer.
#include <iostream>

#include "commands.h"
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "ops/registry.h"

namespace gradpad::cli {

int info() {
  std::cout << "Instruction set   " << kernels::isa_name(kernels::kernels().isa) << "\n";
  std::cout << "Available         ";
  const char* separator = "";
  for (const kernels::Isa isa : kernels::available_isas()) {
    std::cout << separator << kernels::isa_name(isa);
    separator = ", ";
  }
  std::cout << "  (GRADPAD_ISA=NAME forces one)\n";
  std::cout << "Threads           1\n";
  std::cout << "CUDA              no\n";
  std::cout << "Operations        " << all_ops().size() << "\n";
  return 0;
}

}  // namespace gradpad::cli
