// Keeping what a storage held.
#include "gradpad/tensor/moment.h"

#include <cstring>

namespace gradpad {

Ref<Moment> Moment::of(const Ref<Storage>& storage) {
  if (!storage->moment_) {
    auto moment = Ref<Moment>(new Moment(storage));
    storage->moment_ = moment.get();
    return moment;
  }
  return Ref<Moment>(storage->moment_);
}

Moment::~Moment() {
  if (!has_passed_) storage_->moment_ = nullptr;
}

void Moment::pass() {
  const Device device = storage_->device();
  const int64_t bytes = storage_->bytes();
  Ref<Storage> kept = Storage::allocate_on(device, bytes);
  if (device.is_cpu()) {
    std::memcpy(kept->data(), storage_->data(), static_cast<size_t>(bytes));
  } else if (bytes > 0) {
    static constexpr int64_t step = 1;
    const auto side = [](Storage& of) {
      return CopySide{reinterpret_cast<char*>(of.data()), DType::UInt8, &step};
    };
    find_memory(device.type)->copy(side(*kept), side(*storage_), &bytes, 1);
  }
  storage_->moment_ = nullptr;
  has_passed_ = true;
  storage_ = std::move(kept);
}

void Storage::keep_moment() { moment_->pass(); }

bool Snapshot::equals(const Tensor& now) const {
  if (!defined() || !now.defined()) return defined() == now.defined();
  if (now.shape() != tensor_.shape() || now.dtype() != tensor_.dtype() ||
      now.device() != tensor_.device()) {
    return false;
  }
  if (is_current(now) && now.offset() == tensor_.offset() && now.strides() == tensor_.strides()) {
    return true;
  }
  const Tensor then = tensor().cpu().contiguous(), current = now.cpu().contiguous();
  return std::memcmp(then.bytes(), current.bytes(),
                     static_cast<size_t>(then.numel() * item_size(then.dtype()))) == 0;
}

}  // namespace gradpad
