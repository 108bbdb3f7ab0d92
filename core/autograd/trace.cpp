// The tracer of this thread.
#include "gradpad/autograd/trace.h"

namespace gradpad {

namespace {

thread_local Tracer* tracer = nullptr;

}  // namespace

Tracer* Tracer::current() { return tracer; }

Tracer* Tracer::set_current(Tracer* next) { return std::exchange(tracer, next); }

void trace_node(Node& node, std::span<const Variable> inputs, std::span<const Variable> results) {
  thread_local uint64_t id = 0;
  node.trace = std::make_unique<NodeTrace>();
  node.trace->id = ++id;
  node.trace->span = tracer->current_span();
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].defined() && !node.edges[i].node) {
      node.trace->constants.push_back({static_cast<uint32_t>(i), inputs[i]});
    }
  }
  for (const Variable& result : results) node.trace->values.push_back(result.data());
}

void trace_number(const Variable& result, uint32_t slot, const Variable& number) {
  if (!tracer || !result.grad_fn() || !result.grad_fn()->trace) return;
  result.grad_fn()->trace->constants.push_back({slot, number});
}

}  // namespace gradpad
