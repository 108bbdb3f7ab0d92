// Operations on images: resizing, windows as columns, and channels as pixels.
#pragma once

#include <optional>
#include <string>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// Resized to `size`, or by `scale_factor`. mode: "nearest", "linear" for [N, C, L], "bilinear" for
/// [N, C, H, W], "area". align_corners: the corners' centres stay where they are.
Variable interpolate(const Variable& input, const std::optional<Dims>& size,
                     std::optional<double> scale_factor, const std::string& mode = "nearest",
                     std::optional<bool> align_corners = {});

/// Windows of images [N, C, H, W] as columns: [N, C * kernel, windows].
Variable im2col(const Variable& input, const Dims& kernel_size, const Dims& dilation = {1},
                const Dims& padding = {0}, const Dims& stride = {1});
/// The transpose of im2col: columns added up to images of `output_size`.
Variable col2im(const Variable& input, const Dims& output_size, const Dims& kernel_size,
                const Dims& dilation = {1}, const Dims& padding = {0}, const Dims& stride = {1});

/// [..., C * r * r, H, W] to [..., C, H * r, W * r].
Variable pixel_shuffle(const Variable& input, int64_t upscale_factor);
Variable pixel_unshuffle(const Variable& input, int64_t downscale_factor);

}  // namespace gradpad
