// Tensors of another device than the CPU, by the reference backend.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <string>

#include "gradpad/autograd/variable.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "gradpad/tensor/print.h"
#include "gradpad/tensor/random.h"

using namespace gradpad;

namespace {

constexpr Device kReference{DeviceType::Reference};

template <class Body>
std::string error_of(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("a tensor knows its device, and so does its storage", "[device]") {
  const Tensor here = Tensor::from<float>({1, 2, 3}, {3});
  const Tensor there = here.to(kReference);
  CHECK(here.device() == Device());
  CHECK(there.device() == kReference);
  CHECK(there.storage()->device() == kReference);
  CHECK(there.slice(0, 1, 3, 1).device() == kReference);
  CHECK(there.to(kReference).shares_storage(there));
  CHECK(here.cpu().shares_storage(here));
  CHECK(there.cpu().at(2).to_double() == 3);
  CHECK(to_string(there.device()) == "reference");
  CHECK(to_string(Device{DeviceType::CUDA, 1}) == "cuda:1");
}

TEST_CASE("tensors are made, filled, copied and read on a device", "[device]") {
  CHECK(Tensor::full({2, 2}, 1.5, DType::Float64, kReference).at(3).to_double() == 1.5);
  CHECK(Tensor::zeros({3}, DType::Int64, kReference).at(1).to_int() == 0);
  CHECK(Tensor::scalar(7, DType::Int32, kReference).item().to_int() == 7);
  const Tensor grid = Tensor::from<double>({1, 2, 3, 4, 5, 6}, {2, 3}).to(kReference);
  CHECK(grid.transpose(0, 1).contiguous().at(1).to_double() == 4);
  CHECK(grid.to(DType::Int64).at(5).to_int() == 6);
  CHECK(grid.clone().device() == kReference);
  grid.select(0, 0).fill(9);
  CHECK(grid.at(2).to_double() == 9);
  CHECK(grid.at(3).to_double() == 4);
  // Across devices, between any strides.
  const Tensor host = Tensor::zeros({3, 2}, DType::Float32);
  host.copy_from(grid.transpose(0, 1));
  CHECK(host.at(1).to_double() == 4);
  grid.transpose(0, 1).copy_from(Tensor::from<int64_t>({7, 8}, {2}));
  CHECK(grid.at(0).to_double() == 7);
  CHECK(grid.at(5).to_double() == 8);
}

TEST_CASE("memory of a device is counted, limited and given back", "[device]") {
  MemoryStats& stats = memory_stats();
  const int64_t before = stats.live_bytes;
  {
    const Tensor there = Tensor::empty({1000}, DType::Float64, kReference);
    CHECK(stats.live_bytes == before + 8000);
    stats.limit_bytes = stats.live_bytes + 100;
    CHECK(!error_of([] { Tensor::empty({1000}, DType::Float64, kReference); }).empty());
    stats.limit_bytes = 0;
  }
  CHECK(stats.live_bytes == before);
}

TEST_CASE("a device that is not there is an error", "[device]") {
  CHECK(error_of([] { Tensor::empty({1}, DType::Float32, Device{DeviceType::CUDA}); }) ==
        "device cuda is not available");
}

TEST_CASE("two devices at once are PyTorch's error, numbers aside", "[device]") {
  const Variable here({1, 2, 3}), there(here.data().to(kReference));
  const std::string text =
      "Expected all tensors to be on the same device, but found at least two devices, reference "
      "and cpu!";
  const std::string turned =
      "Expected all tensors to be on the same device, but found at least two devices, cpu and "
      "reference!";
  CHECK(error_of([&] { there + here; }) == text);
  CHECK(error_of([&] { here* there; }) == turned);
  CHECK(error_of([&] { dot(there, here); }) == text);
  CHECK(error_of([&] { cat({there, here}, 0); }) == text);
  CHECK(error_of([&] { add_(here, there); }) == turned);
  CHECK((there * 2 + Variable(Tensor::scalar(1.0f, DType::Float32))).device() == kReference);
}

TEST_CASE("gradients stay on the device, and come back over a conversion", "[device]") {
  const Variable x({1, 2, 3}, true);
  const Variable there = to(x, kReference);
  CHECK(there.device() == kReference);
  const Variable y = sum(there * there);
  CHECK(y.device() == kReference);
  y.backward();
  CHECK(x.grad().device() == Device());
  CHECK(x.grad().data().at(2).to_double() == 6);
  // A number's worth that needs a gradient of its own.
  const Variable scale(Tensor::scalar(2.0f, DType::Float32), true);
  sum(to(x.detach(), kReference) * scale).backward();
  CHECK(scale.grad().device() == Device());
  CHECK(scale.grad().item().to_double() == 6);
}

TEST_CASE("random numbers do not depend on the device", "[device]") {
  const auto drawn = [](Device device) {
    Generator generator(3);
    const Tensor t = Tensor::empty({4, 5}, DType::Float32, device).transpose(0, 1);
    fill_normal(t, 0, 1, generator);
    fill_uniform(t.select(0, 1), 0, 1, generator);
    return t.cpu().contiguous();
  };
  CHECK(to_string(drawn(Device())) == to_string(drawn(kReference)));
}

TEST_CASE("a tensor elsewhere says where", "[device]") {
  const Variable x(Tensor::from<float>({1, 2}, {2}).to(kReference), true);
  CHECK(repr(x) == "tensor([1., 2.], device='reference', requires_grad=True)");
}
