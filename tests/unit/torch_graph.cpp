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

const GraphNode& node_of(const RunResult& result, std::string_view op) {
  const auto found = std::ranges::find(result.graph.nodes, op, &GraphNode::op);
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

  REQUIRE(result.backwards.size() == 1);
  CHECK(result.backwards[0].span->line == 5);
  CHECK(result.backwards[0].roots == std::vector{y.id});
  const std::vector<Step>& steps = result.backwards[0].steps;
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].node == y.id);
  CHECK(steps[0].grad_in->text == "[1.]");
  REQUIRE(steps[0].grads_out.size() == 1);
  CHECK(steps[0].grads_out[0].node == x.id);
  CHECK(steps[0].grads_out[0].grad.text == "[4.]");
  CHECK(steps[1].node == x.id);
  CHECK(steps[1].grad_in->text == "[4.]");
  CHECK_FALSE(steps[1].before);
  CHECK(steps[1].after->text == "[4.]");
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
  CHECK(result.backwards.at(0).steps.size() == 3);
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
  CHECK(result.backwards.at(0).steps.size() <= 300);
  CHECK(result.backwards.at(0).taken == 5001);
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
  // The last hundred passes are kept.
  const int64_t few = peak("200");
  CHECK(peak("20000") <= few + 4096);
}

TEST_CASE("every backward of a run is kept, with what a leaf had before and after", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor(2.0, requires_grad=True)\n"
          "for i in range(3):\n"
          "    y = x * x\n"
          "    y.backward()\n");
  const int x = node_named(result, "x").id;
  REQUIRE(result.backwards.size() == 3);
  std::vector<std::string> kept;
  for (const BackwardPass& pass : result.backwards) {
    CHECK(pass.taken == 2);
    CHECK(pass.span->line == 5);
    REQUIRE(pass.steps.size() == 2);
    CHECK(pass.steps[0].node == pass.roots.at(0));
    CHECK(pass.steps[1].node == x);
    CHECK(pass.steps[1].grad_in->text == "4.");
    kept.push_back((pass.steps[1].before ? pass.steps[1].before->text : "none") + " to " +
                   pass.steps[1].after->text);
  }
  CHECK(kept == std::vector<std::string>{"none to 4.", "4. to 8.", "8. to 12."});
  CHECK(result.graph.nodes[static_cast<size_t>(result.backwards[0].roots[0])].earlier);
  CHECK_FALSE(node_named(result, "y").earlier);
  CHECK(result.graph.omitted == 0);
}

TEST_CASE("of very many passes the last are kept, and how many were before", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor(2.0, requires_grad=True)\n"
          "for i in range(1000):\n"
          "    (x * x).backward()\n");
  CHECK(result.backwards.size() <= 100);
  CHECK(result.backwards.size() + static_cast<size_t>(result.forgotten_backwards) == 1000);
  CHECK(result.backwards.back().steps.size() == 2);
}

TEST_CASE("a node shows what it held when it was computed, and what it is now", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "w = torch.tensor(1.0, requires_grad=True)\n"
          "y = w * 3\n"
          "y.backward()\n"
          "torch.optim.SGD([w], lr=0.5).step()\n");
  const GraphNode& w = node_named(result, "w");
  CHECK(w.value->text == "1.");
  CHECK(w.now->text == "-0.5000");
  CHECK(node_named(result, "y").value->text == "3.");
  CHECK_FALSE(node_named(result, "y").now);
}

TEST_CASE("in-place operations leave what was computed before as it was", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor([3.0, 2.5], requires_grad=True)\n"
          "y = x * 2\n"
          "y[0] = 7\n"
          "y.add_(1)\n");
  CHECK(node_of(result, "mul").value->text == "[6., 5.]");
  CHECK(node_named(result, "y").op == "add");
  CHECK(node_named(result, "y").value->text == "[8., 6.]");
  CHECK_FALSE(node_named(result, "y").now);
}

TEST_CASE("what an operation saw of an input that changed between two uses", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "w = torch.tensor([1.0], requires_grad=True)\n"
          "c = torch.tensor([10.0])\n"
          "a = w * c\n"
          "w.data.fill_(2)\n"
          "c.mul_(5)\n"
          "b = w * c + a\n"
          "w.data = torch.tensor([9.0])\n");
  CHECK(node_named(result, "w").value->text == "[2.]");
  CHECK(node_named(result, "w").now->text == "[9.]");
  CHECK(node_named(result, "c").value->text == "[50.]");
  CHECK_FALSE(node_named(result, "c").now);
  const std::vector<GraphEdge> into_a = edges_to(result, node_named(result, "a").id);
  REQUIRE(into_a.size() == 2);
  CHECK(into_a[0].value->text == "[1.]");
  CHECK(into_a[1].value->text == "[10.]");
  for (const GraphEdge& edge : edges_to(result, node_named(result, "b").id)) {
    CHECK_FALSE(edge.value);
  }
}

TEST_CASE("a result that is changed behind the graph's back is marked", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor([1.0], requires_grad=True)\n"
          "y = x * 2\n"
          "y.data.add_(5)\n"
          "z = y + 1\n");
  CHECK(node_named(result, "y").value->text == "[2.]");
  CHECK(node_named(result, "y").now->text == "[7.]");
  CHECK(edges_to(result, node_named(result, "z").id).at(0).value->text == "[7.]");
}

TEST_CASE("a leaf whose name went to its result keeps its name and gradient", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor(3.0, requires_grad=True)\n"
          "x = x * x\n"
          "x.backward()\n");
  const auto leaf = std::ranges::find(result.graph.nodes, GraphNode::Kind::Leaf, &GraphNode::kind);
  REQUIRE(leaf != result.graph.nodes.end());
  CHECK(leaf->names.empty());
  CHECK(leaf->former_name == "x");
  CHECK(leaf->grad->text == "6.");
  CHECK(node_named(result, "x").op == "mul");
}

TEST_CASE("tensors in lists, dicts and objects are in the graph by their names", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.tensor(3.0, requires_grad=True)\n"
          "ys = [x * 2, [x * 3, (x * 4,)]]\n"
          "table = {'w': x * 5, 7: x * 6}\n"
          "class Point:\n"
          "    pass\n"
          "point = Point()\n"
          "point.a = x * 8\n"
          "point._hidden = x * 9\n"
          "net = torch.nn.Sequential(torch.nn.Linear(1, 1))\n"
          "net.state = x * 10\n"
          "ys[0].backward()\n");
  for (const auto& [name, value] : {std::pair("ys[0]", "6."),
                                    {"ys[1][0]", "9."},
                                    {"ys[1][1][0]", "12."},
                                    {"table['w']", "15."},
                                    {"table[7]", "18."},
                                    {"point.a", "24."},
                                    {"net.state", "30."}}) {
    INFO(name);
    CHECK(node_named(result, name).value->text == value);
  }
  CHECK(node_named(result, "net.0.weight").kind == GraphNode::Kind::Leaf);
  CHECK(std::ranges::none_of(result.graph.nodes, [](const GraphNode& node) {
    return node.value && node.value->text == "27.";
  }));
}

TEST_CASE("operations are called as PyTorch calls them", "[graph]") {
  const RunResult result =
      run("import torch\n"
          "import torch.nn.functional as F\n"
          "x = torch.ones(1, 1, 4, 4, requires_grad=True)\n"
          "a = F.max_pool2d(x, 2)\n"
          "b = F.avg_pool2d(x, 2)\n"
          "c = F.log_softmax(x, 0)\n"
          "d = torch.log1p(x)\n"
          "e = torch.atan2(x, x)\n"
          "f = F.smooth_l1_loss(x, x.detach())\n"
          "g = torch.log2(x)\n"
          "h = torch.deg2rad(x)\n");
  for (const auto& [name, op] : {std::pair("a", "max_pool2d_with_indices"),
                                 {"b", "avg_pool2d"},
                                 {"c", "log_softmax"},
                                 {"d", "log1p"},
                                 {"e", "atan2"},
                                 {"f", "smooth_l1_loss"},
                                 {"g", "log2"},
                                 {"h", "deg2rad"}}) {
    CHECK(node_named(result, name).op == op);
  }
}
