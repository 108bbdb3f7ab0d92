// Watching the graph: while a Tracer is set, every node remembers the source it came from and its
// value, and every step of a backward pass is reported. Nothing is kept when none is set.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradpad/autograd/node.h"

namespace gradpad {

/// A range of source text: lines from 1, columns from 0, the end exclusive.
struct SourceSpan {
  int32_t line = 0;
  int32_t column = 0;
  int32_t end_line = 0;
  int32_t end_column = 0;
  bool known() const { return line > 0; }
};

/// Kept by a node while it lives. Tensors share the storage of the values they show.
struct NodeTrace {
  uint64_t id = 0;
  SourceSpan span;
  struct Input {
    uint32_t slot;
    Variable value;  ///< an input that no gradient flows to
  };
  std::vector<Input> constants;
  SmallVector<Tensor, 1> values;
  SmallVector<Tensor, 1> grads;  ///< of the outputs, from the last backward pass
};

/// One executed node of a backward pass.
struct BackwardStep {
  Ref<Node> node;
  SmallVector<Tensor, 1> grads_in;  ///< of the node's outputs
  struct Sent {
    Ref<Node> to;
    Tensor grad;
  };
  std::vector<Sent> grads_out;
};

class Tracer {
 public:
  virtual ~Tracer() = default;
  virtual SourceSpan current_span() const = 0;
  /// The roots of a backward pass that begins.
  virtual void on_backward(std::span<const Variable> roots) = 0;
  virtual void on_step(BackwardStep step) = 0;

  static Tracer* current();
  /// Returns the one before.
  static Tracer* set_current(Tracer* tracer);
};

/// Called when `node` has been made and linked; `inputs` are all of the operation's.
void trace_node(Node& node, std::span<const Variable> inputs, std::span<const Variable> results);

/// Notes an input of `result`'s node that the node holds as a number, not as a Variable: an
/// exponent.
void trace_number(const Variable& result, uint32_t slot, const Variable& number);

}  // namespace gradpad
