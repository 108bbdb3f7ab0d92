// A mark is a container that a tensor keeps; through it the search comes to the tensor.
#include "lang/torch/cycle_marks.h"

#include "gradpad/autograd/node.h"

namespace gradpad::lang {

namespace {

class Mark final : public Container {
 public:
  explicit Mark(VariableImpl* tensor) : Container(Kind::Plain), tensor_(tensor) {}
  void visit(ReferenceVisitor& visitor) override {
    if (tensor_) visitor.notice(*tensor_);
  }
  void clear_references() noexcept override {
    if (!tensor_) return;
    const Ref<VariableImpl> held(tensor_);
    held->grad = {};
    held->grad_fn.reset();
  }
  void forget() noexcept { tensor_ = nullptr; }

 private:
  VariableImpl* tensor_;
};

/// What the tensor holds: it ends with it, while the mark may be held by a search.
class MarkOwner final : public RefCounted {
 public:
  explicit MarkOwner(Ref<Mark> mark) : RefCounted(Reach::Some), mark_(std::move(mark)) {}
  ~MarkOwner() override { mark_->forget(); }
  void visit(ReferenceVisitor& visitor) override { mark_.visit(visitor); }

 private:
  Ref<Mark> mark_;
};

}  // namespace

void CycleMarks::on_possible_cycle(VariableImpl& variable) {
  Ref<RefCounted>& mark = variable.get_extra().cycle_mark;
  if (mark) return;
  mark = make_ref<MarkOwner>(rt_.make_of<Mark>(rt_.types.object, &variable));
}

}  // namespace gradpad::lang
