// Reading signatures, and choosing the overload that a call means.
#include "ops/signature.h"

#include <catch2/catch_test_macros.hpp>

#include "gradpad/autograd/gradcheck.h"
#include "gradpad/ops/functions.h"
#include "op_samples.h"
#include "ops/arg_source.h"
#include "ops/entry.h"
#include "ops/op_set.h"

using namespace gradpad;

// An operation that PyTorch does not have, as a source of core/ops would define it.
namespace gradpad {

namespace {

Variable softcube(const Variable& input, double scale) {
  return input * input * input * Variable(Scalar(scale));
}

}  // namespace

GRADPAD_DEFINE_OP(softcube, "softcube(Tensor input, float scale=0.5) -> Tensor",
                  "scale * input³, for this test.", "T[2,3]; T[2], scale=2.0; T[]",
                  kEverywhere | kInPlace | kNotPyTorch, boxed<&softcube>);

}  // namespace gradpad

namespace {

std::string error_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

OpCall call(std::string_view name, const Args& args, const std::vector<std::string>& names = {}) {
  std::vector<const Op*> ops;
  for (const Op& op : find_ops(name)) ops.push_back(&op);
  return OpSet(std::move(ops), false, false).bind(ArgSource(args, names));
}

const Variable kPair(Tensor::from<double>({1, 2}, {2}));

}  // namespace

TEST_CASE("a signature is read whole", "[ops][signature]") {
  const Signature s = parse_signature(
      "f(Tensor(a) input, Tensor|Scalar? other=None, int[2] size=3, *, Tensor... rest, float p=1) "
      "-> (Tensor(a) values, Tensor[] others)");
  CHECK(s.name == "f");
  REQUIRE(s.params.size() == 5);
  CHECK(s.params[0].alias == 'a');
  CHECK(s.params[1].takes_number);
  CHECK(s.params[1].optional);
  CHECK(s.params[1].default_value->is_none());
  CHECK(s.params[2].list_size == 2);
  CHECK(*s.params[2].default_value->get<Dims>() == Dims{3, 3});
  CHECK(s.params[3].variadic);
  CHECK(s.params[3].keyword_only);
  CHECK(s.params[4].default_value->get<Scalar>()->is_float());
  REQUIRE(s.results.size() == 2);
  CHECK(s.results[0].name == "values");
  CHECK(s.results[1].type == ArgType::TensorList);
  CHECK(s.is_view());
  CHECK(Overload(s.params).text() ==
        "(Tensor input, Tensor other, tuple of ints size, *, tuple of Tensors rest, float p)");
}

TEST_CASE("what is wrong in a signature is said with its place", "[ops][signature]") {
  const auto error = [](const char* text) { return error_of([&] { parse_signature(text); }); };
  CHECK(error("f(Tenor input) -> Tensor") ==
        "signature \"f(Tenor input) -> Tensor\": expected a type at 7");
  CHECK(error("f(Tensor input)") == "signature \"f(Tensor input)\": expected -> at 15");
  CHECK(error("f(float[] x) -> Tensor").find("expected a list of ints or tensors") !=
        std::string::npos);
  CHECK(error("f(int x=many) -> Tensor").find("expected a default value") != std::string::npos);
  CHECK(error("f(Tensor(ab) x) -> Tensor").find("expected a letter") != std::string::npos);
  CHECK(error_of([] { parse_parameters("int a, int b)"); }).find("expected the end") !=
        std::string::npos);
}

TEST_CASE("entries take what operations can take", "[ops][signature]") {
  for (const Op& op : all_ops()) {
    INFO(op.entry->schema);
    CHECK_FALSE(op.results.empty());
    for (const Param& param : op.params) CHECK(param.type < ArgType::Device);
    // What is written into a tensor is its first argument.
    if (op.in(kInPlace)) CHECK(op.params[0].type == ArgType::Tensor);
  }
}

TEST_CASE("a call means the first overload that takes its arguments", "[ops][signature]") {
  CHECK(call("sum", {kPair}).op->params.size() == 2);
  CHECK(call("sum", {kPair, Scalar(0)}).op->params.size() == 4);
  const OpCall by_name = call("sum", {kPair, Scalar(0), Scalar(true)}, {"axis", "keepdims"});
  CHECK(by_name.args[2].get<Scalar>()->truth());
  CHECK(call("max", {kPair, kPair}).op->params[1].name == "other");
  // A number stands for a tensor where the entry says so, and nowhere else.
  CHECK(call("mul", {kPair, Scalar(2)}).args[1].get<Scalar>());
  CHECK(error_of([] { call("atan2", {kPair, Scalar(2)}); }) ==
        "atan2(): argument 'other' (position 2) must be Tensor, not int");
  // Tensors one by one, and in a list.
  CHECK(call("block_diag", {kPair, kPair}).args[0].get<Args>()->size() == 2);
  CHECK(call("block_diag", {Args{kPair}}).args[0].get<Args>()->size() == 1);
  CHECK(error_of([] { call("block_diag", {kPair, Scalar(1)}); }) ==
        "expected Tensor as element 1 in argument 0, but got int");
  CHECK(error_of([] { call("sum", {kPair, std::string("a")}); })
            .starts_with("sum() received an invalid combination of arguments - got (Tensor, str), "
                         "but expected one of:\n * (Tensor input, *, torch.dtype dtype)\n"));
  // A dtype may be named.
  CHECK(*call("sum", {kPair, std::string("float32")}, {"dtype"}).args[1].get<DType>() ==
        DType::Float32);
}

TEST_CASE("an operation that PyTorch does not have passes every check", "[ops][signature]") {
  const Op op{parse_signature(op_softcube.schema), &op_softcube};
  CHECK_FALSE(testing::has_oracle(op));
  const std::vector<testing::Sample> samples = testing::samples_of(op);
  REQUIRE(samples.size() == 3);
  for (const testing::Sample& sample : samples) {
    const auto function = [&](const Variables& inputs) {
      return testing::call(op, testing::with_tensors(sample.args, inputs));
    };
    const Variables inputs = testing::differentiable_args(sample.args);
    CHECK(gradcheck(function, inputs) == "");
    CHECK(gradgradcheck(function, inputs) == "");
  }
  const Variable target(kPair.data().clone());
  const OpCall call = OpSet({&op}, true, true).bind(ArgSource({}, {}), &target);
  CHECK(call.run().get<Variable>()->is_same(target));
  CHECK(target.data().at(1).to_double() == 4);
}

TEST_CASE("the in-place form of a view changes how the tensor sees its data", "[ops][signature]") {
  for (const Op& op : all_ops()) {
    if (!op.is_view() || !op.in(kInPlace)) continue;
    for (const testing::Sample& sample : testing::samples_of(op)) {
      INFO(sample.text);
      const Variable target(sample.args[0].get<Variable>()->data().clone());
      Args args = sample.args;
      args[0] = target;
      const Variable expected = testing::call(op, args)[0];
      const auto storage = target.data().storage();
      CHECK(op.call_in_place(args).get<Variable>()->is_same(target));
      CHECK(target.data().storage() == storage);
      CHECK(target.shape() == expected.shape());
      CHECK(target.data().strides() == expected.data().strides());
    }
  }
}
