// Node: one executed operation in the graph that backward walks.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "gradpad/autograd/variable.h"

namespace gradpad {

struct NodeTrace;

/// What a gradient arriving at an output must look like.
struct OutputInfo {
  Shape shape;
  DType dtype;
  Device device;
};

/// Called when a node has run.
class NodeHook : public RefCounted {
 public:
  virtual void operator()(const Variables& grad_inputs, const Variables& grad_outputs) = 0;

 protected:
  using RefCounted::RefCounted;
};

struct NodeHooks {
  /// Hooks on the gradients of the outputs, in the order of registration.
  struct OnOutput {
    uint64_t id;
    uint32_t output;
    Ref<GradHook> hook;
  };
  std::vector<OnOutput> on_output;
  std::vector<std::pair<uint64_t, Ref<NodeHook>>> after;
  /// Results that asked for retain_grad. A result owns its node, so these do not own: both sides
  /// clear their pointer to the other when they end.
  struct Retained {
    VariableImpl* variable;
    uint32_t output;
  };
  std::vector<Retained> retained;
};

class Node : public RefCounted {
 public:
  /// Edges lead to the nodes that made the inputs, in the order of the inputs.
  Node();

  /// PyTorch's name: "PowBackward0".
  virtual std::string_view name() const = 0;
  /// Gradients of the inputs, from those of the outputs. An undefined gradient is a zero one.
  virtual Variables apply(const Variables& grads) = 0;
  /// Frees what only a backward pass needs.
  virtual void release_saved() {}
  /// The leaf that this node accumulates into, if it is such a node.
  virtual Variable leaf() const { return {}; }
  void visit(ReferenceVisitor& visitor) override;

  bool needs(size_t input) const { return static_cast<bool>(edges[input].node); }

  SmallVector<Edge, 2> edges;
  SmallVector<OutputInfo, 1> outputs;
  uint64_t sequence;  ///< creation order: later nodes run first

  NodeHooks& get_hooks();
  std::unique_ptr<NodeHooks> hooks;  ///< few nodes have any
  std::unique_ptr<NodeTrace> trace;  ///< set while a tracer watches

  /// Used by one run of the engine: the number of this node in it.
  uint64_t run = 0;
  uint32_t run_index = 0;

  Node* next_waiting;  ///< while it waits for its end

 protected:
  ~Node() override;
  /// A graph may be a million nodes deep, so ends of nodes are queued, not nested.
  void dispose() noexcept final;
};

/// Adds the gradient to a leaf's `grad`.
class AccumulateGrad final : public Node {
 public:
  explicit AccumulateGrad(Variable variable);
  std::string_view name() const override { return "AccumulateGrad"; }
  Variables apply(const Variables& grads) override;
  Variable leaf() const override { return variable_; }
  void visit(ReferenceVisitor& visitor) override;

 private:
  ~AccumulateGrad() override;
  Variable variable_;
  std::mutex adding_;  ///< taken where there are threads
};

/// Adds a gradient to `impl.grad`, which another thread may be doing too; where there is none yet
/// it becomes `first`.
void add_to_grad(VariableImpl& impl, const Variable& grad, const Variable& first);

uint64_t next_hook_id();

}  // namespace gradpad
