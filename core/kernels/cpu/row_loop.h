// The part of an element-wise loop that knows neither op nor instruction set: strided and broadcast
// rows are packed, block by block, into buffers that the loop over contiguous rows works on.
#pragma once

#include <cstdint>

namespace gradpad::kernels {

/// pointers[0] is the output, the inputs follow; strides in bytes, 0 for a broadcast input.
using Loop = void (*)(char* const* pointers, const int64_t* byte_strides, int64_t n,
                      const void* params);

/// The same over contiguous elements.
using ContiguousLoop = void (*)(char* const* pointers, int64_t n, const void* params);

inline constexpr int kMaxRowOperands = 6;

/// Calls `body` on the row, in blocks where some operand is not contiguous. `sizes`: of the
/// operands' elements, each 1, 4 or 8 bytes.
void run_row(ContiguousLoop body, int operands, const int64_t* sizes, char* const* pointers,
             const int64_t* byte_strides, int64_t n, const void* params);

}  // namespace gradpad::kernels
