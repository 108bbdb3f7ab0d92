// What str, list, tuple and range do alike.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "lang/builtins/support.h"

namespace gradpad::lang {

/// The items of a List or Tuple, until it changes.
std::span<const Value> items_of(const Value& sequence) noexcept;

/// "list indices must be integers or slices, not str"
[[noreturn]] void fail_index_type(Runtime& rt, std::string_view what, const Value& key);

/// The comparison of two lists or two tuples.
Value compare_items(Runtime& rt, CompareOp op, const Value& a, const Value& b);
/// Position of the first equal item in [from, to), or -1.
int64_t find_item(Runtime& rt, const Value& sequence, const Value& item, int64_t from, int64_t to);
int64_t count_item(Runtime& rt, const Value& sequence, const Value& item);
/// "a, b" between the brackets, or `again` where the object is being printed already.
Value repr_items(Runtime& rt, const Value& sequence, std::string_view open, std::string_view close,
                 std::string_view again);

/// The `n` of `sequence * n` or `n * sequence`, not below 0. False where the operand is no integer.
bool read_repeat(Runtime& rt, const Value& operand, int64_t& count);

/// The iterator of a List or Tuple, forwards or backwards.
Value iterate_items(Runtime& rt, const Value& sequence, bool reverse, const char* type_name);
/// Walks any sequence backwards by __getitem__.
Value iterate_backwards(Runtime& rt, const Value& sequence, int64_t length);

/// Sorts in place, stably, as list.sort(key=key, reverse=reverse) does.
void sort_values(Runtime& rt, Values& values, const Value& key, bool reverse);

/// What strings are made of, for str's own sources.
Value str_value(Runtime& rt, std::string_view text);
/// The Str, or TypeError "<what>must be str, not int".
Str* want_str(Runtime& rt, const Value& v, std::string_view what);

}  // namespace gradpad::lang
