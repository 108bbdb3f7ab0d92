// Reading signatures written as PyTorch writes them.
#pragma once

#include "ops/registry.h"

namespace gradpad {

/// Parses `entry.schema`. Throws ErrorKind::Value with the place if it is not well formed; a test
/// parses all entries.
Op parse_schema(const OpEntry& entry);

}  // namespace gradpad
