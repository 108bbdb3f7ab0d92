// What threads may reach at the same time through a Variable or node that they share (a leaf's
// accumulator and gradient, hooks, saved values) is read and written under one lock, held for a few
// instructions and taken only where there are threads. Nothing may end while it is held, for what
// ends may need it.
#pragma once

#include "gradpad/tensor/threads.h"

namespace gradpad {

class GraphLock {
 public:
  GraphLock() : held_(has_threads()) {
    if (held_) acquire();
  }
  ~GraphLock() {
    if (held_) release();
  }
  GraphLock(const GraphLock&) = delete;
  GraphLock& operator=(const GraphLock&) = delete;

 private:
  static void acquire();
  static void release();

  bool held_;
};

}  // namespace gradpad
