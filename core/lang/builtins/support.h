// Small things that the built-in types and functions share: error texts, arguments, budgets.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

using Parts = std::initializer_list<std::string_view>;

/// The parts one after the other.
std::string text_of(Parts parts);
[[noreturn]] void fail_with(ErrorKind kind, Parts parts);
[[noreturn]] inline void fail_type(Parts parts) { fail_with(ErrorKind::Type, parts); }
[[noreturn]] inline void fail_value(Parts parts) { fail_with(ErrorKind::Value, parts); }
[[noreturn]] void fail_memory();

/// The arguments of a call that takes `least` to `most` of them and none by name: those not given
/// are unbound. Messages are those of CPython's argument clinic ("list expected at most 1 argument,
/// got 2").
void check_positional(std::string_view function, const Arguments& arguments, int64_t least,
                      int64_t most);

/// Sorts the arguments of a call of a type into places, by position or by name.
class CallArguments {
 public:
  /// An empty name marks a parameter that can only be given by position.
  CallArguments(std::string_view function, const Arguments& arguments,
                std::initializer_list<std::string_view> names);
  /// Unbound where not given.
  const Value& operator[](size_t i) const noexcept { return values_[i]; }

 private:
  static constexpr size_t kMost = 8;
  Value values_[kMost];
};

/// Lets Stop and the time limit act in a native loop: call it once per item.
class Ticker {
 public:
  explicit Ticker(Runtime& rt) : rt_(rt) {}
  void operator()() {
    if ((++count_ & 0x3FF) == 0) rt_.check_budget();
  }

 private:
  Runtime& rt_;
  uint32_t count_ = 0;
};

/// MemoryError where a block of this many bytes would pass the limit. For what grows by one request
/// of the user's ("a" * 10**12), before it is allocated.
void check_room(int64_t count, int64_t bytes_each);

/// The index of a sequence: an int, counted from the end where it is negative. False where the key
/// is no integer; the caller checks the range.
bool read_index(Runtime& rt, const Value& key, int64_t length, int64_t& index);

/// Clips the optional `start` and `stop` of find, index and the like as slices do.
void read_bounds(Runtime& rt, const Value& start, const Value& stop, int64_t length, int64_t& from,
                 int64_t& to);

}  // namespace gradpad::lang
