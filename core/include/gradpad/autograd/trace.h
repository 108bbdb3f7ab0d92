// Watching the graph: while a Tracer is set, every node remembers the source it came from and its
// value, and every step of a backward pass is reported. Nothing is kept when none is set.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradpad/autograd/node.h"
#include "gradpad/tensor/moment.h"

namespace gradpad {

/// A range of source text: lines from 1, columns from 0, the end exclusive.
struct SourceSpan {
  int32_t line = 0;
  int32_t column = 0;
  int32_t end_line = 0;
  int32_t end_column = 0;
  bool known() const { return line > 0; }
};

/// Kept by a node while it lives: everything as it was when the operation ran.
struct NodeTrace {
  uint64_t id = 0;
  SourceSpan span;
  struct Constant {
    uint32_t slot;
    Variable variable;
    Snapshot value;
    std::string name;  ///< the program's for it then, if it had one
  };
  std::vector<Constant> constants;  ///< inputs that no gradient flows to
  struct Seen {
    uint32_t slot;
    Snapshot value;
    std::string name;
  };
  /// Inputs that a gradient flows to: leaves, and results that were no longer what their node had
  /// made.
  std::vector<Seen> seen;
  SmallVector<Snapshot, 1> values;
  SmallVector<Snapshot, 1> grads;  ///< of the outputs, from the last backward pass
};

/// One executed node of a backward pass.
struct BackwardStep {
  Ref<Node> node;
  SmallVector<Snapshot, 1> grads_in;  ///< of the node's outputs
  struct Sent {
    Ref<Node> to;
    Snapshot grad;
  };
  std::vector<Sent> grads_out;
  // Of a leaf's node: its `grad` before and after; undefined where it had none.
  Snapshot before, after;
};

class Tracer {
 public:
  virtual ~Tracer() = default;
  virtual SourceSpan current_span() const = 0;
  /// What the program calls a tensor at this moment; empty where it has no name.
  virtual std::string name_of(const Variable& variable) const = 0;
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

/// Corrects what `node` saw of an input: for one that was changed before the node was made.
void trace_input(Node& node, uint32_t slot, const Snapshot& value);

}  // namespace gradpad
