// The operations of one name in one place, as a call finds them: torch.sum, Tensor.add_.
#pragma once

#include <string>
#include <vector>

#include "ops/registry.h"
#include "ops/resolve.h"

namespace gradpad {

/// An operation and an argument for each of its parameters.
struct OpCall {
  const Op* op = nullptr;
  SmallVector<Arg, 6> args;
  bool in_place = false;

  Arg run() const {
    const std::span<const Arg> given(args.data(), args.size());
    return in_place ? op->call_in_place(given) : op->entry->call(given);
  }
};

class OpSet {
 public:
  /// Of `ops`, which have one name. A method's first argument is apart from the others.
  OpSet(std::vector<const Op*> ops, bool is_method, bool in_place);

  const std::string& name() const { return name_; }
  bool is_method() const { return is_method_; }
  std::span<const Op* const> ops() const { return ops_; }
  bool has_param(std::string_view name) const;

  /// The first overload that takes the arguments; TypeError where none does. `self`: of a method.
  template <class Source>
  OpCall bind(const Source& source, const Variable* self = nullptr) const {
    Bound<Source> bound;
    const size_t which = resolve(source, name_, overloads_, bound);
    OpCall call{ops_[which], {}, in_place_};
    if (self) call.args.emplace_back(*self);
    const std::span<const Param> params = overloads_[which].params;
    for (size_t i = 0; i < params.size(); ++i) {
      call.args.push_back(take(source, name_, params[i], bound[i]));
    }
    return call;
  }

 private:
  std::string name_;
  std::vector<const Op*> ops_;
  std::vector<Overload> overloads_;
  bool is_method_, in_place_;
};

/// What `space` holds, by name; methods for Tensor's.
std::vector<OpSet> op_sets(Space space);

}  // namespace gradpad
