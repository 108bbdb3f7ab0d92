// Defines an OpEntry of list.h beside the function it calls:
//
//   GRADPAD_DEFINE_OP(mm, "mm(Tensor input, Tensor mat2) -> Tensor", "The matrix product …",
//                     "T[2,3], T[3,2]", kEverywhere, boxed<&mm>);
#pragma once

#include "ops/boxed.h"
#include "ops/registry.h"

#define GRADPAD_DEFINE_OP(id, schema_text, doc_text, sample_text, space, ...)    \
  extern const OpEntry op_##id;                                                  \
  const OpEntry op_##id {                                                        \
    schema_text, doc_text, sample_text, static_cast<uint8_t>(space), __VA_ARGS__ \
  }
