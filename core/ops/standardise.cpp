// Taking mean and deviation off, for each channel of [outer, channels, inner].
#include "gradpad/ops/norm.h"
#include "kernels/kernels.h"

namespace gradpad::ops {

namespace {

kernels::ChannelShape kernel_shape(const Channels& shape) {
  return {shape.outer, shape.channels, shape.inner};
}

}  // namespace

Statistics channel_statistics(const Tensor& input, const Channels& shape) {
  Statistics result{Tensor::empty({shape.channels}, input.dtype(), input.device()),
                    Tensor::empty({shape.channels}, input.dtype(), input.device())};
  dispatch_floating(input.dtype(), "batch_norm", [&]<class T>() {
    const auto& table = kernels::kernels(input.device()).of<T>();
    T *mean = result.mean.data<T>(), *deviations = result.deviations.data<T>();
    if (shape.inner == 1 || shape.outer == 1) {
      const kernels::ReduceShape reduce =
          shape.outer == 1 ? kernels::ReduceShape{shape.channels, shape.inner, 1}
                           : kernels::ReduceShape{1, shape.outer, shape.channels};
      table.moments(mean, deviations, input.data<T>(), reduce);
      return;
    }
    // Of every run first.
    const int64_t runs = shape.outer * shape.channels;
    const Tensor means = Tensor::empty({runs}, input.dtype(), input.device());
    const Tensor own = Tensor::empty({runs}, input.dtype(), input.device());
    table.moments(means.data<T>(), own.data<T>(), input.data<T>(), {runs, shape.inner, 1});
    table.merge_moments(kernel_shape(shape), means.data<T>(), own.data<T>(), mean, deviations);
  });
  return result;
}

Tensor inverse_deviations(const Tensor& variances, double scale, double eps) {
  Tensor result = Tensor::empty(variances.shape(), variances.dtype(), variances.device());
  dispatch_floating(variances.dtype(), "batch_norm", [&]<class T>() {
    kernels::kernels(variances.device())
        .of<T>()
        .inverse_deviations(variances.numel(), variances.data<T>(), scale, eps, result.data<T>());
  });
  return result;
}

Tensor standardised(const Tensor& input, const Channels& shape, const Tensor& mean,
                    const Tensor& inverse) {
  Tensor out = Tensor::empty(input.shape(), input.dtype(), input.device());
  dispatch_floating(input.dtype(), "batch_norm", [&]<class T>() {
    kernels::kernels_for(input, mean, inverse)
        .of<T>()
        .standardise(kernel_shape(shape), input.data<T>(), mean.data<T>(), inverse.data<T>(),
                     out.data<T>());
  });
  return out;
}

Tensor standardised_gradient(const Tensor& grad, const Tensor& out, const Channels& shape,
                             const Tensor& inverse) {
  Tensor result = Tensor::empty(grad.shape(), grad.dtype(), grad.device());
  dispatch_floating(grad.dtype(), "batch_norm", [&]<class T>() {
    kernels::kernels_for(grad, out, inverse)
        .of<T>()
        .standardise_grad(kernel_shape(shape), grad.data<T>(), out.data<T>(), inverse.data<T>(),
                          result.data<T>());
  });
  return result;
}

}  // namespace gradpad::ops
