// Changing a Variable's data in place while keeping its history right.
#pragma once

#include <utility>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// PyTorch's checks before an in-place operation: not on a leaf that requires grad, nor on a view
/// of one, while gradients are on.
void check_in_place(const Variable& target);

/// Runs `change`, which writes elements of `target` and is no part of its history.
template <class Change>
void change_in_place(const Variable& target, Change&& change) {
  Storage& storage = *target.data().storage();
  storage.will_change();
  std::forward<Change>(change)();
  if (!target.impl()->is_untracked) storage.bump_version();
}

/// Writes `result`, an operation's result computed from `target` and others, into `target`, which
/// takes over its history. Shape must be the same, dtype convertible without losing category.
void assign_in_place(const Variable& target, const Variable& result);

/// The value of `target` to compute an in-place operation's result from: with gradients on, its
/// data is copied, for the operation may save it.
Variable in_place_operand(const Variable& target);

/// Makes `target` see its data as `view`, a view of it, does, and have its history: the in-place
/// form of a view changes how the tensor sees its data, not the data.
void become_view(const Variable& target, const Variable& view);

/// target.copy_(source): broadcasts and converts.
void copy_(const Variable& target, const Variable& source);
void fill_(const Variable& target, const Variable& value);
void zero_(const Variable& target);
void add_(const Variable& target, const Variable& other, const Scalar& alpha = 1);
void sub_(const Variable& target, const Variable& other, const Scalar& alpha = 1);
void mul_(const Variable& target, const Variable& other);
void div_(const Variable& target, const Variable& other);

}  // namespace gradpad
