// The observer of this thread, and what it is told.
#include "gradpad/autograd/cycles.h"

#include <utility>

#include "gradpad/autograd/node.h"

namespace gradpad {

namespace {

thread_local CycleObserver* observer = nullptr;

}  // namespace

CycleObserver* CycleObserver::current() { return observer; }

CycleObserver* CycleObserver::set_current(CycleObserver* next) {
  return std::exchange(observer, next);
}

void note_gradient(VariableImpl& variable) {
  if (!observer || !variable.grad.defined()) return;
  const VariableImpl& grad = *variable.grad.impl();
  if (grad.grad_fn || grad.grad.defined() || grad.extra) observer->on_possible_cycle(variable);
}

void note_history(VariableImpl& variable) {
  if (observer && variable.grad_fn) observer->on_possible_cycle(variable);
}

}  // namespace gradpad
