// Circles within the graph alone: a gradient whose own graph leads back to its Variable, an
// in-place operation that saved what it changed. Counting never frees them, as in PyTorch; who
// searches for circles may ask to be told where one may have come about.
#pragma once

#include "gradpad/autograd/variable.h"

namespace gradpad {

class CycleObserver {
 public:
  virtual ~CycleObserver() = default;
  /// `variable` got a gradient or a history that may lead back to it.
  virtual void on_possible_cycle(VariableImpl& variable) = 0;

  /// Of this thread; null where nobody searches.
  static CycleObserver* current();
  /// Returns the one before.
  static CycleObserver* set_current(CycleObserver* observer);
};

/// Tells the observer, if there is one and the gradient holds anything.
void note_gradient(VariableImpl& variable);
/// The same for a Variable that was there before its history: a node of that, at any depth, may
/// have saved it.
void note_history(VariableImpl& variable);

}  // namespace gradpad
