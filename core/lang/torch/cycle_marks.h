// Tensors that the search for cycles begins at: no container of the language need be in their
// circle.
#pragma once

#include "gradpad/autograd/cycles.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

class CycleMarks final : public CycleObserver {
 public:
  explicit CycleMarks(Runtime& rt) : rt_(rt), outer_(set_current(this)) {}
  ~CycleMarks() override { set_current(outer_); }
  CycleMarks(const CycleMarks&) = delete;
  CycleMarks& operator=(const CycleMarks&) = delete;

  void on_possible_cycle(VariableImpl& variable) override;

 private:
  Runtime& rt_;
  CycleObserver* outer_;
};

}  // namespace gradpad::lang
