// im2col in blocks: the matrix whose rows are (channel, kernel row, kernel column) and whose
// columns are output pixels, so that a convolution is a matrix product. A block of some pixels is
// made at a time, never the whole.
#pragma once

#include <cstring>

#include "kernels/cpu/cpu_kernels.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

/// One image of one group, padded.
struct ColumnsShape {
  int64_t channels;
  int64_t image[2];  // padded
  int64_t kernel[2], out[2], stride[2], dilation[2];

  explicit ColumnsShape(const ConvShape& s)
      : channels(s.in_channels / s.groups),
        image{s.in[0] + 2 * s.padding[0], s.in[1] + 2 * s.padding[1]},
        kernel{s.kernel[0], s.kernel[1]},
        out{s.out[0], s.out[1]},
        stride{s.stride[0], s.stride[1]},
        dilation{s.dilation[0], s.dilation[1]} {}

  int64_t rows() const { return channels * kernel[0] * kernel[1]; }
  int64_t pixels() const { return out[0] * out[1]; }
  int64_t image_size() const { return channels * image[0] * image[1]; }
  /// Whether the matrix is the image itself.
  bool is_image() const {
    return kernel[0] == 1 && kernel[1] == 1 && stride[0] == 1 && stride[1] == 1 &&
           image[0] == out[0] && image[1] == out[1];
  }
};

/// Consecutive pixels of one row of the output: where they start in a block of pixels, and in the
/// image for the first row of the matrix. They are stride[1] apart there.
struct Run {
  int64_t within, length, at;
};

/// A place among the pixels of the output.
struct Pixel {
  int64_t y, x;
  Pixel(const ColumnsShape& s, int64_t index) : y(index / s.out[1]), x(index % s.out[1]) {}
};

/// Calls body(run) for the runs that make up `count` pixels, and steps over them.
template <class Body>
GRADPAD_INLINE void each_run(const ColumnsShape& s, Pixel& pixel, int64_t count, const Body& body) {
  for (int64_t done = 0; done < count;) {
    const int64_t left = s.out[1] - pixel.x;
    const int64_t length = left < count - done ? left : count - done;
    body(Run{done, length, pixel.y * s.stride[0] * s.image[1] + pixel.x * s.stride[1]});
    done += length;
    pixel.x += length;
    if (pixel.x == s.out[1]) {
      pixel.x = 0;
      ++pixel.y;
    }
  }
}

/// Calls body(offset) for the rows of the matrix in order; the offset is to be added to Run::at.
template <class Body>
GRADPAD_INLINE void each_row(const ColumnsShape& s, const Body& body) {
  for (int64_t c = 0; c < s.channels; ++c) {
    for (int64_t ky = 0; ky < s.kernel[0]; ++ky) {
      const int64_t at = (c * s.image[0] + ky * s.dilation[0]) * s.image[1];
      for (int64_t kx = 0; kx < s.kernel[1]; ++kx) body(at + kx * s.dilation[1]);
    }
  }
}

/// Beyond what is asked for, copy_over may read and write so many elements.
template <class T>
inline constexpr int64_t kSlack = kLanes<T>;

/// Copies whole registers, so up to kSlack elements too many.
template <class T>
GRADPAD_INLINE void copy_over(T* out, const T* in, int64_t n) {
  for (int64_t i = 0; i < n; i += kLanes<T>) storeu<T>(out + i, loadu<T>(in + i));
}

template <class T>
GRADPAD_INLINE void copy_run(T* out, const T* in, const Run& run, int64_t step) {
  if (step == 1) return copy_over<T>(out + run.within, in + run.at, run.length);
  for (int64_t i = 0; i < run.length; ++i) out[run.within + i] = in[run.at + i * step];
}

/// The pixels [begin, end) in panels as gemm_packed takes them, one after the other. What copy_over
/// writes too much is overwritten by what follows; `panels` has kSlack elements more than it needs.
template <class T>
void fill_panels(const ColumnsShape& s, const T* image, int64_t begin, int64_t end, T* panels) {
  constexpr int64_t kWidth = kPanelWidth<T>;
  const int64_t step = s.stride[1];
  Pixel pixel(s, begin);
  for (int64_t start = begin; start < end; start += kWidth) {
    const int64_t count = end - start < kWidth ? end - start : kWidth;
    Run runs[kWidth];
    int64_t used = 0;
    each_run(s, pixel, count, [&](const Run& run) { runs[used++] = run; });
    T* to = panels;
    panels += s.rows() * kWidth;
    if (used == 1 && count == kWidth && step == 1) {
      const T* const from = image + runs[0].at;
      each_row(s, [&](int64_t offset) {
        for (int64_t i = 0; i < kWidth; i += kLanes<T>) {
          storeu<T>(to + i, loadu<T>(from + offset + i));
        }
        to += kWidth;
      });
      continue;
    }
    if (count < kWidth) {
      std::memset(to, 0, static_cast<size_t>(s.rows() * kWidth) * sizeof(T));
    }
    each_row(s, [&](int64_t offset) {
      for (int64_t i = 0; i < used; ++i) copy_run<T>(to, image + offset, runs[i], step);
      to += kWidth;
    });
  }
}

/// The pixels [begin, end) as the matrix itself, row by row; kSlack as above.
template <class T>
void fill_rows(const ColumnsShape& s, const T* image, int64_t begin, int64_t end, T* rows) {
  const Pixel first(s, begin);
  each_row(s, [&](int64_t offset) {
    Pixel pixel = first;
    each_run(s, pixel, end - begin,
             [&](const Run& run) { copy_run<T>(rows, image + offset, run, s.stride[1]); });
    rows += end - begin;
  });
}

/// Adds rows[][end - begin] back to where fill_rows takes them from.
template <class T>
void add_back(const ColumnsShape& s, const T* rows, int64_t begin, int64_t end, T* image) {
  const int64_t step = s.stride[1];
  const Pixel first(s, begin);
  each_row(s, [&](int64_t offset) {
    Pixel pixel = first;
    each_run(s, pixel, end - begin, [&](const Run& run) {
      const T* const from = rows + run.within;
      T* const to = image + offset + run.at;
      int64_t i = 0;
      if (step == 1) {
        for (; i + kLanes<T> <= run.length; i += kLanes<T>) {
          storeu<T>(to + i, loadu<T>(to + i) + loadu<T>(from + i));
        }
      }
      for (; i < run.length; ++i) to[i * step] += from[i];
    });
    rows += end - begin;
  });
}

/// n elements and no more.
template <class T>
GRADPAD_INLINE void copy_exactly(T* out, const T* in, int64_t n) {
  int64_t i = 0;
  for (; i + kLanes<T> <= n; i += kLanes<T>) storeu<T>(out + i, loadu<T>(in + i));
  if (i < n) storeu_part<T>(out + i, loadu_part<T>(in + i, n - i), n - i);
}

/// The image with zeros around it.
template <class T>
void pad_image(const ConvShape& s, const ColumnsShape& c, const T* in, T* image) {
  for (int64_t channel = 0; channel < c.channels; ++channel) {
    for (int64_t y = 0; y < c.image[0]; ++y, image += c.image[1]) {
      const int64_t from = y - s.padding[0];
      if (from < 0 || from >= s.in[0]) {
        for (int64_t x = 0; x < c.image[1]; ++x) image[x] = T(0);
        continue;
      }
      for (int64_t x = 0; x < s.padding[1]; ++x) image[x] = image[c.image[1] - 1 - x] = T(0);
      copy_exactly<T>(image + s.padding[1], in + (channel * s.in[0] + from) * s.in[1], s.in[1]);
    }
  }
}

}  // namespace
}  // namespace gradpad::kernels::GRADPAD_ISA
