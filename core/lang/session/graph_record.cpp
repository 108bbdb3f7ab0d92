// From the graph of autograd to what the page draws. Nothing here recurses: a graph may be a
// million nodes deep.
#include "lang/session/graph_record.h"

#include <algorithm>
#include <cctype>
#include <queue>
#include <unordered_set>

#include "tensor/number_text.h"

namespace gradpad::lang {

namespace {

// Of the passes that are kept together, and of any one.
constexpr size_t kMaxSteps = 1000;
// What those before the last may keep alive.
constexpr int64_t kMaxBytes = 32 << 20;
constexpr size_t kMaxPasses = 100;
// Beyond so many nodes those left out are no longer counted.
constexpr size_t kMaxWalk = 100'000;

/// "LogSoftmaxBackward0" -> "log_softmax"; "MyFunctionBackward" -> "MyFunction", whose name the
/// user chose.
std::string op_name(std::string_view grad_fn) {
  const size_t end = grad_fn.rfind("Backward");
  if (end == std::string_view::npos || end == 0) return std::string(grad_fn);
  const std::string_view stem = grad_fn.substr(0, end);
  const std::string_view rest = grad_fn.substr(end + 8);
  const bool numbered = !rest.empty() && std::ranges::all_of(rest, [](unsigned char c) {
    return std::isdigit(c) != 0;
  });
  if (!numbered) return std::string(stem);
  const auto is_upper = [&](size_t i) { return std::isupper(static_cast<unsigned char>(stem[i])); };
  // The D of "MaxPool2DWithIndices" and the R of "Deg2Rad" belong to the word before them, the
  // second L of "L1Loss" does not.
  const auto joins = [&](size_t i) {
    return i >= 2 && std::isdigit(static_cast<unsigned char>(stem[i - 1])) &&
           std::islower(static_cast<unsigned char>(stem[i - 2]));
  };
  std::string out;
  for (size_t i = 0; i < stem.size(); ++i) {
    const bool begins = i > 0 && is_upper(i) && !joins(i) && (!is_upper(i - 1) || joins(i - 1));
    if (begins) out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(stem[i])));
  }
  return out;
}

std::optional<Span> to_span(const SourceSpan& span) {
  if (!span.known()) return std::nullopt;
  return Span{span.line, span.column, span.end_line, span.end_column};
}

/// What makes a node of the picture: a node of the graph, or a tensor that is a leaf or constant.
using Key = const void*;

class Picture {
 public:
  Picture(std::span<const NamedTensor> names, RunResult& out, size_t limit)
      : names_(names), out_(out), limit_(limit) {}

  void start_at(const Variable& variable) {
    if (!variable.defined()) return;
    if (const Ref<Node>& node = variable.grad_fn()) {
      visit(node);
    } else if (variable.requires_grad()) {
      note(inputs_, variable);
    }
  }
  void start_at(const Ref<Node>& node) {
    if (const Variable leaf = node->leaf(); leaf.defined()) {
      start_at(leaf);
    } else {
      visit(node);
    }
  }

  /// Walks from the latest node down.
  void walk() {
    while (!queue_.empty() && seen_.size() < kMaxWalk) {
      const Ref<Node> node = queue_.top();
      queue_.pop();
      const size_t constants = node->trace ? node->trace->constants.size() : 0;
      if (size() + 1 + node->edges.size() + constants <= limit_) {
        ops_.push_back(node);
        if (earlier_) early_.insert(node.get());
        for (const Edge& edge : node->edges) {
          if (!edge.node) continue;
          const Variable leaf = edge.node->leaf();
          if (leaf.defined()) {
            note(inputs_, leaf);
          } else {
            visit(edge.node);
          }
        }
        if (!node->trace) continue;
        for (const NodeTrace::Constant& input : node->trace->constants) {
          note(inputs_, input.variable);
        }
      } else {
        if (!earlier_) ++omitted_;
        for (const Edge& edge : node->edges) {
          if (edge.node && !edge.node->leaf().defined()) visit(edge.node);
        }
      }
    }
    if (!earlier_) omitted_ += queue_.size();
  }

  /// What is found from now on belongs to earlier passes only.
  void go_on_to_earlier() {
    queue_ = {};
    earlier_ = true;
  }

  void draw() {
    // Inputs stand before what is made of them: leaves and constants first, then operations in the
    // order in which they ran.
    std::ranges::sort(ops_, {}, [](const Ref<Node>& node) { return node->sequence; });
    for (const Ref<Node>& node : ops_) note_uses(*node);
    for (const NamedTensor& named : names_) {
      if (named.variable.requires_grad() && inputs_.contains(named.variable.impl())) {
        add_leaf(named.variable);
      }
    }
    for (const Ref<Node>& node : ops_) {
      for (const Edge& edge : node->edges) {
        if (!edge.node) continue;
        if (const Variable leaf = edge.node->leaf(); leaf.defined()) add_leaf(leaf);
      }
      if (!node->trace) continue;
      for (const NodeTrace::Constant& input : node->trace->constants) add_constant(input.variable);
    }
    for (const Ref<Node>& node : ops_) add_op(*node);
    for (const Ref<Node>& node : ops_) connect(*node);
    out_.graph.omitted = static_cast<int>(omitted_);
  }

  int id_of(Key key) const {
    const auto found = ids_.find(key);
    return found == ids_.end() ? -1 : found->second;
  }
  int id_of(const Variable& variable) const {
    if (const Ref<Node>& node = variable.grad_fn()) return id_of(node.get());
    return id_of(variable.impl());
  }
  int id_of(const Node& node) const {
    const Variable leaf = node.leaf();
    return leaf.defined() ? id_of(leaf.impl()) : id_of(static_cast<Key>(&node));
  }

 private:
  struct Earlier {
    bool operator()(const Ref<Node>& a, const Ref<Node>& b) const {
      return a->sequence < b->sequence;
    }
  };
  /// A leaf or constant.
  struct Input {
    Variable variable;
    Snapshot used;     ///< as the last operation found it
    std::string name;  ///< and what it was called then
  };
  using Inputs = std::unordered_map<Key, Input>;

  size_t size() const { return ops_.size() + inputs_.size(); }

  void visit(const Ref<Node>& node) {
    if (seen_.insert(node.get()).second) queue_.push(node);
  }

  void note(Inputs& inputs, const Variable& variable) {
    const bool fresh = inputs.emplace(variable.impl(), Input{variable, {}, {}}).second;
    if (fresh && earlier_) early_.insert(variable.impl());
  }

  void note_use(Key key, const Snapshot& value, const std::string& name) {
    const auto input = inputs_.find(key);
    if (input == inputs_.end()) return;
    input->second.used = value;
    if (!name.empty()) input->second.name = name;
  }

  void note_uses(const Node& op) {
    if (!op.trace) return;
    for (const NodeTrace::Constant& input : op.trace->constants) {
      note_use(input.variable.impl(), input.value, input.name);
    }
    for (const NodeTrace::Seen& input : op.trace->seen) {
      const Variable leaf = op.edges[input.slot].node->leaf();
      if (leaf.defined()) note_use(leaf.impl(), input.value, input.name);
    }
  }

  GraphNode* add(Key key) {
    const auto [place, fresh] = ids_.emplace(key, static_cast<int>(out_.graph.nodes.size()));
    if (!fresh) return nullptr;
    GraphNode node;
    node.id = place->second;
    node.earlier = early_.contains(key);
    out_.graph.nodes.push_back(std::move(node));
    return &out_.graph.nodes.back();
  }

  template <class Matches>
  void name(GraphNode& node, Matches matches) {
    for (const NamedTensor& named : names_) {
      if (!matches(named.variable)) continue;
      node.names.push_back(named.name);
      if (!node.span) node.span = named.span;
    }
  }

  GraphNode* add_input(const Variable& variable, GraphNode::Kind kind) {
    GraphNode* node = add(variable.impl());
    if (!node) return nullptr;
    const Input& input = inputs_.at(variable.impl());
    node->kind = kind;
    const Tensor used = input.used.defined() ? input.used.tensor() : variable.data();
    node->value = described(variable, used);
    if (input.used.defined() && !input.used.equals(variable.data())) {
      node->now = described(variable, variable.data());
    }
    // A tensor that an in-place operation has changed is the result of that from then on.
    if (!variable.grad_fn()) name(*node, [&](const Variable& v) { return v.is_same(variable); });
    if (std::ranges::find(node->names, input.name) == node->names.end()) {
      node->former_name = input.name;
    }
    return node;
  }

  /// A number of the program's is written as Python writes it.
  static Preview described(const Variable& variable, const Tensor& data) {
    Preview preview = preview_of(data);
    if (variable.is_number()) {
      const Scalar number = data.item();
      preview.text = number.is_float() ? python_float_repr(number.to_double())
                     : number.is_int() ? std::to_string(number.to_int())
                     : number.truth()  ? "True"
                                       : "False";
    }
    return preview;
  }

  void add_leaf(const Variable& leaf) {
    GraphNode* node = add_input(leaf, GraphNode::Kind::Leaf);
    if (node && leaf.grad().defined()) node->grad = preview_of(leaf.grad().data());
  }

  void add_constant(const Variable& value) { add_input(value, GraphNode::Kind::Constant); }

  void add_op(const Node& op) {
    GraphNode* node = add(&op);
    if (!node) return;
    node->kind = GraphNode::Kind::Op;
    node->grad_fn = std::string(op.name());
    node->op = op_name(node->grad_fn);
    name(*node, [&](const Variable& v) { return v.grad_fn().get() == &op; });
    if (!op.trace) return;
    node->span = to_span(op.trace->span);
    if (!op.trace->grads.empty() && op.trace->grads[0].defined()) {
      node->grad = preview_of(op.trace->grads[0].tensor());
    }
    if (op.trace->values.empty()) return;
    const Snapshot& value = op.trace->values[0];
    node->value = preview_of(value.tensor());
    for (const NamedTensor& named : names_) {
      const Variable& v = named.variable;
      if (v.grad_fn().get() != &op || v.output_number() != 0) continue;
      if (!value.equals(v.data())) node->now = preview_of(v.data());
      break;
    }
  }

  /// The gradient's way back is data's way here.
  void connect(const Node& op) {
    const int to = id_of(op);
    std::vector<GraphEdge> edges;
    for (size_t i = 0; i < op.edges.size(); ++i) {
      if (!op.edges[i].node) continue;
      const int from = id_of(*op.edges[i].node);
      if (from >= 0) edges.push_back({from, to, static_cast<int>(i), {}});
    }
    if (op.trace) {
      for (const NodeTrace::Constant& input : op.trace->constants) {
        const int from = id_of(input.variable.impl());
        if (from < 0) continue;
        edges.push_back({from, to, static_cast<int>(input.slot),
                         other_than_shown(input.variable.impl(), input.value)});
      }
      for (const NodeTrace::Seen& input : op.trace->seen) {
        const auto edge = std::ranges::find(edges, static_cast<int>(input.slot), &GraphEdge::slot);
        if (edge == edges.end()) continue;
        const Variable leaf = op.edges[input.slot].node->leaf();
        edge->value = leaf.defined() ? other_than_shown(leaf.impl(), input.value)
                                     : preview_of(input.value.tensor());
      }
    }
    std::ranges::sort(edges, {}, &GraphEdge::slot);
    out_.graph.edges.insert(out_.graph.edges.end(), std::make_move_iterator(edges.begin()),
                            std::make_move_iterator(edges.end()));
  }

  /// What an operation saw of an input, where the input's node shows another value.
  std::optional<Preview> other_than_shown(Key key, const Snapshot& value) const {
    const auto input = inputs_.find(key);
    if (input == inputs_.end() || value.equals(input->second.used.tensor())) return {};
    return described(input->second.variable, value.tensor());
  }

  std::span<const NamedTensor> names_;
  RunResult& out_;
  size_t limit_;
  std::priority_queue<Ref<Node>, std::vector<Ref<Node>>, Earlier> queue_;
  std::unordered_set<const Node*> seen_;
  std::vector<Ref<Node>> ops_;
  Inputs inputs_;
  bool earlier_ = false;
  std::unordered_set<Key> early_;
  std::unordered_map<Key, int> ids_;
  size_t omitted_ = 0;
};

std::optional<Preview> preview_if(const Snapshot& value) {
  if (!value.defined()) return std::nullopt;
  return preview_of(value.tensor());
}

int64_t bytes_of(std::span<const Snapshot> values) {
  int64_t bytes = 0;
  for (const Snapshot& value : values) bytes += value.bytes();
  return bytes;
}

}  // namespace

SourceSpan GraphRecorder::current_span() const {
  const Span span = place_();
  return {span.line, span.column, span.end_line, span.end_column};
}

void GraphRecorder::on_backward(std::span<const Variable> roots) {
  Pass pass;
  pass.span = current_span();
  for (const Variable& root : roots) {
    if (root.requires_grad()) pass.roots.push_back(gradient_edge(root));
  }
  passes_.push_back(std::move(pass));
  forget_early_passes();
}

void GraphRecorder::on_step(BackwardStep step) {
  Pass& pass = passes_.back();
  ++pass.taken;
  if (pass.steps.size() >= kMaxSteps) return;
  pass.bytes += bytes_of(step.grads_in);
  if (step.node->trace) pass.bytes += bytes_of(step.node->trace->values);
  pass.steps.push_back(std::move(step));
}

void GraphRecorder::forget_early_passes() {
  size_t steps = 0;
  int64_t bytes = 0;
  for (const Pass& pass : passes_) {
    steps += pass.steps.size();
    bytes += pass.bytes;
  }
  while (passes_.size() > 1 &&
         (steps > kMaxSteps || bytes > kMaxBytes || passes_.size() > kMaxPasses)) {
    steps -= passes_.front().steps.size();
    bytes -= passes_.front().bytes;
    passes_.pop_front();
    ++forgotten_;
  }
}

std::vector<int> GraphRecorder::describe(std::span<const NamedTensor> names, RunResult& out,
                                         size_t limit) const {
  Picture picture(names, out, limit);
  const auto start_at_roots = [&](const Pass& pass) {
    for (const Edge& root : pass.roots) picture.start_at(root.node);
  };
  if (!passes_.empty()) start_at_roots(passes_.back());
  for (const NamedTensor& named : names) picture.start_at(named.variable);
  picture.walk();
  for (size_t i = passes_.size(); i-- > 1;) {
    picture.go_on_to_earlier();
    start_at_roots(passes_[i - 1]);
    picture.walk();
  }
  picture.draw();
  out.forgotten_backwards = static_cast<int>(forgotten_);
  for (const Pass& pass : passes_) {
    BackwardPass described;
    described.span = to_span(pass.span);
    described.taken = static_cast<int>(pass.taken);
    for (const Edge& root : pass.roots) {
      if (const int id = picture.id_of(*root.node); id >= 0) described.roots.push_back(id);
    }
    for (const BackwardStep& step : pass.steps) {
      Step one;
      one.node = picture.id_of(*step.node);
      if (one.node < 0) continue;
      if (!step.grads_in.empty()) one.grad_in = preview_if(step.grads_in[0]);
      one.before = preview_if(step.before);
      one.after = preview_if(step.after);
      for (const BackwardStep::Sent& sent : step.grads_out) {
        const int to = sent.to ? picture.id_of(*sent.to) : -1;
        if (to >= 0) {
          one.grads_out.push_back({to, preview_of(sent.grad.tensor())});
        } else {
          ++one.hidden;
        }
      }
      described.steps.push_back(std::move(one));
    }
    out.backwards.push_back(std::move(described));
  }
  std::vector<int> ids;
  for (const NamedTensor& named : names) ids.push_back(picture.id_of(named.variable));
  return ids;
}

}  // namespace gradpad::lang
