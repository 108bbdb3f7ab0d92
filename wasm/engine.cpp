// The module itself: its memory, the instruction set it was built for, the area for arguments.
#include <emscripten/bind.h>
#include <emscripten/heap.h>

#include "gradpad/tensor/storage.h"
#include "guard.h"
#include "kernels/isa.h"
#include "wire.h"

namespace gradpad::web {

namespace {

uintptr_t isa() {
  output().clear();
  output().text(kernels::isa_name());
  return output().address();
}

uintptr_t read_memory() {
  const MemoryStats& stats = memory_stats();
  output().clear();
  Record record(output());
  record.field("bytes").number(static_cast<double>(stats.live_bytes));
  record.field("peakBytes").number(static_cast<double>(stats.peak_bytes));
  record.field("storages").number(static_cast<double>(stats.live_storages));
  record.field("heapBytes").number(static_cast<double>(emscripten_get_heap_size()));
  return output().address();
}

}  // namespace

EMSCRIPTEN_BINDINGS(gradpad_engine) {
  using emscripten::function;
  function("isa", guarded<&isa>);
  function("memory", guarded<&read_memory>);
  function("reserveInput", guarded<&reserve_input>);
}

}  // namespace gradpad::web
