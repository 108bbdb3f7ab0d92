// What the torch modules keep with a Runtime: their types and the objects that exist once.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gradpad/tensor/dtype.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

class TorchState final : public RefCounted {
 public:
  // Owned by the Runtime.
  Type* parameter = nullptr;
  Type* size = nullptr;
  Type* dtype = nullptr;
  Type* device = nullptr;
  Type* generator = nullptr;
  Type* node = nullptr;
  Type* function_context = nullptr;
  Type* handle = nullptr;

  std::array<Value, kDTypeCount> dtypes;
  Value cpu;
  Value default_generator;
  /// Node types by name: `type(y.grad_fn)`.
  std::map<std::string, Type*, std::less<>> node_types;
  /// Types of results with names: `torch.return_types.max`.
  std::map<std::string, Type*, std::less<>> return_types;
  /// Attributes of those, which Property objects point to.
  std::vector<std::unique_ptr<std::vector<Getter>>> getters;
  /// What native functions point to.
  std::vector<std::shared_ptr<void>> kept;
  bool warned_volatile = false;
};

inline TorchState& torch_state(Runtime& rt) { return static_cast<TorchState&>(*rt.torch); }

}  // namespace gradpad::lang
