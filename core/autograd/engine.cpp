// The backward pass, from the outputs' nodes to the leaves, each node once, when all gradients of
// its outputs have come. Of the nodes that are ready the one made last runs first, as in PyTorch,
// which fixes the order of hooks, of sums and of the steps a person sees.
#include "gradpad/autograd/engine.h"

#include <algorithm>
#include <unordered_map>

#include "autograd/algebra.h"
#include "autograd/graph_lock.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/trace.h"

namespace gradpad {

namespace {

/// A node's part in one run.
struct Task {
  Ref<Node> node;
  uint64_t outer_run = 0;  ///< Node::run and run_index before: a hook may run a backward inside one
  uint32_t outer_index = 0;
  uint32_t awaited = 0;  ///< gradients still to come from nodes of this run
  bool needed = true;    ///< leads to a wanted input
  Variables grads;
};

/// Where a wanted gradient is to be taken from.
struct Capture {
  uint32_t task;
  uint32_t slot;
  size_t input;
};

class Run {
 public:
  Run(BackwardOptions options) : options_(options), mode_(options.create_graph) {
    thread_local uint64_t runs = 0;
    id_ = ++runs;
  }
  ~Run() {
    if (shared_) return;
    for (Task& task : tasks_) {
      task.node->run = task.outer_run;
      task.node->run_index = task.outer_index;
    }
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void add_root(const Edge& edge, Variable grad) {
    const uint32_t task = enter(edge.node);
    add_gradient(tasks_[task], edge.slot, std::move(grad));
    roots_.push_back(task);
  }

  /// Finds all nodes below the roots and how many gradients each awaits.
  void explore() {
    for (size_t next = 0; next < tasks_.size(); ++next) {
      // `tasks_` grows while it is walked.
      const Ref<Node> node = tasks_[next].node;
      for (const Edge& edge : node->edges) {
        if (edge.node) ++tasks_[enter(edge.node)].awaited;
      }
    }
  }

  /// The task of an edge, or nothing where it is not below the roots.
  std::optional<uint32_t> find(const Edge& edge) const {
    if (!edge.node || !has(*edge.node)) return std::nullopt;
    return index_of(*edge.node);
  }

  /// Only nodes on a way to one of these are run.
  void restrict_to(std::span<const uint32_t> wanted) {
    for (Task& task : tasks_) task.needed = false;
    for (uint32_t task : wanted) tasks_[task].needed = true;
    // A node comes after those that lead to it, if taken in an order that respects edges.
    const std::vector<uint32_t> order = topological_order();
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
      Task& task = tasks_[*it];
      for (const Edge& edge : task.node->edges) {
        if (edge.node && tasks_[index_of(*edge.node)].needed) task.needed = true;
      }
    }
  }

  void capture(Capture capture) { captures_.push_back(capture); }
  void take_from_leaves(bool accumulate) { accumulate_ = accumulate; }

  void execute(std::vector<Variable>& captured) {
    const auto later = [&](uint32_t a, uint32_t b) {
      return tasks_[a].node->sequence < tasks_[b].node->sequence;
    };
    std::sort(roots_.begin(), roots_.end());
    roots_.erase(std::unique(roots_.begin(), roots_.end()), roots_.end());
    std::vector<uint32_t> ready;
    for (uint32_t root : roots_) {
      if (tasks_[root].awaited == 0) ready.push_back(root);
    }
    std::make_heap(ready.begin(), ready.end(), later);
    while (!ready.empty()) {
      std::pop_heap(ready.begin(), ready.end(), later);
      const uint32_t index = ready.back();
      ready.pop_back();
      const Ref<Node> node = tasks_[index].node;
      const Variables results = step(index, captured);
      for (size_t i = 0; i < node->edges.size(); ++i) {
        const Edge& edge = node->edges[i];
        if (!edge.node) continue;
        const uint32_t to = index_of(*edge.node);
        Task& task = tasks_[to];
        if (i < results.size() && results[i].defined() && task.needed) {
          add_gradient(task, edge.slot, results[i]);
        }
        if (--task.awaited == 0) {
          ready.push_back(to);
          std::push_heap(ready.begin(), ready.end(), later);
        }
      }
    }
  }

 private:
  // The number of a node in this run stands in the node, or, as passes of other threads may be at
  // the same nodes, in a table of the run's own.
  bool has(const Node& node) const { return shared_ ? numbers_.contains(&node) : node.run == id_; }
  uint32_t index_of(const Node& node) const {
    return shared_ ? numbers_.at(&node) : node.run_index;
  }

  uint32_t enter(const Ref<Node>& node) {
    if (has(*node)) return index_of(*node);
    const auto index = static_cast<uint32_t>(tasks_.size());
    Task& task = tasks_.emplace_back();
    task.node = node;
    task.grads.resize(node->outputs.size());
    if (shared_) {
      numbers_.emplace(node.get(), index);
    } else {
      task.outer_run = std::exchange(node->run, id_);
      task.outer_index = std::exchange(node->run_index, index);
    }
    return index;
  }

  std::vector<uint32_t> topological_order() const {
    std::vector<uint32_t> awaited, order;
    for (const Task& task : tasks_) awaited.push_back(task.awaited);
    for (uint32_t i = 0; i < tasks_.size(); ++i) {
      if (awaited[i] == 0) order.push_back(i);
    }
    for (size_t next = 0; next < order.size(); ++next) {
      for (const Edge& edge : tasks_[order[next]].node->edges) {
        if (!edge.node) continue;
        const uint32_t to = index_of(*edge.node);
        if (--awaited[to] == 0) order.push_back(to);
      }
    }
    return order;
  }

  /// Whether nobody else can see this gradient: it may be the user's, or another branch's as well.
  static bool is_sole_owner(const Variable& grad) {
    const Tensor& data = grad.data();
    return grad.ref()->use_count() == 1 && data.storage()->use_count() == 1 &&
           data.is_contiguous() &&
           data.numel() * item_size(data.dtype()) == data.storage()->bytes();
  }

  static void add_gradient(Task& task, uint32_t slot, Variable grad) {
    Variable& sum = task.grads[slot];
    if (!sum.defined()) {
      sum = std::move(grad);
    } else if (!GradMode::is_enabled() && is_sole_owner(sum)) {
      gradient_algebra().accumulate(sum.data(), grad.data());
    } else {
      sum = gradient_algebra().add(sum, grad);
    }
  }

  /// Runs one node: hooks, capture, derivative, and the shape of what it returns.
  Variables step(uint32_t index, std::vector<Variable>& captured) {
    Task& task = tasks_[index];
    Node& node = *task.node;
    Variables grads = std::move(task.grads);
    task.grads.clear();
    const bool any = std::any_of(grads.begin(), grads.end(), [](auto& g) { return g.defined(); });
    if (any) run_output_hooks(node, grads);
    for (const Capture& capture : captures_) {
      if (capture.task == index) captured[capture.input] = grads[capture.slot];
    }
    if (!any || !task.needed || (!accumulate_ && node.leaf().defined())) return {};
    if (captures_only(index)) return {};
    std::optional<BackwardStep> watched;
    if (Tracer::current()) watched.emplace().before = gradient_of(node);
    Variables results = node.apply(grads);
    validate(node, results);
    run_post_hooks(node, results, grads);
    if (watched) report(node, grads, results, std::move(*watched));
    if (!options_.retain_graph) node.release_saved();
    return results;
  }

  /// A wanted input's own node need not run when nothing wanted lies below it.
  bool captures_only(uint32_t index) const {
    if (captures_.empty()) return false;
    for (const Edge& edge : tasks_[index].node->edges) {
      if (edge.node && tasks_[index_of(*edge.node)].needed) return false;
    }
    return !tasks_[index].node->leaf().defined();
  }

  static void run_output_hooks(const Node& node, Variables& grads) {
    // A hook may remove itself or others: run over a copy.
    for (const NodeHooks::OnOutput& entry : copy_hooks(node, &NodeHooks::on_output)) {
      Variable& grad = grads[entry.output];
      if (!grad.defined()) continue;
      if (Variable replaced = (*entry.hook)(grad); replaced.defined()) grad = std::move(replaced);
    }
    for (const auto& [variable, output] : alive_retainers(node)) {
      const Variable& grad = grads[output];
      if (!grad.defined()) continue;
      add_to_grad(*variable, grad, GradMode::is_enabled() ? grad : Variable(grad.data().clone()));
    }
  }

  static void run_post_hooks(const Node& node, const Variables& results, const Variables& grads) {
    for (const auto& [id, hook] : copy_hooks(node, &NodeHooks::after)) (*hook)(results, grads);
  }

  template <class Hooks>
  static Hooks copy_hooks(const Node& node, Hooks NodeHooks::* which) {
    const GraphLock lock;
    return node.hooks ? *node.hooks.*which : Hooks{};
  }

  /// The results that keep their gradient and are alive.
  static std::vector<std::pair<Ref<VariableImpl>, uint32_t>> alive_retainers(const Node& node) {
    std::vector<std::pair<Ref<VariableImpl>, uint32_t>> result;
    const GraphLock lock;
    if (!node.hooks) return result;
    result.reserve(node.hooks->retained.size());
    for (const NodeHooks::Retained& entry : node.hooks->retained) {
      if (!entry.variable->try_retain()) continue;
      result.emplace_back(Ref<VariableImpl>::adopt(entry.variable), entry.output);
    }
    return result;
  }

  /// A gradient must have the shape and type of the input; broadcasting is undone here.
  static void validate(const Node& node, Variables& results) {
    if (results.size() > node.edges.size()) {
      fail("Function ", node.name(), " returned an incorrect number of gradients (expected ",
           node.edges.size(), ", got ", results.size(), ")");
    }
    for (size_t i = 0; i < results.size(); ++i) {
      const Edge& edge = node.edges[i];
      Variable& grad = results[i];
      if (!edge.node) grad = {};
      if (!grad.defined()) continue;
      const OutputInfo& expected = edge.node->outputs[edge.slot];
      if (grad.shape() != expected.shape) {
        if (!expands_to(expected.shape, grad.shape())) {
          fail("Function ", node.name(), " returned an invalid gradient at index ", i, " - got ",
               to_string(grad.shape()), " but expected shape compatible with ",
               to_string(expected.shape));
        }
        grad = gradient_algebra().sum_to(grad, expected.shape);
      }
      if (grad.dtype() != expected.dtype) {
        grad = gradient_algebra().convert(grad, expected.dtype);
      }
      if (grad.device() != expected.device) {
        // A number's worth goes along with tensors of any device, and comes back.
        if (grad.dim() > 0) {
          fail("Function ", node.name(), " returned an invalid gradient at index ", i,
               " - expected device ", to_string(expected.device), " but got ",
               to_string(grad.device()));
        }
        grad = gradient_algebra().to(grad, expected.device);
      }
    }
  }

  static bool expands_to(const Shape& from, const Shape& to) {
    const int64_t shift = to.ssize() - from.ssize();
    if (shift < 0) return false;
    for (int64_t i = 0; i < from.ssize(); ++i) {
      if (from[i] != 1 && from[i] != to[i + shift]) return false;
    }
    return true;
  }

  static Snapshot snapshot(const Variable& variable) {
    return variable.defined() ? Snapshot(variable.data()) : Snapshot();
  }

  /// What the node of a leaf has added up so far.
  static Snapshot gradient_of(const Node& node) {
    const Variable leaf = node.leaf();
    return leaf.defined() ? snapshot(leaf.grad()) : Snapshot();
  }

  static void report(Node& node, const Variables& grads, const Variables& results,
                     BackwardStep step) {
    step.node = Ref<Node>(&node);
    for (const Variable& grad : grads) step.grads_in.push_back(snapshot(grad));
    if (node.trace) node.trace->grads = step.grads_in;
    for (size_t i = 0; i < results.size(); ++i) {
      if (results[i].defined()) {
        step.grads_out.push_back({node.edges[i].node, snapshot(results[i])});
      }
    }
    step.after = gradient_of(node);
    // A hook may have ended the watch.
    if (Tracer* tracer = Tracer::current()) tracer->on_step(std::move(step));
  }

  BackwardOptions options_;
  GradModeGuard mode_;
  const bool shared_ = has_threads();
  std::unordered_map<const Node*, uint32_t> numbers_;  ///< where shared_
  uint64_t id_ = 0;
  std::vector<Task> tasks_;
  std::vector<uint32_t> roots_;
  std::vector<Capture> captures_;
  bool accumulate_ = true;
};

/// The gradient a backward pass begins with.
Variable root_gradient(const Variable& output, const Variable& given, size_t position) {
  if (!given.defined()) {
    if (output.numel() != 1) fail("grad can be implicitly created only for scalar outputs");
    return Variable(Tensor::full(output.shape(), 1, output.dtype(), output.device()));
  }
  if (given.shape() != output.shape()) {
    fail("Mismatch in shape: grad_output[", position, "] has a shape of ", size_repr(given.shape()),
         " and output[", position, "] has a shape of ", size_repr(output.shape()), ".");
  }
  return given.dtype() == output.dtype() ? given
                                         : gradient_algebra().convert(given, output.dtype());
}

void check_requires_grad(const Variable& output, size_t position) {
  if (output.requires_grad("backward")) return;
  fail("element ", position, " of tensors does not require grad and does not have a grad_fn");
}

void start(Run& run, std::span<const Variable> outputs, std::span<const Variable> gradients) {
  if (!gradients.empty() && gradients.size() != outputs.size()) {
    fail("got ", outputs.size(), " tensors and ", gradients.size(), " gradients");
  }
  for (const Variable& output : outputs) {
    if (!output.defined()) fail_undefined("backward");
  }
  if (Tracer* tracer = Tracer::current()) tracer->on_backward(outputs);
  for (size_t i = 0; i < outputs.size(); ++i) check_requires_grad(outputs[i], i);
  for (size_t i = 0; i < outputs.size(); ++i) {
    Variable seed = root_gradient(outputs[i], gradients.empty() ? Variable() : gradients[i], i);
    run.add_root(gradient_edge(outputs[i]), std::move(seed));
  }
  run.explore();
}

}  // namespace

void backward(std::span<const Variable> outputs, std::span<const Variable> gradients,
              BackwardOptions options, std::span<const Variable> inputs) {
  Run run(options);
  start(run, outputs, gradients);
  std::vector<Variable> captured;
  if (!inputs.empty()) {
    std::vector<uint32_t> wanted;
    for (const Variable& input : inputs) {
      if (!input.requires_grad("backward")) {
        fail("One of the differentiated Tensors does not require grad");
      }
      if (!input.is_leaf()) input.retain_grad();
      if (auto task = run.find(gradient_edge(input))) wanted.push_back(*task);
    }
    run.restrict_to(wanted);
  }
  run.execute(captured);
}

std::vector<Variable> grad(std::span<const Variable> outputs, std::span<const Variable> inputs,
                           std::span<const Variable> gradients, BackwardOptions options,
                           bool allow_unused) {
  Run run(options);
  start(run, outputs, gradients);
  run.take_from_leaves(false);
  std::vector<Variable> captured(inputs.size());
  std::vector<uint32_t> wanted;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].requires_grad("grad")) {
      fail("One of the differentiated Tensors does not require grad");
    }
    const Edge edge = gradient_edge(inputs[i]);
    if (auto task = run.find(edge)) {
      wanted.push_back(*task);
      run.capture({*task, edge.slot, i});
    }
  }
  run.restrict_to(wanted);
  run.execute(captured);
  for (const Variable& gradient : captured) {
    if (!gradient.defined() && !allow_unused) {
      fail(
          "One of the differentiated Tensors appears to not have been used in the graph. Set "
          "allow_unused=True if this is the desired behavior.");
    }
  }
  return captured;
}

}  // namespace gradpad
