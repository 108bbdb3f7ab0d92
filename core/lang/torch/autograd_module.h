// torch.autograd, and switching gradients on and off.
#pragma once

#include <optional>

#include "lang/objects/sequence.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// torch.autograd.backward: `gradients` holds a tensor or None for each of `tensors`, or nothing.
/// `inputs`: a tensor or a sequence of them; unbound or None for all leaves.
void run_backward(Runtime& rt, std::span<const Value> tensors, std::span<const Value> gradients,
                  std::optional<bool> retain_graph, bool create_graph, const Value& inputs);

/// torch.autograd.{backward, grad, Variable, gradcheck, …}.
void init_autograd(Runtime& rt, Module& module);
/// is_grad_enabled and what the modules in the language are made with.
void init_autograd_internals(Runtime& rt, Module& module);

/// torch.autograd.Function.apply: runs `cls.forward` and makes the node whose backward is
/// `cls.backward`. (function_node.cpp)
Value apply_function(Runtime& rt, Value* arguments);
/// ctx.saved_tensors.
Value function_saved_tensors(Runtime& rt, Value* arguments);

}  // namespace gradpad::lang
