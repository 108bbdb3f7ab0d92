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

constexpr size_t kMaxSteps = 1000;
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
  std::string out;
  for (size_t i = 0; i < stem.size(); ++i) {
    const auto c = static_cast<unsigned char>(stem[i]);
    if (std::isupper(c) && i > 0 && !std::isupper(static_cast<unsigned char>(stem[i - 1]))) {
      out += '_';
    }
    out += static_cast<char>(std::tolower(c));
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
      leaves_.emplace(variable.impl(), variable);
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
        for (const Edge& edge : node->edges) {
          if (!edge.node) continue;
          const Variable leaf = edge.node->leaf();
          if (leaf.defined()) {
            leaves_.emplace(leaf.impl(), leaf);
          } else {
            visit(edge.node);
          }
        }
        if (!node->trace) continue;
        for (const NodeTrace::Input& input : node->trace->constants) {
          constants_.emplace(input.value.impl(), input.value);
        }
      } else {
        ++omitted_;
        for (const Edge& edge : node->edges) {
          if (edge.node && !edge.node->leaf().defined()) visit(edge.node);
        }
      }
    }
    omitted_ += queue_.size();
  }

  void draw() {
    // Inputs stand before what is made of them: leaves and constants first, then operations in the
    // order in which they ran.
    std::ranges::sort(ops_, {}, [](const Ref<Node>& node) { return node->sequence; });
    for (const NamedTensor& named : names_) {
      if (leaves_.contains(named.variable.impl())) add_leaf(named.variable);
    }
    for (const Ref<Node>& node : ops_) {
      for (const Edge& edge : node->edges) {
        if (!edge.node) continue;
        if (const Variable leaf = edge.node->leaf(); leaf.defined()) add_leaf(leaf);
      }
      if (!node->trace) continue;
      for (const NodeTrace::Input& input : node->trace->constants) add_constant(input.value);
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

  size_t size() const { return ops_.size() + leaves_.size() + constants_.size(); }

  void visit(const Ref<Node>& node) {
    if (seen_.insert(node.get()).second) queue_.push(node);
  }

  GraphNode* add(Key key) {
    const auto [place, fresh] = ids_.emplace(key, static_cast<int>(out_.graph.nodes.size()));
    if (!fresh) return nullptr;
    GraphNode node;
    node.id = place->second;
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

  void add_leaf(const Variable& leaf) {
    GraphNode* node = add(leaf.impl());
    if (!node) return;
    node->kind = GraphNode::Kind::Leaf;
    node->value = preview_of(leaf.data());
    if (leaf.grad().defined()) node->grad = preview_of(leaf.grad().data());
    name(*node, [&](const Variable& v) { return v.is_same(leaf); });
  }

  void add_constant(const Variable& value) {
    GraphNode* node = add(value.impl());
    if (!node) return;
    node->kind = GraphNode::Kind::Constant;
    node->value = preview_of(value.data());
    if (value.is_number()) {
      const Scalar number = value.item();
      node->value->text = number.is_float() ? python_float_repr(number.to_double())
                          : number.is_int() ? std::to_string(number.to_int())
                          : number.truth()  ? "True"
                                            : "False";
    }
    name(*node, [&](const Variable& v) { return v.is_same(value); });
  }

  void add_op(const Node& op) {
    GraphNode* node = add(&op);
    if (!node) return;
    node->kind = GraphNode::Kind::Op;
    node->grad_fn = std::string(op.name());
    node->op = op_name(node->grad_fn);
    name(*node, [&](const Variable& v) { return v.grad_fn().get() == &op; });
    if (!op.trace) return;
    node->span = to_span(op.trace->span);
    if (!op.trace->values.empty()) node->value = preview_of(op.trace->values[0]);
    if (!op.trace->grads.empty() && op.trace->grads[0].defined()) {
      node->grad = preview_of(op.trace->grads[0]);
    }
  }

  void connect(const Node& op) {
    const int to = id_of(op);
    std::vector<GraphEdge> edges;
    for (size_t i = 0; i < op.edges.size(); ++i) {
      if (!op.edges[i].node) continue;
      const int from = id_of(*op.edges[i].node);
      if (from >= 0) edges.push_back({from, to, static_cast<int>(i)});
    }
    if (op.trace) {
      for (const NodeTrace::Input& input : op.trace->constants) {
        const int from = id_of(input.value.impl());
        if (from >= 0) edges.push_back({from, to, static_cast<int>(input.slot)});
      }
    }
    std::ranges::sort(edges, {}, &GraphEdge::slot);
    out_.graph.edges.insert(out_.graph.edges.end(), edges.begin(), edges.end());
  }

  std::span<const NamedTensor> names_;
  RunResult& out_;
  size_t limit_;
  std::priority_queue<Ref<Node>, std::vector<Ref<Node>>, Earlier> queue_;
  std::unordered_set<const Node*> seen_;
  std::vector<Ref<Node>> ops_;
  std::unordered_map<Key, Variable> leaves_, constants_;
  std::unordered_map<Key, int> ids_;
  size_t omitted_ = 0;
};

}  // namespace

SourceSpan GraphRecorder::current_span() const {
  const Span span = place_();
  return {span.line, span.column, span.end_line, span.end_column};
}

void GraphRecorder::on_backward(std::span<const Variable> roots) {
  steps_.clear();
  roots_.assign(roots.begin(), roots.end());
}

void GraphRecorder::on_step(BackwardStep step) {
  if (steps_.size() < kMaxSteps) steps_.push_back(std::move(step));
}

void GraphRecorder::clear() {
  steps_.clear();
  roots_.clear();
}

std::vector<int> GraphRecorder::describe(std::span<const NamedTensor> names, RunResult& out,
                                         size_t limit) const {
  Picture picture(names, out, limit);
  for (const Variable& root : roots_) picture.start_at(root);
  for (const NamedTensor& named : names) {
    if (named.is_variable) picture.start_at(named.variable);
  }
  picture.walk();
  picture.draw();
  for (const BackwardStep& step : steps_) {
    Step described;
    described.node = picture.id_of(*step.node);
    if (described.node < 0) continue;
    if (!step.grads_in.empty() && step.grads_in[0].defined()) {
      described.grad_in = preview_of(step.grads_in[0]);
    }
    for (const BackwardStep::Sent& sent : step.grads_out) {
      const int to = sent.to ? picture.id_of(*sent.to) : -1;
      if (to >= 0) described.grads_out.push_back({to, preview_of(sent.grad)});
    }
    out.steps.push_back(std::move(described));
  }
  std::vector<int> ids;
  for (const NamedTensor& named : names) ids.push_back(picture.id_of(named.variable));
  return ids;
}

}  // namespace gradpad::lang
