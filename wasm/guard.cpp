// The JavaScript error for a C++ one.
#include "guard.h"

#include <emscripten/em_js.h>

#include <new>
#include <stdexcept>
#include <string_view>

#include "gradpad/tensor/error.h"

namespace gradpad::web {

// The texts are read where they lie: there may be no memory for anything else. js/module.ts makes
// the error. The macro's parameters are JavaScript.
// clang-format off
EM_JS(void, gradpad_refuse, (const char* name, size_t name_bytes, const char* text, size_t bytes), {
  const read = (at, count) => new TextDecoder().decode(HEAPU8.subarray(at, at + count));
  Module["refuse"](read(name, name_bytes), read(text, bytes));
});
// clang-format on

namespace {

void refuse(std::string_view name, std::string_view text) {
  gradpad_refuse(name.data(), name.size(), text.data(), text.size());
}

void refuse_for_memory() { refuse("MemoryError", "the module's memory is used up"); }

}  // namespace

void tell_exception() {
  try {
    throw;
  } catch (const Error& error) {
    // Python's MemoryError says nothing.
    if (error.message().empty()) return refuse_for_memory();
    refuse(exception_name(error.kind()), error.message());
  } catch (const std::bad_alloc&) {
    refuse_for_memory();
  } catch (const std::length_error&) {
    refuse_for_memory();
  }
}

}  // namespace gradpad::web
