// The parts of dict.
#pragma once

#include <span>

#include "lang/objects/native.h"

namespace gradpad::lang {

class Dict;

enum class DictPart : uint8_t { keys, values, items };

std::span<const Method> dict_methods();
/// dict.update(other): a mapping, or an iterable of pairs.
void update_dict(Runtime& rt, Dict& dict, const Value& other);
/// The iterator over keys, values or items.
Value iterate_dict(Runtime& rt, Dict* dict, DictPart part, bool reverse);
/// dict.keys() and so on.
Value make_dict_view(Runtime& rt, Dict* dict, DictPart part);

}  // namespace gradpad::lang
