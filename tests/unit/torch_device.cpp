// Devices as the language sees them, by the reference backend.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "lang/session/session.h"

using namespace gradpad;
using namespace gradpad::lang;

namespace {

std::string printed(std::string_view source) {
  Session session;
  const RunResult result = session.run(std::string("import torch\n") + std::string(source));
  return result.error ? result.error->traceback : result.stdout_text;
}

}  // namespace

TEST_CASE("tensors are made on a device and report it", "[device]") {
  CHECK(printed("x = torch.tensor([1., 2.], device='reference', requires_grad=True)\n"
                "y = (x * x).sum()\n"
                "y.backward()\n"
                "print(x.device, y.device, x.grad)\n"
                "print(torch.zeros(2).device, torch.ones(2, device=x.device).device.type)\n"
                "print(torch.zeros_like(x).device, x.new_zeros(2).device, torch.arange(3, "
                "device='reference').device)\n") ==
        "reference reference tensor([2., 4.], device='reference')\n"
        "cpu reference\n"
        "reference reference reference\n");
}

TEST_CASE("to and cpu move tensors, and gradients with them", "[device]") {
  CHECK(printed("x = torch.tensor([1., 2.], requires_grad=True)\n"
                "y = x.to('reference')\n"
                "print(y.device, y.cpu().device, y.to(torch.float64).device, x.to('cpu') is x)\n"
                "y.cpu().sum().backward()\n"
                "print(x.grad)\n") ==
        "reference cpu reference True\n"
        "tensor([1., 1.])\n");
}

TEST_CASE("two devices at once are an error at their line", "[device]") {
  const std::string text = printed("x = torch.ones(2, device='reference')\nx + torch.ones(2)\n");
  CHECK(text.find("line 3") != std::string::npos);
  CHECK(text.find("RuntimeError: Expected all tensors to be on the same device, but found at least "
                  "two devices, reference and cpu!") != std::string::npos);
}
