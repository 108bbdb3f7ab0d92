// SHA-512: random.seed("text") needs it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace gradpad::lang {

std::array<unsigned char, 64> sha512(std::string_view text);

}  // namespace gradpad::lang
