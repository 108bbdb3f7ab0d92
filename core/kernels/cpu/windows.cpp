// Windows of images as columns, and columns added up to images.
#include <algorithm>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

/// Calls `body(column element, image element)` for each pair inside the image.
template <class Body>
void for_each_pair(const WindowShape& w, Body body) {
  int64_t column = 0;
  for (int64_t plane = 0; plane < w.planes; ++plane) {
    for (int64_t k = 0; k < w.kernel[0] * w.kernel[1]; ++k) {
      const int64_t ky = k / w.kernel[1] * w.dilation[0] - w.padding[0];
      const int64_t kx = k % w.kernel[1] * w.dilation[1] - w.padding[1];
      for (int64_t i = 0; i < w.out[0]; ++i) {
        for (int64_t j = 0; j < w.out[1]; ++j, ++column) {
          const int64_t y = i * w.stride[0] + ky, x = j * w.stride[1] + kx;
          if (y < 0 || y >= w.in[0] || x < 0 || x >= w.in[1]) continue;
          body(column, (plane * w.in[0] + y) * w.in[1] + x);
        }
      }
    }
  }
}

template <class T>
void im2col(const WindowShape& w, const T* images, T* columns) {
  std::fill_n(columns, w.planes * w.kernel[0] * w.kernel[1] * w.out[0] * w.out[1], T(0));
  for_each_pair(w, [&](int64_t column, int64_t place) { columns[column] = images[place]; });
}

template <class T>
void col2im(const WindowShape& w, const T* columns, T* images) {
  std::fill_n(images, w.planes * w.in[0] * w.in[1], T(0));
  for_each_pair(w, [&](int64_t column, int64_t place) { images[place] += columns[column]; });
}

}  // namespace

void add_windows(KernelTable& table) {
  table.f32.im2col = im2col<float>;
  table.f64.im2col = im2col<double>;
  table.f32.col2im = col2im<float>;
  table.f64.col2im = col2im<double>;
}

}  // namespace gradpad::kernels
