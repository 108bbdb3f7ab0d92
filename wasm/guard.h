// Turns C++ exceptions into JavaScript errors: `function("mm", guarded<&mm>)`. The error's name is
// that of Python's exception, its message the exception's text.
//
// Strings do not cross here through Embind, whose conversions take memory without looking whether
// they got it: they come and go on the wire.
#pragma once

#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

#include "gradpad/tensor/error.h"

namespace gradpad::web {

[[noreturn]] void throw_error(const Error& error);
[[noreturn]] void throw_out_of_memory();

/// Runs `body`; a C++ exception leaves it as a JavaScript error.
template <class Body>
auto guard(Body&& body) {
  std::optional<Error> caught;
  try {
    return body();
  } catch (Error& error) {
    caught = std::move(error);
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  // Thrown from here, where C++ has done with its own.
  if (!caught) throw_out_of_memory();
  throw_error(*caught);
}

template <auto function>
struct Guarded;
template <class Result, class... Params, Result (*function)(Params...)>
struct Guarded<function> {
  static Result call(Params... params) {
    return guard([&] { return function(params...); });
  }
};
template <auto function>
inline constexpr auto guarded = &Guarded<function>::call;

}  // namespace gradpad::web
