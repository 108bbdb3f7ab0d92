// The graph and the backward steps that the page draws.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "gradpad/tensor/storage.h"
#include "lang/session/session.h"

using namespace gradpad;
using namespace gradpad::lang;

namespace {

RunResult run(std::string_view source) {
  Session session;
  RunResult result = session.run(source);
  INFO((result.error ? result.error->traceback : ""));
  REQUIRE_FALSE(result.error);
  return result;
}

const GraphNode& node_named(const RunResult& result, std::string_view name) {
  const auto found = std::ranges::find_if(result.graph.nodes, [&](const GraphNode& node) {
    return std::ranges::find(node.names, name) != node.names.end();
  });
  REQUIRE(found != result.graph.nodes.end());
  return *found;
}

std::vector<GraphEdge> edges_to(const RunResult& result, int node) {
  std::vector<GraphEdge> edges;
  for (const GraphEdge& edge : result.graph.edges) {
    if (edge.to == node) edges.push_back(edge);
  }
  return edges;
}

}  // namespace

TEST_CASE("the graph of the article's backward", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "from torch.autograd import Variable\n"
          "x = Variable(torch.Tensor([2]), requires_grad=True)\n"
          "y = x ** 2\n"
          "y.backward()\n");
  REQUIRE(result.graph.nodes.size() == 3);
  const GraphNode& x = node_named(result, "x");
  const GraphNode& y = node_named(result, "y");
  CHECK(x.kind == GraphNode::Kind::Leaf);
  CHECK(x.value->text == "[2.]");
  CHECK(x.grad->text == "[4.]");
  CHECK(x.span->line == 3);
  CHECK(y.kind == GraphNode::Kind::Op);
  CHECK(y.op == "pow");
  CHECK(y.grad_fn == "PowBackward0");
  CHECK(y.value->text == "[4.]");
  CHECK(y.grad->text == "[1.]");
  CHECK(y.span->line == 4);
  CHECK(y.span->column == 4);
  CHECK(y.span->end_column == 10);
  const GraphNode& two = result.graph.nodes[1];
  CHECK(two.kind == GraphNode::Kind::Constant);
  CHECK(two.value->text == "2");
  REQUIRE(result.graph.edges.size() == 2);
  CHECK(result.graph.edges[0].from == x.id);
  CHECK(result.graph.edges[0].to == y.id);
  CHECK(result.graph.edges[1].from == two.id);
  CHECK(result.graph.edges[1].to == y.id);
  CHECK(result.graph.omitted == 0);

  REQUIRE(result.steps.size() == 2);
  CHECK(result.steps[0].node == y.id);
  CHECK(result.steps[0].grad_in->text == "[1.]");
  REQUIRE(result.steps[0].grads_out.size() == 1);
  CHECK(result.steps[0].grads_out[0].node == x.id);
  CHECK(result.steps[0].grads_out[0].grad.text == "[4.]");
  CHECK(result.steps[1].node == x.id);
  CHECK(result.steps[1].grad_in->text == "[4.]");
}

TEST_CASE("inputs that need no gradient are constants", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor([1.0, 2.0], requires_grad=True)\n"
          "w = torch.tensor([3.0, 4.0])\n"
          "y = (x * w + 0.5).sum()\n");
  const GraphNode& w = node_named(result, "w");
  CHECK(w.kind == GraphNode::Kind::Constant);
  const auto number = std::ranges::find_if(result.graph.nodes, [](const GraphNode& node) {
    return node.kind == GraphNode::Kind::Constant && node.names.empty();
  });
  REQUIRE(number != result.graph.nodes.end());
  CHECK(number->value->text == "0.5");
  const auto mul = std::ranges::find(result.graph.nodes, "mul", &GraphNode::op);
  REQUIRE(mul != result.graph.nodes.end());
  const std::vector<GraphEdge> inputs = edges_to(result, mul->id);
  REQUIRE(inputs.size() == 2);
  CHECK(inputs[0].slot == 0);
  CHECK(inputs[0].from == node_named(result, "x").id);
  CHECK(inputs[1].slot == 1);
  CHECK(inputs[1].from == w.id);
}

TEST_CASE("inputs stand before what is made of them", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "a = torch.tensor(2.0, requires_grad=True)\n"
          "b = torch.tensor(3.0, requires_grad=True)\n"
          "c = (a * b + a).exp()\n"
          "c.backward()\n");
  for (const GraphEdge& edge : result.graph.edges) CHECK(edge.from < edge.to);
  for (size_t i = 0; i < result.graph.nodes.size(); ++i) {
    CHECK(result.graph.nodes[i].id == static_cast<int>(i));
  }
}

TEST_CASE("the graph that backward began from is shown though no variable holds it", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "w = torch.ones(2, requires_grad=True)\n"
          "def loss():\n"
          "    return (w ** 2).sum()\n"
          "loss().backward()\n");
  CHECK(std::ranges::count(result.graph.nodes, GraphNode::Kind::Op, &GraphNode::kind) == 2);
  CHECK(result.steps.size() == 3);
}

TEST_CASE("parameters are named by the module that holds them", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "net = torch.nn.Linear(2, 1)\n"
          "net(torch.ones(1, 2)).sum().backward()\n");
  CHECK(node_named(result, "net.weight").kind == GraphNode::Kind::Leaf);
  CHECK(node_named(result, "net.bias").grad);
}

TEST_CASE("a graph too large to draw shows what was made last", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.ones(1, requires_grad=True)\n"
          "y = x\n"
          "for i in range(5000):\n"
          "    y = y + 1\n"
          "y.backward()\n");
  CHECK(result.graph.nodes.size() <= 300);
  CHECK(result.graph.omitted > 4000);
  CHECK(node_named(result, "y").kind == GraphNode::Kind::Op);
  CHECK(result.steps.size() <= 300);
}

TEST_CASE("a chain of a million operations is watched without recursion", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.ones(1, requires_grad=True)\n"
          "y = x\n"
          "for i in range(1000000):\n"
          "    y = -y\n"
          "y.backward()\n"
          "print(x.grad)\n");
  CHECK(result.stdout_text == "tensor([1.])\n");
  CHECK(result.graph.omitted > 0);
}

TEST_CASE("training does not gather memory", "[graph]") {
  const char* const program =
      "import torch\n"
      "w = torch.zeros(100, requires_grad=True)\n"
      "for i in range({}):\n"
      "    loss = ((w - 1) ** 2).sum()\n"
      "    loss.backward()\n"
      "    with torch.no_grad():\n"
      "        w -= 0.01 * w.grad\n"
      "        w.grad.zero_()\n";
  const auto peak = [&](const std::string& rounds) {
    std::string source = program;
    source.replace(source.find("{}"), 2, rounds);
    memory_stats().peak_bytes = memory_stats().live_bytes;
    run(source);
    return memory_stats().peak_bytes;
  };
  const int64_t few = peak("10");
  CHECK(peak("20000") <= few + 4096);
}

TEST_CASE("only the steps of the last backward are kept", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.ones(1, requires_grad=True)\n"
          "(x * 2).exp().backward()\n"
          "y = x + 1\n"
          "y.backward()\n");
  REQUIRE(result.steps.size() == 2);
  CHECK(result.steps[0].node == node_named(result, "y").id);
}
