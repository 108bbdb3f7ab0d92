// The tensors that a program's variables lead to, by the names that the program would write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gradpad/autograd/variable.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

struct NamedTensor {
  std::string name;
  Variable variable;
  std::optional<Span> span;  ///< of its last assignment, where it is a variable itself
};

/// Adds the tensors within `value`, which is no tensor: "ys[1]" of a list or tuple, "table['w']" of
/// a dict, "point.x" of an object, "net.0.weight" of a module's parameters. Three levels deep, some
/// hundreds at most.
void add_named_parts(Runtime& rt, const std::string& name, const Value& value,
                     std::vector<NamedTensor>& out);

}  // namespace gradpad::lang
