// The matrix product of floating types, blocked for the caches as in Goto and van de Geijn,
// "Anatomy of High-Performance Matrix Multiplication" (2008): a block of B (depth x columns) and a
// block of A (rows x depth) are packed, and a micro-kernel runs over pairs of panels. Where a
// matrix is read so few times that packing would cost more than it saves, the micro-kernel reads it
// in place.
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/gemm_micro.h"
#include "kernels/cpu/gemm_pack.h"
#include "kernels/cpu/workspace.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

// Tiles are R rows x 2 registers (1 at the right edge), and R is limited by the registers: 2 R
// sums, 2 of B, 1 or 2 of A. "Direct" tiles read rows of A in place, at one address register a row;
// the others a panel packed k-major. WebAssembly has direct ones only, for the size of the module:
// they are as fast there, so A is packed row by row, and only if its rows are not contiguous.
#if defined(GRADPAD_ISA_AVX512)
constexpr int64_t kMaxRows = 14;
constexpr int64_t kMaxDirectRows = 8;
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
constexpr int64_t kMaxRows = 6;
constexpr int64_t kMaxDirectRows = 6;
#else
constexpr int64_t kMaxRows = 6;
constexpr int64_t kMaxDirectRows = 4;
#endif
constexpr bool kPanelsOfA = !kWasm;
constexpr int kMaxRegisters = 2;
static_assert(kPanelWidth<float> == kMaxRegisters * kLanes<float>);

// A panel of B (kDepth x 2 registers) stays in the first-level cache, a block of A (kBlockRows x
// kDepth) in the second, a block of B (kDepth x kBlockColumns) in the second or third.
constexpr int64_t kDepth = 256;
constexpr int64_t kBlockRows = 168;
constexpr int64_t kBlockColumns = 1024;

// Packing B pays when at least so many rows of A use it, packing A when so many columns of B do.
constexpr int64_t kPackBRows = 4 * kMaxRows;
constexpr int64_t kPackAColumns = 256;

template <class T>
struct RowOption {
  int64_t rows;
  MicroKernel<T> panel[kMaxRegisters];
  MicroKernel<T> direct[kMaxRegisters];
};

template <class T, int R>
constexpr RowOption<T> row_option() {
  RowOption<T> option{R, {}, {}};
  if constexpr (kPanelsOfA) {
    option.panel[0] = micro_kernel<T, R, 1, true>;
    option.panel[1] = micro_kernel<T, R, 2, true>;
  }
  if constexpr (R <= kMaxDirectRows) {
    option.direct[0] = micro_kernel<T, R, 1, false>;
    option.direct[1] = micro_kernel<T, R, 2, false>;
  }
  return option;
}

/// Descending.
template <class T>
constexpr RowOption<T> kRowOptions[] = {
#if defined(GRADPAD_ISA_AVX512)
    row_option<T, 14>(), row_option<T, 12>(), row_option<T, 10>(), row_option<T, 8>(),
#endif
    row_option<T, 6>(),  row_option<T, 4>(),  row_option<T, 2>(),  row_option<T, 1>(),
};

/// The smallest tile that holds `rows`.
template <class T>
const RowOption<T>& option_for(int64_t rows) {
  const RowOption<T>* best = &kRowOptions<T>[0];
  for (const RowOption<T>& option : kRowOptions<T>) {
    if (option.rows >= rows) best = &option;
  }
  return *best;
}

int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/// The time that a tile takes, in arbitrary units: below four rows its sums wait for each other.
int64_t tile_cost(int64_t rows) { return 5 * (rows > 4 ? rows : 4) + 2; }

/// The tile, of at most `most` rows, that goes through m rows in the least time: for 32 rows that
/// is 8 of 4 rather than 5 of 6 and one of 2.
template <class T>
const RowOption<T>& best_option(int64_t m, int64_t most) {
  const RowOption<T>* best = nullptr;
  int64_t least = 0;
  for (const RowOption<T>& option : kRowOptions<T>) {
    if (option.rows > most) continue;
    const int64_t rest = m % option.rows;
    const int64_t cost = m / option.rows * tile_cost(option.rows) +
                         (rest > 0 ? tile_cost(option_for<T>(rest).rows) : 0);
    if (best == nullptr || cost < least) {
      best = &option;
      least = cost;
    }
  }
  return *best;
}

/// One product, and what stays the same throughout it.
template <class T>
class Product {
 public:
  /// `panels`: B, packed already as gemm_packed takes it; null to read it from g.
  explicit Product(const Gemm<T>& g, const T* panels = nullptr)
      : g_(g),
        given_(panels),
        panels_(kPanelsOfA && (g.n >= kPackAColumns || g.a_col != 1)),
        pack_b_(panels != nullptr || g.b_col != 1 || g.m >= kPackBRows),
        tile_(best_option<T>(g.m, panels_ ? kMaxRows : kMaxDirectRows)) {}

  void run() {
    for (int64_t j0 = 0; j0 < g_.n; j0 += kBlockColumns) {
      columns_ = smaller(kBlockColumns, g_.n - j0);
      full_ = columns_ / kWidth * kWidth;
      for (int64_t k0 = 0; k0 < g_.k; k0 += kDepth) {
        depth_ = smaller(kDepth, g_.k - k0);
        beta_ = k0 == 0 ? g_.beta : T(1);
        if (given_ != nullptr) {
          take_b(given_ + j0 * g_.k + k0 * kWidth);
        } else {
          pack_b(g_.b + k0 * g_.b_row + j0 * g_.b_col);
        }
        const int64_t block = kBlockRows / tile_.rows * tile_.rows;
        for (int64_t i0 = 0; i0 < g_.m; i0 += block) {
          rows_ = smaller(block, g_.m - i0);
          pack_a(g_.a + i0 * g_.a_row + k0 * g_.a_col);
          multiply(g_.c + i0 * g_.c_row + j0);
        }
      }
    }
  }

 private:
  static constexpr int64_t kWidth = kPanelWidth<T>;

  void take_b(const T* panels) {
    packed_b_ = panels;
    packed_rest_ = panels + full_ * g_.k;
    rest_width_ = kWidth;
    panel_depth_ = g_.k;
  }

  /// The columns that do not fill a tile are packed in any case: their row ends within a register.
  void pack_b(const T* b) {
    b_ = b;
    const int64_t rest = columns_ - full_;
    rest_width_ = rest <= kLanes<T> ? kLanes<T> : kWidth;
    const int64_t packed = pack_b_ ? full_ : 0;
    T* const to = scratch_of<T>(Scratch::PackedB, depth_ * (packed + rest_width_));
    for (int64_t j = 0; j < packed; j += kWidth) {
      pack_panel<T>(to + j * depth_, kWidth, b + j * g_.b_col, g_.b_col, g_.b_row, kWidth, depth_);
    }
    if (rest > 0) {
      pack_panel<T>(to + packed * depth_, rest_width_, b + full_ * g_.b_col, g_.b_col, g_.b_row,
                    rest, depth_);
    }
    packed_b_ = to;
    packed_rest_ = to + packed * depth_;
    panel_depth_ = depth_;
  }

  void pack_a(const T* a) {
    if (panels_) {
      T* const packed = scratch_of<T>(Scratch::PackedA, (rows_ + kMaxRows) * depth_);
      for (int64_t i = 0; i < rows_; i += tile_.rows) {
        const int64_t count = smaller(tile_.rows, rows_ - i);
        pack_panel<T>(packed + i * depth_, option_for<T>(count).rows, a + i * g_.a_row, g_.a_row,
                      g_.a_col, count, depth_);
      }
      a_ = packed;
      a_row_ = depth_;
    } else if (g_.a_col != 1) {
      // Row by row: a "panel" as wide as the block is deep.
      T* const packed = scratch_of<T>(Scratch::PackedA, rows_ * depth_);
      pack_panel<T>(packed, depth_, a, g_.a_col, g_.a_row, depth_, rows_);
      a_ = packed;
      a_row_ = depth_;
    } else {
      a_ = a;
      a_row_ = g_.a_row;
    }
  }

  void multiply(T* c) const {
    for (int64_t j = 0; j < columns_; j += kWidth) {
      const int64_t count = smaller(kWidth, columns_ - j);
      const bool in_place = j < full_ && !pack_b_;
      const T* const b = in_place    ? b_ + j
                         : j < full_ ? packed_b_ + j * panel_depth_
                                     : packed_rest_;
      const int64_t b_row = in_place ? g_.b_row : j < full_ ? kWidth : rest_width_;
      const int registers = count <= kLanes<T> ? 0 : 1;
      for (int64_t i = 0; i < rows_; i += tile_.rows) {
        const TileOut<T> out{
            c + i * g_.c_row + j, g_.c_row, smaller(tile_.rows, rows_ - i), count, g_.alpha, beta_};
        const RowOption<T>& option = out.rows == tile_.rows ? tile_ : option_for<T>(out.rows);
        const T* a = a_ + i * a_row_;
        const MicroKernel<T>* const kernels = panels_ ? option.panel : option.direct;
        kernels[registers](depth_, a, a_row_, b, b_row, out);
      }
    }
  }

  const Gemm<T>& g_;
  const T* const given_;
  const bool panels_, pack_b_;
  const RowOption<T>& tile_;

  int64_t columns_ = 0, full_ = 0, rest_width_ = 0, depth_ = 0, panel_depth_ = 0, rows_ = 0;
  T beta_ = 0;
  const T* b_ = nullptr;
  const T* packed_b_ = nullptr;
  const T* packed_rest_ = nullptr;
  const T* a_ = nullptr;
  int64_t a_row_ = 0;
};

template <class T>
void scale(const Gemm<T>& g) {
  for (int64_t i = 0; i < g.m; ++i) {
    for (int64_t j = 0; j < g.n; ++j) {
      T& c = g.c[i * g.c_row + j];
      c = g.beta == T(0) ? T(0) : g.beta * c;
    }
  }
}

}  // namespace

template <class T>
void gemm(const Gemm<T>& g) {
  Gemm<T> one = g;
  for (int64_t i = 0; i < g.batch; ++i) {
    if (g.k <= 0) {
      scale(one);
    } else if (g.n == 1) {
      matvec<T>(Matvec<T>{g.m, g.k, one.a, g.a_row, g.a_col, one.b, g.b_row, one.c, g.c_row,
                          g.alpha, g.beta});
    } else if (g.m == 1) {
      matvec<T>(
          Matvec<T>{g.n, g.k, one.b, g.b_col, g.b_row, one.a, g.a_col, one.c, 1, g.alpha, g.beta});
    } else if (g.m > 0 && g.n > 0) {
      Product<T>(one).run();
    }
    one.a += g.a_batch;
    one.b += g.b_batch;
    one.c += g.c_batch;
  }
}

template <class T>
void gemm_packed(const Gemm<T>& g, const T* panels) {
  Product<T>(g, panels).run();
}

template void gemm_packed<float>(const Gemm<float>&, const float*);
template void gemm_packed<double>(const Gemm<double>&, const double*);
template void gemm<float>(const Gemm<float>&);
template void gemm<double>(const Gemm<double>&);

void add_gemm(KernelTable& table) {
  table.f32.gemm = gemm<float>;
  table.f64.gemm = gemm<double>;
  table.f32.dot = dot<float>;
  table.f64.dot = dot<double>;
}

}  // namespace gradpad::kernels::GRADPAD_ISA
