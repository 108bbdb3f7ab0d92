// Random numbers. Checksums (FNV-1a of the bytes) were recorded from PyTorch 1.13.
#include "gradpad/tensor/random.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "tensor/layout.h"
#include "tensor/normal_block.h"

using namespace gradpad;
using Catch::Matchers::Message;

namespace {

uint64_t checksum(const Tensor& tensor) {
  const Tensor plain = tensor.contiguous();
  uint64_t hash = 0xcbf29ce484222325u;
  for (int64_t i = 0; i < plain.numel() * item_size(plain.dtype()); ++i) {
    hash = (hash ^ static_cast<uint8_t>(plain.bytes()[i])) * 0x100000001b3u;
  }
  return hash;
}

struct Recorded {
  const char* what;
  uint64_t seed;
  int64_t n;
  uint64_t checksum;
};

Tensor ramp(int64_t n, float first, float scale = 1) {
  const Tensor result = Tensor::empty({n}, DType::Float32);
  for (int64_t i = 0; i < n; ++i) result.data<float>()[i] = (first + static_cast<float>(i)) / scale;
  return result;
}

using Make = std::function<Tensor(int64_t, Generator&)>;

/// Fills `n` new elements of a dtype.
Make fresh(DType dtype, std::function<void(const Tensor&, Generator&)> fill) {
  return [=](int64_t n, Generator& generator) {
    const Tensor result = Tensor::empty({n}, dtype);
    fill(result, generator);
    return result;
  };
}

const std::map<std::string, Make>& makers() {
  using T = const Tensor&;
  using G = Generator&;
  constexpr DType f32 = DType::Float32;
  static const std::map<std::string, Make> table = {
      {"normal", fresh(f32, [](T t, G g) { fill_normal(t, 0, 1, g); })},
      {"normal+", fresh(f32, [](T t, G g) { fill_normal(t, -1.5, .02, g); })},
      {"uniform", fresh(f32, [](T t, G g) { fill_uniform(t, 0, 1, g); })},
      {"uniform+", fresh(f32, [](T t, G g) { fill_uniform(t, -.3, 1.7, g); })},
      {"uniform double", fresh(DType::Float64, [](T t, G g) { fill_uniform(t, 0, 1, g); })},
      {"bernoulli", fresh(f32, [](T t, G g) { fill_bernoulli(t, .3, g); })},
      {"exponential", fresh(f32, [](T t, G g) { fill_exponential(t, 2.5, g); })},
      {"geometric", fresh(f32, [](T t, G g) { fill_geometric(t, .2, g); })},
      {"cauchy", fresh(f32, [](T t, G g) { fill_cauchy(t, 1, 2.5, g); })},
      {"log_normal", fresh(f32, [](T t, G g) { fill_log_normal(t, 0, .25, g); })},
      {"randint", [](int64_t n, G g) { return randint(-5, 100, {n}, DType::Int64, g); }},
      {"randint wide",
       [](int64_t n, G g) {
         return randint(-(int64_t{1} << 40), int64_t{1} << 40, {n}, DType::Int64, g);
       }},
      {"random int64", fresh(DType::Int64, [](T t, G g) { fill_random(t, g); })},
      {"random float", fresh(f32, [](T t, G g) { fill_random(t, g); })},
      {"random uint8", fresh(DType::UInt8, [](T t, G g) { fill_random(t, g); })},
      {"random bool", fresh(DType::Bool, [](T t, G g) { fill_random(t, g); })},
      {"randperm", [](int64_t n, G g) { return randperm(n, DType::Int64, g); }},
      {"multinomial", [](int64_t n, G g) { return multinomial(ramp(n + 2, 1), n, false, g); }},
      {"multinomial one", [](int64_t n, G g) { return multinomial(ramp(n + 2, 1), 1, false, g); }},
      {"multinomial with replacement",
       [](int64_t n, G g) { return multinomial(ramp(n + 3, 0), 2 * n, true, g); }},
      {"multinomial rows",
       [](int64_t n, G g) {
         return multinomial(ramp(4 * n + 12, 1).reshape({4, n + 3}), 2, false, g);
       }},
      {"bernoulli of",
       [](int64_t n, G g) { return bernoulli(ramp(n, 0, static_cast<float>(n)), g); }},
      {"dropout", [](int64_t n, G g) { return dropout_noise(ramp(n, 0), .3, g); }},
      {"state",
       [](int64_t n, G g) {
         randn({n < 16 ? n : 7}, f32, g);
         return g.state();
       }},
  };
  return table;
}

std::vector<double> doubles(const Tensor& tensor) {
  return {tensor.data<double>(), tensor.data<double>() + tensor.numel()};
}

/// The mathematical functions of two C libraries differ in the last bit.
void check_close(const std::vector<double>& got, const std::vector<double>& expected) {
  REQUIRE(got.size() >= expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    CHECK(std::fabs(got[i] - expected[i]) <= 4e-16 * std::fabs(expected[i]));
  }
}

}  // namespace

TEST_CASE("random streams are PyTorch's, bit for bit", "[random]") {
  const Recorded recorded[] = {
      {"normal", 0u, 1, 0x1877733c12d64cbc},
      {"normal", 0u, 2, 0xa74f8872418aedec},
      {"normal", 0u, 15, 0x52b8f3bcc098f4b9},
      {"normal", 0u, 16, 0x28d49f8f92bf21d6},
      {"normal", 0u, 17, 0x9151e09be6bcf07a},
      {"normal", 0u, 31, 0x3e39671abab4a234},
      {"normal", 0u, 33, 0xf2eb928ce9653fe6},
      {"normal", 0u, 100, 0x6b680134d3d69e1b},
      {"normal", 0u, 1000, 0x31ae67821ca5077e},
      {"normal", 1u, 1, 0xfe198a8b5a4603d3},
      {"normal", 1u, 2, 0x7e80018dba21c720},
      {"normal", 1u, 15, 0x4a175a08023cd2fb},
      {"normal", 1u, 16, 0x0ed115f7c78ec68b},
      {"normal", 1u, 17, 0x28487f75435983d0},
      {"normal", 1u, 31, 0x96d8709bade94b47},
      {"normal", 1u, 33, 0x313e4ef961bc447c},
      {"normal", 1u, 100, 0x2389d2a836970fd1},
      {"normal", 1u, 1000, 0x9ced05081ea1a783},
      {"normal", 42u, 1, 0x339a81d29fc978d3},
      {"normal", 42u, 2, 0x999ce133fe752ca1},
      {"normal", 42u, 15, 0x4c7fdcb26081ae6b},
      {"normal", 42u, 16, 0x080ffa5fbeb15154},
      {"normal", 42u, 17, 0x91ae8bd790a50356},
      {"normal", 42u, 31, 0xbcc1254f5a30e3c3},
      {"normal", 42u, 33, 0x00a911b61ea4ac05},
      {"normal", 42u, 100, 0x7ea02704af7a98a3},
      {"normal", 42u, 1000, 0x790c9ebfd52592da},
      {"normal", 4294967303u, 1, 0x783db6eff263643a},
      {"normal", 4294967303u, 2, 0x3d8d02f06057a928},
      {"normal", 4294967303u, 15, 0xae1db7ca1b59542b},
      {"normal", 4294967303u, 16, 0x5d310a33b33c13d8},
      {"normal", 4294967303u, 17, 0xb8b2b898064e9a44},
      {"normal", 4294967303u, 31, 0x1a01e30f021a8183},
      {"normal", 4294967303u, 33, 0x663103a265b5e470},
      {"normal", 4294967303u, 100, 0x3c97a2b7827d7b09},
      {"normal", 4294967303u, 1000, 0xdee17a057de55fc7},
      {"normal+", 3u, 1000, 0x4b44b0e527d41c97},
      {"normal+", 3u, 5, 0x25b8f96ddc3c0fd9},
      {"uniform", 0u, 1, 0xa9231c5d75015352},
      {"uniform+", 0u, 1, 0xd004c9f6d3dce4be},
      {"uniform double", 0u, 1, 0x44bb31eace02bd99},
      {"bernoulli", 0u, 1, 0x4d25767f9dce13f5},
      {"exponential", 0u, 1, 0x94101bf3ef506e32},
      {"geometric", 0u, 1, 0x4b72477f9c5c2f98},
      {"cauchy", 0u, 1, 0x0685b28d1125ebad},
      {"log_normal", 0u, 1, 0x7d24ac12afa0442d},
      {"randint", 0u, 1, 0xcc93d747ad404f60},
      {"randint wide", 0u, 1, 0x69c03ce77cdaadda},
      {"random int64", 0u, 1, 0x4637feeacf466c00},
      {"random float", 0u, 1, 0xa0ac0a94cae5e8b5},
      {"random uint8", 0u, 1, 0xaf64214c860261cb},
      {"random bool", 0u, 1, 0xaf63bd4c8601b7df},
      {"randperm", 0u, 1, 0xa8c7f832281a39c5},
      {"multinomial", 0u, 1, 0xe6bd86443df8ce07},
      {"multinomial one", 0u, 1, 0xe6bd86443df8ce07},
      {"multinomial with replacement", 0u, 1, 0xb8236e7869253285},
      {"multinomial rows", 0u, 1, 0x3bdadadee6c880a6},
      {"bernoulli of", 0u, 1, 0x4d25767f9dce13f5},
      {"dropout", 0u, 1, 0x4d25767f9dce13f5},
      {"state", 0u, 1, 0x4f7dad8705494bc9},
      {"uniform", 0u, 700, 0x4a4d8a01f2e26b76},
      {"uniform+", 0u, 700, 0x9c03cfc06061564a},
      {"uniform double", 0u, 700, 0xa02a3fc715139d19},
      {"bernoulli", 0u, 700, 0x1eb0903d6dd84038},
      {"exponential", 0u, 700, 0x1589d6e663e3b0ae},
      {"geometric", 0u, 700, 0x9cc6d4e192fba370},
      {"cauchy", 0u, 700, 0x5a42c1b1f5d93004},
      {"log_normal", 0u, 700, 0x4dd9f58ef91190de},
      {"randint", 0u, 700, 0x3bc933efc8e69130},
      {"randint wide", 0u, 700, 0x1141818de8148589},
      {"random int64", 0u, 700, 0xa15a6e667f3a9cfd},
      {"random float", 0u, 700, 0x846cb55faab4de0e},
      {"random uint8", 0u, 700, 0xcf94553996ad639e},
      {"random bool", 0u, 700, 0x149fcc77ae3ab748},
      {"randperm", 0u, 700, 0x6dc1e4f0e99695b1},
      {"multinomial", 0u, 700, 0xe106216cb08510cf},
      {"multinomial one", 0u, 700, 0xf54174787339acd6},
      {"multinomial with replacement", 0u, 700, 0x9474bca26df00fd3},
      {"multinomial rows", 0u, 700, 0xb1f512b8ff981d1c},
      {"bernoulli of", 0u, 700, 0x41ecd6a4a24a17f8},
      {"dropout", 0u, 700, 0x8cd2249e1d6282b5},
      {"state", 0u, 700, 0x63a8bcc9774be153},
      {"uniform", 9u, 1, 0xc452e43ff1ad510e},
      {"uniform+", 9u, 1, 0x160c5548b57094f0},
      {"uniform double", 9u, 1, 0x0baf12e743879014},
      {"bernoulli", 9u, 1, 0x4b72477f9c5c2f98},
      {"exponential", 9u, 1, 0x49e81275a215ec5d},
      {"geometric", 9u, 1, 0x4a2c767f9b47bcd5},
      {"cauchy", 9u, 1, 0x0f77b8c5f04b5107},
      {"log_normal", 9u, 1, 0xcabf36f5d8521482},
      {"randint", 9u, 1, 0x1c894c9eab51b351},
      {"randint wide", 9u, 1, 0xd958b26a8df28d42},
      {"random int64", 9u, 1, 0x7a2ad96783a0adcc},
      {"random float", 9u, 1, 0x2cd644342c6512c0},
      {"random uint8", 9u, 1, 0xaf63f34c860213a1},
      {"random bool", 9u, 1, 0xaf63bd4c8601b7df},
      {"randperm", 9u, 1, 0xa8c7f832281a39c5},
      {"multinomial", 9u, 1, 0xe6bd86443df8ce07},
      {"multinomial one", 9u, 1, 0xe6bd86443df8ce07},
      {"multinomial with replacement", 9u, 1, 0xc92bf62e665bb684},
      {"multinomial rows", 9u, 1, 0xc91a2f1dd15922c6},
      {"bernoulli of", 9u, 1, 0x4d25767f9dce13f5},
      {"dropout", 9u, 1, 0xf8862dbd801abd65},
      {"state", 9u, 1, 0xcd41267dca6bf593},
      {"uniform", 9u, 700, 0x824d82d74525eeb2},
      {"uniform+", 9u, 700, 0x059f046db45d1d3c},
      {"uniform double", 9u, 700, 0x0ba3e9884067cc7b},
      {"bernoulli", 9u, 700, 0xccdc03f349910a38},
      {"exponential", 9u, 700, 0xe12405b6101d414f},
      {"geometric", 9u, 700, 0x1825c6b53d68a993},
      {"cauchy", 9u, 700, 0x07dd9be01660e468},
      {"log_normal", 9u, 700, 0xc2ec02e8678018a7},
      {"randint", 9u, 700, 0xba09da4e4539f213},
      {"randint wide", 9u, 700, 0xa4c02075e1b3f729},
      {"random int64", 9u, 700, 0x10f856d34b659d86},
      {"random float", 9u, 700, 0x1df6238f8bd83706},
      {"random uint8", 9u, 700, 0xe6e35e5af8a6cd62},
      {"random bool", 9u, 700, 0x69249865eb68fa54},
      {"randperm", 9u, 700, 0x7e4a9cb941adcaa1},
      {"multinomial", 9u, 700, 0xfac86452027f4d35},
      {"multinomial one", 9u, 700, 0xfbcf8a694b346670},
      {"multinomial with replacement", 9u, 700, 0x9518f672300cc6aa},
      {"multinomial rows", 9u, 700, 0xa8b18338454b7439},
      {"bernoulli of", 9u, 700, 0xae2632a43fa7b795},
      {"dropout", 9u, 700, 0x25b01bcf62e9c365},
      {"state", 9u, 700, 0x218ebfa2c2d241d4},
  };
  for (const auto& [what, seed, n, expected] : recorded) {
    INFO(what << ", seed " << seed << ", " << n << " elements");
    Generator generator(seed);
    CHECK(checksum(makers().at(what)(n, generator)) == expected);
  }
}

TEST_CASE("views are filled in the order of their memory", "[random]") {
  const std::map<std::string, std::function<Tensor(Generator&)>> cases = {
      {"uniform",
       [](Generator& g) {
         const Tensor t = Tensor::empty({3, 4}, DType::Float32).transpose(0, 1);
         fill_uniform(t, 0, 1, g);
         return t;
       }},
      {"normal",
       [](Generator& g) {
         const Tensor t = Tensor::empty({6, 5}, DType::Float32).transpose(0, 1);
         fill_normal(t, 0, 1, g);
         return t;
       }},
      {"normal strided",
       [](Generator& g) {
         const Tensor t = Tensor::empty({20, 2}, DType::Float32).select(1, 0);
         fill_normal(t, 0, 1, g);
         return t;
       }},
      {"bernoulli",
       [](Generator& g) {
         const Tensor t = Tensor::empty({2, 3, 4}, DType::Float32).permute(Dims{1, 2, 0});
         fill_bernoulli(t, .5, g);
         return t;
       }},
      {"rand_like",
       [](Generator& g) {
         const Tensor view = Tensor::empty({4, 5, 6}, DType::Float32).permute(Dims{2, 0, 1});
         const Tensor t = empty_like(view.narrow(1, 0, 2), DType::Float32);
         fill_uniform(t, 0, 1, g);
         return t;
       }},
      {"bernoulli of",
       [](Generator& g) {
         const Tensor t = Tensor::empty({4, 3}, DType::Float32).transpose(0, 1);
         fill_bernoulli(t, ramp(12, 0, 12).reshape({3, 4}), g);
         return t;
       }},
  };
  const Recorded recorded[] = {
      {"uniform", 5u, 0, 0x87ca8b9ffec7228a},        {"normal", 5u, 0, 0x1693c228bcc85c65},
      {"normal strided", 5u, 0, 0x58ac80efb5c30d37}, {"bernoulli", 5u, 0, 0x6ae2919144021bf8},
      {"rand_like", 5u, 0, 0xd6c0d3347aef9b86},      {"bernoulli of", 5u, 0, 0xb8a80aef23cb9b98},
  };
  for (const auto& [what, seed, n, expected] : recorded) {
    INFO(what);
    Generator generator(seed);
    CHECK(checksum(cases.at(what)(generator)) == expected);
  }
}

TEST_CASE("float64 normal and exponential numbers are PyTorch's", "[random]") {
  Generator generator(7);
  check_close(doubles(randn({5}, DType::Float64, generator)),
              {-0x1.2ca2e8774a1c0p-3, 0x1.92811cc01ae83p-1, 0x1.e4c5cd4ba2dcfp-1,
               -0x1.1d45a657cf2b6p+0, 0x1.b0d79f26af9afp+0});
  generator.manual_seed(7);
  check_close(
      doubles(randn({16}, DType::Float64, generator)),
      {0x1.0f6e8d3a53973p-4, 0x1.80f46f1ebf213p-5, 0x1.d6276549d121ep+0, 0x1.5e20f53cc4c77p+0});
  generator.manual_seed(7);
  const Tensor exponential = Tensor::empty({3}, DType::Float64);
  fill_exponential(exponential, 1, generator);
  check_close(doubles(exponential),
              {0x1.4f81e377c8288p-2, 0x1.47755178bda9ap-2, 0x1.fb2e5087c41b7p+0});
}

TEST_CASE("every way to fuse gives the same normal block", "[random]") {
  using namespace normal_block;
  Generator generator(11);
  int quick_blocks = 0;
  for (int round = 0; round < 20000; ++round) {
    std::array<float, 16> uniform, hardware, quick, careful;
    for (float& value : uniform) value = generator.uniform_float();
    HardwareFused by_hardware;
    QuickFused by_double;
    CarefulFused by_odd;
    transform(uniform.data(), hardware.data(), -.25f, 1.75f, by_hardware);
    transform(uniform.data(), quick.data(), -.25f, 1.75f, by_double);
    transform(uniform.data(), careful.data(), -.25f, 1.75f, by_odd);
    REQUIRE(hardware == careful);
    if (by_double.ties) continue;
    REQUIRE(hardware == quick);
    ++quick_blocks;
  }
  CHECK(quick_blocks > 19900);
}

TEST_CASE("a tie between two floats is seen, and rounded as one operation rounds it", "[random]") {
  // 1 + 2^-24 lies half way between two floats; 2^-60 more decides, and double drops it.
  const float a = 0x1p-30f, b = 0x1p-30f, tie = 0x1p-24f;
  normal_block::QuickFused quick;
  normal_block::CarefulFused careful;
  CHECK(quick(1 + 0x1p-23f, tie * (1 + 0x1p-20f), 1) > 1);
  CHECK_FALSE(quick.ties);
  CHECK(quick(tie, 1, 1) == 1);
  CHECK(quick.ties);
  CHECK(careful(tie, 1, 1) == 1);
  CHECK(careful(a, b, 1) == 1);
  // (2^-12 + 2^-35)^2 = 2^-24 + 2^-46 + 2^-70.
  const float root = 0x1p-12f + 0x1p-35f;
  CHECK(careful(root, root, 1) == std::fma(root, root, 1.0f));
  CHECK(careful(-root, root, -1) == std::fma(-root, root, -1.0f));
  CHECK(careful(root, -root, 1) == std::fma(root, -root, 1.0f));
  // 2^-24 + 2^-94 beside 1: the true sum is just over half way.
  const float over = 0x1p-47f + 0x1p-70f;
  CHECK(careful(over, 0x1p+23f, 1) == std::fma(over, 0x1p+23f, 1.0f));
}

TEST_CASE("the same seed gives the same numbers, and seeding forgets a waiting normal",
          "[random]") {
  Generator generator(3);
  const double first = generator.normal_double();
  generator.manual_seed(3);
  CHECK(generator.normal_double() == first);
  CHECK(generator.initial_seed() == 3);
  CHECK(Generator().initial_seed() == 67280421310721u);
}

TEST_CASE("a saved state continues the stream, in the middle of a pair too", "[random]") {
  Generator generator(5);
  generator.normal_double();
  for (int i = 0; i < 700; ++i) generator.random32();
  const Tensor state = generator.state();
  const double normal = generator.normal_double();
  const uint64_t bits = generator.random64();
  Generator other;
  other.set_state(state);
  CHECK(other.initial_seed() == 5);
  CHECK(other.normal_double() == normal);
  CHECK(other.random64() == bits);
}

TEST_CASE("a state that is none is refused", "[random]") {
  Generator generator;
  CHECK_THROWS_MATCHES(generator.set_state(Tensor::zeros({3}, DType::Float32)), Error,
                       Message("RNG state must be a torch.ByteTensor"));
  CHECK_THROWS_MATCHES(
      generator.set_state(Tensor::zeros({3}, DType::UInt8)), Error,
      Message("Expected either a CPUGeneratorImplStateLegacy of size 5048 or a "
              "CPUGeneratorImplState of size 5056 but found the input RNG state size to be 3"));
  CHECK_THROWS_MATCHES(generator.set_state(Tensor::zeros({5056}, DType::UInt8)), Error,
                       Message("Invalid mt19937 state"));
  // As many numbers left as there are, yet the next one is the last: reading on would leave the
  // state.
  const Tensor state = generator.state();
  generator.random32();
  const Tensor forged = generator.state();
  forged.data<uint8_t>()[16] = 200;
  CHECK_THROWS_MATCHES(generator.set_state(forged), Error, Message("Invalid mt19937 state"));
  generator.set_state(state);
}

TEST_CASE("entropy seeds differ and fit 53 bits", "[random]") {
  Generator a, b;
  CHECK(a.seed() != b.seed());
  CHECK(a.initial_seed() < uint64_t{1} << 53);
}

TEST_CASE("each thread has its own default generator", "[random]") {
  default_generator().manual_seed(1);
  uint64_t other_seed = 1;
  std::thread([&] { other_seed = default_generator().initial_seed(); }).join();
  CHECK(default_generator().initial_seed() == 1);
  CHECK(other_seed != 1);
}

TEST_CASE("the array initialisation of CPython's random module", "[random]") {
  // random.seed(0); random.getrandbits(32), twice; random.seed(2**40 + 5); random.getrandbits(32).
  Mt19937 engine;
  engine.seed_by_array(std::array<uint32_t, 1>{0});
  CHECK(engine() == 3626764237u);
  CHECK(engine() == 1654615998u);
  engine.seed_by_array(std::array<uint32_t, 2>{5, 256});
  CHECK(engine() == 2166296868u);
}

TEST_CASE("random functions refuse what PyTorch refuses, in its words", "[random]") {
  Generator g(0);
  const auto f32 = [](int64_t n) { return Tensor::zeros({n}, DType::Float32); };
  const auto u8 = [](int64_t n) { return Tensor::zeros({n}, DType::UInt8); };
  const auto i64 = [](int64_t n) { return Tensor::zeros({n}, DType::Int64); };
  const std::pair<std::function<void()>, const char*> cases[] = {
      {[&] { randperm(-1, DType::Int64, g); },
       "Trying to create tensor with negative dimension -1: [-1]"},
      {[&] { randperm(300, DType::UInt8, g); },
       "value cannot be converted to type uint8_t without overflow"},
      {[&] { multinomial(ramp(2, 1), 3, false, g); },
       "cannot sample n_sample > prob_dist.size(-1) samples without replacement"},
      {[&] { multinomial(i64(2), 1, false, g); },
       "multinomial only supports floating-point dtypes for input, got: Long"},
      {[&] { multinomial(ramp(2, -1), 1, false, g); },
       "probability tensor contains either `inf`, `nan` or element < 0"},
      {[&] { multinomial(f32(2), 1, true, g); },
       "invalid multinomial distribution (sum of probabilities <= 0)"},
      {[&] { multinomial(f32(2), 1, false, g); },
       "invalid multinomial distribution (sum of probabilities <= 0)"},
      {[&] { multinomial(ramp(2, 1), 0, true, g); }, "cannot sample n_sample <= 0 samples"},
      {[&] { multinomial(f32(8).reshape({2, 2, 2}), 1, true, g); }, "prob_dist must be 1 or 2 dim"},
      {[&] { bernoulli(ramp(1, 2), g); },
       "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be "
       "improved?  If so, please report an enhancement request to PyTorch.)"},
      {[&] { bernoulli(i64(1), g); }, "\"bernoulli_tensor_cpu_p_\" not implemented for 'Long'"},
      {[&] { randint(5, 5, {2}, DType::Int64, g); },
       "random_ expects 'from' to be less than 'to', but got from=5 >= to=5"},
      {[&] { randint(0, 300, {2}, DType::UInt8, g); }, "to - 1 is out of bounds for unsigned char"},
      {[&] { randint(0, int64_t{1} << 40, {2}, DType::Int32, g); },
       "to - 1 is out of bounds for int"},
      {[&] { fill_random(u8(2), -1, 5, g); }, "from is out of bounds for unsigned char"},
      {[&] { rand({2}, DType::Int64, g); }, "\"check_uniform_bounds\" not implemented for 'Long'"},
      {[&] { randn({2}, DType::Int64, g); }, "\"normal_kernel_cpu\" not implemented for 'Long'"},
      {[&] { fill_uniform(f32(3), 2, 1, g); },
       "uniform_ expects to return a [from, to) range, but found from=2 > to=1"},
      {[&] { fill_normal(f32(3), 0, -1, g); }, "normal expects std >= 0.0, but found std -1"},
      {[&] { fill_bernoulli(f32(3), 1.5, g); },
       "bernoulli_ expects p to be in [0, 1], but got p=1.5"},
      {[&] { fill_exponential(f32(3), -1, g); },
       "exponential_ expects lambda >= 0.0, but found lambda=-1"},
      {[&] { fill_geometric(f32(3), 1, g); }, "geometric_ expects p to be in (0, 1), but got p=1"},
      {[&] { fill_uniform(f32(1).expand({3}), 0, 1, g); },
       "unsupported operation: more than one element of the written-to tensor refers to a single "
       "memory location. Please clone() the tensor before performing the operation."},
      {[&] { dropout_noise(i64(3), .5, g); },
       "result type Float can't be cast to the desired output type Long"},
  };
  for (const auto& [body, text] : cases) CHECK_THROWS_MATCHES(body(), Error, Message(text));
}

TEST_CASE("integers drawn into floats stay within their bounds", "[random]") {
  // 2^25 - 1 has no float; 2^25 - 2 is the largest below.
  Generator generator(0);
  const Tensor tensor = Tensor::empty({2000}, DType::Float32);
  const int64_t high = (int64_t{1} << 25) - 1;
  fill_random(tensor, high - 10, high, generator);
  for (int64_t i = 0; i < tensor.numel(); ++i) {
    REQUIRE(tensor.data<float>()[i] >= static_cast<float>(high - 11));
    REQUIRE(static_cast<int64_t>(tensor.data<float>()[i]) < high);
  }
}

TEST_CASE("nothing to fill draws nothing", "[random]") {
  Generator generator(0), untouched(0);
  fill_normal(Tensor::empty({0, 4}, DType::Float32), 0, 1, generator);
  fill_uniform(Tensor::empty({3, 0}, DType::Float64), 0, 1, generator);
  randperm(0, DType::Int64, generator);
  CHECK(generator.random64() == untouched.random64());
}

TEST_CASE("empty_like keeps the order of memory and drops gaps", "[layout]") {
  const Tensor base = Tensor::empty({4, 5, 6}, DType::Float32);
  CHECK(is_dense(base.permute(Dims{2, 0, 1})));
  CHECK(empty_like(base.permute(Dims{2, 0, 1}), DType::Int64).strides() == Dims{1, 30, 6});
  const Tensor gaps = base.permute(Dims{2, 0, 1}).narrow(1, 0, 2);
  CHECK(is_dense(gaps));
  const Tensor holes = base.permute(Dims{2, 0, 1}).narrow(2, 0, 2);
  CHECK_FALSE(is_dense(holes));
  CHECK(empty_like(holes, DType::Float32).strides() == Dims{1, 12, 6});
  CHECK(empty_like(base.narrow(2, 0, 1), DType::Float32).strides() == Dims{5, 1, 1});
  CHECK(
      empty_like(Tensor::empty({1, 3}, DType::Float32).expand({2, 3}), DType::Float32).strides() ==
      Dims{3, 1});
}
