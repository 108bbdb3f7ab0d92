// Convolution and its two derivatives, as matrix products over blocks of im2col (columns.h). For
// one image and group, with W [out][rows] and X [rows][pixels] the columns of the padded image:
//   Y = W X,   dX = W^T dY (then added back into the image),   dW^T = sum X dY^T
#include <cstring>

#include "kernels/cpu/columns.h"
#include "kernels/cpu/workspace.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

/// Elements of a block of columns: half of a small second-level cache.
constexpr int64_t kBlockElements = 48 * 1024;

template <class T>
int64_t block_pixels(const ColumnsShape& columns) {
  const int64_t width = kPanelWidth<T>;
  const int64_t fit = kBlockElements / columns.rows() / width * width;
  return fit > width ? fit : width;
}

int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/// Calls body(image, group, in, weight, out) with the offsets of each image and group.
template <class Body>
void each_group(const ConvShape& s, const Body& body) {
  const int64_t in_channels = s.in_channels / s.groups, out_channels = s.out_channels / s.groups;
  const int64_t in_size = in_channels * s.in[0] * s.in[1];
  const int64_t weight_size = out_channels * in_channels * s.kernel[0] * s.kernel[1];
  const int64_t out_size = out_channels * s.out[0] * s.out[1];
  for (int64_t n = 0; n < s.batch; ++n) {
    for (int64_t g = 0; g < s.groups; ++g) {
      const int64_t at = n * s.groups + g;
      body(g, at * in_size, g * weight_size, at * out_size);
    }
  }
}

bool padded(const ConvShape& s) { return s.padding[0] > 0 || s.padding[1] > 0; }

/// The group's image with its padding, and kSlack elements after it.
template <class T>
const T* padded_copy(const ConvShape& s, const ColumnsShape& columns, const T* in) {
  T* const image = scratch_of<T>(Scratch::Image, columns.image_size() + kSlack<T>);
  pad_image<T>(s, columns, in, image);
  return image;
}

template <class T>
void conv(const ConvShape& s, const T* in, const T* weight, const T* bias, T* out) {
  const ColumnsShape columns(s);
  const int64_t rows = columns.rows(), pixels = columns.pixels();
  const int64_t out_channels = s.out_channels / s.groups;
  const int64_t block = block_pixels<T>(columns);
  each_group(s, [&](int64_t group, int64_t in_at, int64_t weight_at, int64_t out_at) {
    T* const y = out + out_at;
    if (bias != nullptr) {
      for (int64_t c = 0; c < out_channels; ++c) {
        const Batch<T> value(bias[group * out_channels + c]);
        for (int64_t i = 0; i < pixels; i += kLanes<T>) {
          storeu_part<T>(y + c * pixels + i, value, smaller(kLanes<T>, pixels - i));
        }
      }
    }
    Gemm<T> g;
    g.m = out_channels;
    g.k = rows;
    g.a = weight + weight_at;
    g.a_row = rows;
    g.c_row = pixels;
    g.beta = bias != nullptr ? T(1) : T(0);
    if (columns.is_image() || rows == 0) {
      g.n = pixels;
      g.b = in + in_at;
      g.b_row = pixels;
      g.c = y;
      gemm<T>(g);
      return;
    }
    const T* const image = padded_copy<T>(s, columns, in + in_at);
    T* const panels =
        scratch_of<T>(Scratch::Columns, rows * (smaller(block, pixels) + kPanelWidth<T>)+kSlack<T>);
    for (int64_t begin = 0; begin < pixels; begin += block) {
      g.n = smaller(block, pixels - begin);
      g.c = y + begin;
      fill_panels<T>(columns, image, begin, begin + g.n, panels);
      gemm_packed<T>(g, panels);
    }
  });
}

template <class T>
void conv_grad_input(const ConvShape& s, const T* grad_out, const T* weight, T* grad_in) {
  const ColumnsShape columns(s);
  const int64_t rows = columns.rows(), pixels = columns.pixels();
  const int64_t block = block_pixels<T>(columns);
  each_group(s, [&](int64_t, int64_t in_at, int64_t weight_at, int64_t out_at) {
    Gemm<T> g;
    g.m = rows;
    g.k = s.out_channels / s.groups;
    g.a = weight + weight_at;
    g.a_row = 1;
    g.a_col = rows;
    g.b_row = pixels;
    T* const x = grad_in + in_at;
    if (columns.is_image()) {
      g.n = pixels;
      g.b = grad_out + out_at;
      g.c = x;
      g.c_row = pixels;
      gemm<T>(g);
      return;
    }
    T* const image = padded(s) ? scratch_of<T>(Scratch::Image, columns.image_size()) : x;
    std::memset(image, 0, static_cast<size_t>(columns.image_size()) * sizeof(T));
    T* const buffer = scratch_of<T>(Scratch::Columns, rows * smaller(block, pixels));
    for (int64_t begin = 0; begin < pixels; begin += block) {
      g.n = g.c_row = smaller(block, pixels - begin);
      g.b = grad_out + out_at + begin;
      g.c = buffer;
      gemm<T>(g);
      add_back<T>(columns, buffer, begin, begin + g.n, image);
    }
    if (!padded(s)) return;
    for (int64_t c = 0; c < columns.channels; ++c) {
      for (int64_t row = 0; row < s.in[0]; ++row) {
        copy_exactly<T>(
            x + (c * s.in[0] + row) * s.in[1],
            image + (c * columns.image[0] + row + s.padding[0]) * columns.image[1] + s.padding[1],
            s.in[1]);
      }
    }
  });
}

template <class T>
void conv_grad_weight(const ConvShape& s, const T* grad_out, const T* in, T* grad_weight) {
  const ColumnsShape columns(s);
  const int64_t rows = columns.rows(), pixels = columns.pixels();
  const int64_t out_channels = s.out_channels / s.groups;
  const int64_t block = block_pixels<T>(columns);
  // Transposed, so that the columns are the left factor, whose rows are read in place.
  const int64_t size = rows * out_channels;
  T* const sums = scratch_of<T>(Scratch::Sums, size * s.groups);
  std::memset(sums, 0, static_cast<size_t>(size * s.groups) * sizeof(T));
  each_group(s, [&](int64_t group, int64_t in_at, int64_t, int64_t out_at) {
    Gemm<T> g;
    g.m = rows;
    g.n = out_channels;
    g.b_row = 1;
    g.b_col = pixels;
    g.c = sums + group * size;
    g.c_row = out_channels;
    g.beta = T(1);
    if (columns.is_image()) {
      g.k = g.a_row = pixels;
      g.a = in + in_at;
      g.b = grad_out + out_at;
      gemm<T>(g);
      return;
    }
    const T* const image = padded_copy<T>(s, columns, in + in_at);
    T* const buffer = scratch_of<T>(Scratch::Columns, rows * smaller(block, pixels) + kSlack<T>);
    for (int64_t begin = 0; begin < pixels; begin += block) {
      g.k = g.a_row = smaller(block, pixels - begin);
      g.b = grad_out + out_at + begin;
      g.a = buffer;
      fill_rows<T>(columns, image, begin, begin + g.k, buffer);
      gemm<T>(g);
    }
  });
  for (int64_t group = 0; group < s.groups; ++group) {
    for (int64_t c = 0; c < out_channels; ++c) {
      for (int64_t r = 0; r < rows; ++r) {
        grad_weight[group * size + c * rows + r] = sums[group * size + r * out_channels + c];
      }
    }
  }
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.conv = conv<T>;
  kernels.conv_grad_input = conv_grad_input<T>;
  kernels.conv_grad_weight = conv_grad_weight<T>;
}

}  // namespace

void add_convolution(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels::GRADPAD_ISA
