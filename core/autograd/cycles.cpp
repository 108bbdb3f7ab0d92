// The observer of this thread, and what it is told.
#include "gradpad/autograd/cycles.h"

#include <utility>

#include "gradpad/autograd/node.h"

namespace gradpad {

namespace {

thread_local CycleObserver* observer = nullptr;

class Finder final : public ReferenceVisitor {
 public:
  explicit Finder(const RefCounted& wanted) : wanted_(wanted) {}
  bool found = false;

 private:
  void reach(RefCounted& target) override { found = found || &target == &wanted_; }
  const RefCounted& wanted_;
};

}  // namespace

CycleObserver* CycleObserver::current() { return observer; }

CycleObserver* CycleObserver::set_current(CycleObserver* next) {
  return std::exchange(observer, next);
}

void note_gradient(VariableImpl& variable) {
  if (!observer || !variable.grad.defined()) return;
  if (variable.grad.impl()->grad_fn) observer->on_possible_cycle(variable);
}

void note_history(VariableImpl& variable) {
  if (!observer || !variable.grad_fn) return;
  Finder finder(variable);
  variable.grad_fn->visit(finder);
  if (finder.found) observer->on_possible_cycle(variable);
}

void note_view_changed(VariableImpl& base) {
  if (observer) observer->on_possible_cycle(base);
}

}  // namespace gradpad
