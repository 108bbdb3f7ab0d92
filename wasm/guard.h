// Turns C++ exceptions into JavaScript errors: `function("mm", guarded<&mm>)`. The error's name is
// that of Python's exception, its message the exception's text.
#pragma once

#include <new>
#include <optional>
#include <stdexcept>
#include <string>

#include "gradpad/tensor/error.h"

namespace gradpad::web {

[[noreturn]] void throw_error(const Error& error);

/// Runs `body`; a C++ exception leaves it as a JavaScript error.
template <class Body>
auto guard(Body&& body) {
  std::optional<Error> caught;
  try {
    return body();
  } catch (const Error& error) {
    caught = error;
  } catch (const std::bad_alloc&) {
    caught.emplace(ErrorKind::Memory, "");
  } catch (const std::length_error&) {
    caught.emplace(ErrorKind::Memory, "");
  }
  // Thrown from here, where C++ has done with its own.
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
