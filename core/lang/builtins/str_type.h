// The parts of str, one file each.
#pragma once

#include <span>

#include "lang/objects/native.h"

namespace gradpad::lang {

std::span<const Method> str_search_methods();  // find, count, replace, split, partition, ...
std::span<const Method> str_case_methods();    // upper, title, isalpha, ...
std::span<const Method> str_layout_methods();  // strip, center, join, format, ...

}  // namespace gradpad::lang
