// Times the kernels, each instruction set of this machine in turn, next to what the machine could
// do at most (a loop of multiply-adds that touches no memory).
//
//   bench_kernels [ISA...]
//
// Each time is the least of many runs.
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "clock.h"
#include "kernels/kernels.h"
#include "peak.h"

using namespace gradpad;
using namespace gradpad::kernels;

using bench::now;

namespace {

/// The least seconds of one call, over about 0.2 s of calls.
template <class Body>
double seconds(const Body& body) {
  body();
  double best = 1e9, total = 0;
  int64_t calls = 1;
  while (total < 0.2) {
    const double start = now();
    for (int64_t i = 0; i < calls; ++i) body();
    const double time = now() - start;
    total += time;
    const double one = time / static_cast<double>(calls);
    if (one < best) best = one;
    if (time < 2e-3) calls *= 2;
  }
  return best;
}

std::vector<float> numbers(int64_t n) {
  std::vector<float> values(static_cast<size_t>(n));
  uint32_t state = 1;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(state >> 8) / 8388608.0f - 1.0f;
  }
  return values;
}

double peak;

void say_rate(const std::string& what, double operations, double time) {
  const double rate = operations / time * 1e-9;
  std::printf("  %-38s %8.1f GFLOP/s  %5.1f%% of peak  %9.2f us\n", what.c_str(), rate,
              100 * rate / peak, time * 1e6);
}

void say_time(const std::string& what, double time, double elements) {
  std::printf("  %-38s %9.2f us  %7.3f ns an element\n", what.c_str(), time * 1e6,
              time / elements * 1e9);
}

void matrices(const KernelTable& table) {
  struct Case {
    const char* name;
    int64_t m, n, k;
    bool a_transposed, b_transposed;
  };
  const Case cases[] = {
      {"matmul 512", 512, 512, 512, false, false},
      {"matmul 512, B transposed", 512, 512, 512, false, true},
      {"matmul 512, A transposed", 512, 512, 512, true, false},
      {"matmul 1024", 1024, 1024, 1024, false, false},
      {"matmul 256", 256, 256, 256, false, false},
      {"matmul 64", 64, 64, 64, false, false},
      {"matmul 32", 32, 32, 32, false, false},
      {"matmul 16", 16, 16, 16, false, false},
      {"matmul 8", 8, 8, 8, false, false},
      {"matmul 3", 3, 3, 3, false, false},
      {"MLP layer 1 forward  64x784 -> 256", 64, 256, 784, false, true},
      {"MLP layer 2 forward  64x256 -> 10", 64, 10, 256, false, true},
      {"MLP layer 2 backward, input", 64, 256, 10, false, false},
      {"MLP layer 2 backward, weight", 10, 256, 64, true, false},
      {"MLP layer 1 backward, weight", 256, 784, 64, true, false},
      {"matrix 256x784 times vector", 256, 1, 784, false, false},
  };
  double mlp = 0;
  for (const Case& c : cases) {
    const auto a = numbers(c.m * c.k), b = numbers(c.k * c.n);
    std::vector<float> out(static_cast<size_t>(c.m * c.n));
    Gemm<float> g;
    g.m = c.m, g.n = c.n, g.k = c.k;
    g.a = a.data(), g.a_row = c.a_transposed ? 1 : c.k, g.a_col = c.a_transposed ? c.m : 1;
    g.b = b.data(), g.b_row = c.b_transposed ? 1 : c.n, g.b_col = c.b_transposed ? c.k : 1;
    g.c = out.data(), g.c_row = c.n;
    const double time = seconds([&] { table.f32.gemm(g); });
    say_rate(c.name, 2.0 * static_cast<double>(c.m * c.n * c.k), time);
    if (std::strncmp(c.name, "MLP", 3) == 0) mlp += time;
  }
  std::printf("  %-38s %9.2f us\n", "all products of an MLP step", mlp * 1e6);
}

void convolutions(const KernelTable& table) {
  ConvShape s;
  s.batch = 8, s.in_channels = 16, s.out_channels = 32;
  for (int d = 0; d < 2; ++d) s.in[d] = s.out[d] = 32, s.kernel[d] = 3, s.padding[d] = 1;
  auto in = numbers(8 * 16 * 32 * 32), weight = numbers(32 * 16 * 9),
       out = numbers(8 * 32 * 32 * 32);
  const double operations = 2.0 * 8 * 32 * 144 * 1024;
  say_rate("conv2d 8x16x32x32 -> 32, 3x3", operations,
           seconds([&] { table.f32.conv(s, in.data(), weight.data(), nullptr, out.data()); }));
  say_rate("  gradient of the input", operations,
           seconds([&] { table.f32.conv_grad_input(s, out.data(), weight.data(), in.data()); }));
  say_rate("  gradient of the weight", operations,
           seconds([&] { table.f32.conv_grad_weight(s, out.data(), in.data(), weight.data()); }));
  PoolShape p;
  p.planes = 8 * 32;
  for (int d = 0; d < 2; ++d) p.in[d] = 32, p.out[d] = 16, p.kernel[d] = p.stride[d] = 2;
  const auto planes = numbers(p.planes * 1024);
  std::vector<float> pooled(static_cast<size_t>(p.planes * 256));
  std::vector<int64_t> indices(pooled.size());
  say_time("max_pool2d 8x32x32x32, 2x2",
           seconds([&] { table.f32.max_pool(p, planes.data(), pooled.data(), indices.data()); }),
           static_cast<double>(planes.size()));
}

void rows(const KernelTable& table) {
  const auto in = numbers(1000 * 1000);
  std::vector<float> out(in.size());
  std::vector<int64_t> indices(1000);
  const ReduceShape last{1000, 1000, 1}, first{1, 1000, 1000};
  const ReduceFn sum = table.reduce(ReduceOp::Sum, DType::Float32);
  say_time("sum 1000x1000, last dimension", seconds([&] { sum(out.data(), in.data(), last); }),
           1e6);
  say_time("sum 1000x1000, first dimension", seconds([&] { sum(out.data(), in.data(), first); }),
           1e6);
  const ArgReduceFn argmax = table.arg_max[static_cast<int>(DType::Float32)];
  say_time("argmax 1000x1000, last dimension",
           seconds([&] { argmax(out.data(), indices.data(), in.data(), last); }), 1e6);
  say_time("softmax 1000x1000, last dimension",
           seconds([&] { table.f32.softmax(out.data(), in.data(), last); }), 1e6);
  say_time("log_softmax 64x10",
           seconds([&] { table.f32.log_softmax(out.data(), in.data(), {64, 10, 1}); }), 640);
  const int64_t shape[] = {1000, 1000}, across[] = {4, 4000}, along[] = {4000, 4};
  say_time(
      "copy of a 1000x1000 transpose", seconds([&] {
        find_memory(DeviceType::CPU)
            ->copy({reinterpret_cast<char*>(out.data()), DType::Float32, along},
                   {reinterpret_cast<char*>(const_cast<float*>(in.data())), DType::Float32, across},
                   shape, 2);
      }),
      1e6);
}

}  // namespace

int main(int argc, char** argv) {
  for (const Isa isa : available_isas()) {
    bool wanted = argc == 1;
    for (int i = 1; i < argc; ++i) wanted |= std::strcmp(argv[i], isa_name(isa)) == 0;
    if (!wanted) continue;
    peak = bench::peak_flops(isa) * 1e-9;
    std::printf("%s: at most %.1f GFLOP/s (float32)\n", isa_name(isa), peak);
    const KernelTable& table = kernels_of(isa);
    matrices(table);
    convolutions(table);
    rows(table);
  }
}
