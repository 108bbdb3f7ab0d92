// Session: runs a program and says what came of it. The command line and the page are made on it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lang/objects/exception.h"

namespace gradpad::lang {

/// A tensor as the page shows it.
struct Preview {
  std::vector<int64_t> shape;
  std::string dtype;                     ///< "float32"
  std::string text;                      ///< the data as PyTorch prints it
  std::vector<double> values;            ///< the first 64 elements in row-major order
  std::optional<double> min, max, mean;  ///< unset where there are no finite elements
};

struct VariableInfo {
  std::string name;
  std::string type;  ///< "Tensor", "int", …
  std::string text;  ///< its repr
  /// Of a list or tuple that holds numbers (or tensors of one element) only: the first 20,000.
  std::vector<double> numbers;
  std::optional<Preview> tensor;
  std::optional<Preview> grad;
  std::optional<bool> requires_grad;
  std::optional<bool> is_leaf;
  std::optional<int> node;   ///< its node of the graph
  std::optional<Span> span;  ///< of the last assignment
};

struct GraphNode {
  enum class Kind : uint8_t { Leaf, Op, Constant };
  int id = 0;
  Kind kind = Kind::Op;
  std::string op;                  ///< "pow"; empty but for operations
  std::string grad_fn;             ///< "PowBackward0"; empty but for operations
  std::vector<std::string> names;  ///< the user's variables bound to it
  std::string former_name;         ///< what the program called it when it used it, if not now
  std::optional<Preview> value;    ///< when it was computed; of inputs: when they were last used
  std::optional<Preview> now;      ///< where it has changed since
  std::optional<Preview> grad;
  std::optional<Span> span;
  bool earlier = false;  ///< only an earlier backward() passed here, and no variable leads to it
};

/// Data flows from an input to the operation whose input number `slot` it is.
struct GraphEdge {
  int from = 0;
  int to = 0;
  int slot = 0;
  std::optional<Preview> value;  ///< what `to` saw, where that is not `value` of `from`
};

struct Graph {
  std::vector<GraphNode> nodes;  ///< inputs before what is computed from them
  std::vector<GraphEdge> edges;
  int omitted = 0;  ///< nodes left out beyond the limit
};

/// One executed node of a backward pass.
struct Step {
  struct Sent {
    int node = 0;
    Preview grad;
  };
  int node = 0;
  std::optional<Preview> grad_in;
  std::vector<Sent> grads_out;
  int hidden = 0;                 ///< how many gradients went to nodes that are not drawn
  std::optional<Preview> before;  ///< of a leaf: its gradient before this step, if it had one
  std::optional<Preview> after;   ///< of a leaf: the sum that it keeps
};

/// One backward(), or one call of torch.autograd.grad.
struct BackwardPass {
  std::optional<Span> span;
  std::vector<int> roots;   ///< nodes it began from, those that are drawn
  std::vector<Step> steps;  ///< in the order of execution; those whose nodes are drawn
  int taken = 0;            ///< how many steps there were in all
};

struct RunError {
  std::string type;
  std::string message;
  std::string traceback;  ///< the whole text as Python prints it
  std::optional<Span> span;
  Hint hint;
};

struct RunResult {
  std::string stdout_text;  ///< where no listener was given, or `collect` was set
  std::string stderr_text;
  int64_t dropped = 0;  ///< bytes printed beyond `max_output`; a last line of the text says so too
  std::optional<RunError> error;
  std::optional<int> exit_status;  ///< set where the program called sys.exit
  std::vector<VariableInfo> variables;
  Graph graph;
  std::vector<BackwardPass> backwards;  ///< in the order of the program; the latest ones
  int forgotten_backwards = 0;          ///< how many before them are no longer known
  /// A session that keeps its globals has freed them, since they had left no memory to go on with.
  bool restarted = false;
  double seconds = 0;
};

struct RunOptions {
  /// Text as it is printed. An exception that it throws ends the program, and run() throws it.
  std::function<void(std::string_view)> on_stdout = {};
  std::function<void(std::string_view)> on_stderr = {};
  bool collect = false;    ///< keep the text for the result beside passing it on
  double max_seconds = 0;  ///< 0: no limit
  /// Of objects, tensors, and the text that is kept; 0: no limit.
  int64_t max_bytes = 0;
  /// Bytes of each stream that are kept or passed on, 0: no limit. The rest is counted.
  int64_t max_output = 16 * 1024 * 1024;
  std::string filename = "<string>";
  /// Record the graph and describe the variables.
  bool inspect = true;
  /// Print the value of each expression that stands as a statement, as an interactive Python does.
  bool interactive = false;
};

class Session {
 public:
  /// With `keep_globals` each run goes on where the last one ended; without, each begins afresh.
  explicit Session(bool keep_globals = false);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// What goes wrong in the program is in the result. Throws what a listener threw; std::bad_alloc
  /// or a MemoryError where there is no memory for the result; RuntimeError when called from a
  /// listener of this session. The session can be used afterwards in each case.
  RunResult run(std::string_view source, const RunOptions& options = {});
  /// Stops a run, from another thread or a signal handler: KeyboardInterrupt. Between runs it does
  /// nothing. The session must live until it returns.
  void interrupt() noexcept;
  /// Whether more lines must follow before this text can be run: for a prompt.
  static bool is_incomplete(std::string_view source);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gradpad::lang
