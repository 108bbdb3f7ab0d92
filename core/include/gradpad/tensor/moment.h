// What a tensor held at one time, without a copy as long as nobody writes to it.
#pragma once

#include "gradpad/tensor/tensor.h"

namespace gradpad {

/// A storage at one time. Whoever asks before the next write gets the same one.
class Moment final : public RefCounted {
 public:
  static Ref<Moment> of(const Ref<Storage>& storage);
  /// The bytes of then: the storage itself, or a copy that was made before somebody wrote.
  const Ref<Storage>& storage() const noexcept { return storage_; }
  bool has_passed() const noexcept { return has_passed_; }

 private:
  friend class Storage;
  explicit Moment(const Ref<Storage>& storage) : storage_(storage) {}
  ~Moment() override;
  void pass();

  Ref<Storage> storage_;
  bool has_passed_ = false;
};

/// A tensor at one time. While it is kept, the first write to the storage copies it: memory for it
/// stands on the account of the thread that writes. Belongs to one thread, with the tensors that it
/// is made of.
class Snapshot {
 public:
  Snapshot() = default;
  /// Of an undefined tensor: an undefined one.
  explicit Snapshot(const Tensor& tensor)
      : tensor_(tensor), moment_(tensor.defined() ? Moment::of(tensor.storage()) : Ref<Moment>()) {}

  bool defined() const { return tensor_.defined(); }
  /// The elements of then.
  Tensor tensor() const { return has_changed() ? tensor_.on_storage(moment_->storage()) : tensor_; }
  /// Of the storage, whatever part of it this shows.
  int64_t bytes() const { return moment_ ? moment_->storage()->bytes() : 0; }
  /// Whether the storage has been written to since.
  bool has_changed() const { return moment_ && moment_->has_passed(); }
  /// Whether `tensor` shares a storage with this that nobody has written to since.
  bool is_current(const Tensor& tensor) const {
    return !has_changed() && tensor_.shares_storage(tensor);
  }
  /// Whether `tensor` has the same elements.
  bool equals(const Tensor& tensor) const;

 private:
  Tensor tensor_;
  Ref<Moment> moment_;
};

}  // namespace gradpad
