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
    const Variable& input = inputs[i];
    if (!input.defined()) continue;
    const Node* from = node.edges[i].node.get();
    const auto slot = static_cast<uint32_t>(i);
    if (!from) {
      std::string name = input.is_number() ? std::string() : tracer->name_of(input);
      node.trace->constants.push_back({slot, input, Snapshot(input.data()), std::move(name)});
    } else if (!from->trace || !from->trace->values[node.edges[i].slot].is_current(input.data())) {
      node.trace->seen.push_back({slot, Snapshot(input.data()), tracer->name_of(input)});
    }
  }
  for (const Variable& result : results) {
    node.trace->values.push_back(Snapshot(result.data()));
  }
}

void trace_number(const Variable& result, uint32_t slot, const Variable& number) {
  if (!tracer || !result.grad_fn() || !result.grad_fn()->trace) return;
  result.grad_fn()->trace->constants.push_back({slot, number, Snapshot(number.data()), {}});
}

void trace_input(Node& node, uint32_t slot, const Snapshot& value) {
  if (!node.trace) return;
  for (NodeTrace::Constant& input : node.trace->constants) {
    if (input.slot == slot) input.value = value;
  }
  for (NodeTrace::Seen& input : node.trace->seen) {
    if (input.slot == slot) input.value = value;
  }
}

}  // namespace gradpad
