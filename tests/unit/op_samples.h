// The samples of the op table: calls written as text beside each op, turned into arguments. Their
// format stands at OpEntry::samples (core/ops/registry.h).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ops/registry.h"

namespace gradpad::testing {

/// One call of an op: an argument for each parameter. Tensors are the same at every run.
struct Sample {
  std::string text;
  Args args;
  /// How far PyTorch's numbers may be off, where its entry says that they are.
  double tolerance = 0;
};

/// Whether PyTorch has the operation, so that there is something to compare with.
inline bool has_oracle(const Op& op) { return !op.in(kNotPyTorch); }

/// ErrorKind::Value where the text cannot be read or does not fit the signature.
std::vector<Sample> samples_of(const Op& op);

/// `torch.sum(I[2,3]<9, 0)`: a call of the first overload of the name in that space (torch, F,
/// linalg, method) that takes the arguments. A tensor may be followed by a dtype, `T[2]:float32`;
/// it then needs no gradient.
struct Case {
  const Op* op;
  Sample sample;
};
Case read_case(const std::string& line);

/// The tensors among the arguments that require gradients, lists included, in their order.
Variables differentiable_args(const Args& args);
/// The arguments with those tensors replaced, one after the other.
Args with_tensors(const Args& args, const Variables& tensors);
/// Applies `change` to every tensor among the arguments.
Args map_tensors(const Args& args, const std::function<Variable(const Variable&)>& change);

/// The tensors that a call gives, in their order.
Variables results_of(const Arg& result);
/// Calls the op with the random numbers of seed 0.
Variables call(const Op& op, const Args& args);

}  // namespace gradpad::testing
