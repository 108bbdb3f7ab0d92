"""Writes unicode_data.h, what str knows of Unicode, as the Python that runs this knows it.

usage: python3.11 unicode_data.py > unicode_data.h

Each table is a string of numbers, each of digits to the base 32, lowest first, from the 64-character
alphabet below; the upper 32 characters of the alphabet say that another digit follows.
"""

import sys
import unicodedata

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"

# In the order of the bits in unicode.h.
TESTS = (
    str.isalpha,
    str.isdecimal,
    str.isdigit,
    str.isnumeric,
    str.islower,
    str.isupper,
    lambda c: c.istitle() and not c.isupper(),
    str.isspace,
    str.isprintable,
    str.isidentifier,
    lambda c: ("a" + c).isidentifier(),
)


def number(value: int) -> str:
    digits = ""
    while value >= 32:
        digits += ALPHABET[32 + value % 32]
        value //= 32
    return digits + ALPHABET[value]


def signed(value: int) -> str:
    return number(value * 2 if value >= 0 else -value * 2 - 1)


def classes() -> tuple:
    """Runs of one class: length * number of classes + class; and the bits of each class."""
    runs = []
    for code in range(sys.maxunicode + 1):
        bits = sum(test(chr(code)) << i for i, test in enumerate(TESTS))
        if runs and runs[-1][1] == bits:
            runs[-1][0] += 1
        else:
            runs.append([1, bits])
    kinds = sorted({bits for _, bits in runs})
    table = "".join(number(length * len(kinds) + kinds.index(bits)) for length, bits in runs)
    return table, kinds


def mapping(convert) -> tuple:
    """Runs of (distance from the last run, count, stride, shift); and what becomes several."""
    runs, special, last_special = [], "", 0
    for code in range(sys.maxunicode + 1):
        text = convert(chr(code))
        if text == chr(code):
            continue
        if len(text) > 1:
            special += number(code - last_special) + number(len(text))
            special += "".join(number(ord(c)) for c in text)
            last_special = code
            continue
        shift = ord(text) - code
        if runs and runs[-1][3] == shift:
            start, count, stride, _ = runs[-1]
            if count == 1 and code - start in (1, 2):
                runs[-1] = (start, 2, code - start, shift)
                continue
            if count > 1 and code == start + count * stride:
                runs[-1] = (start, count + 1, stride, shift)
                continue
        runs.append((code, 1, 1, shift))
    table, last = "", 0
    for start, count, stride, shift in runs:
        table += number(start - last) + number(count * 2 + stride - 1) + signed(shift)
        last = start
    return table, special


def literal(name: str, table: str) -> str:
    lines = [table[i : i + 94] for i in range(0, len(table), 94)]
    return f"inline constexpr char {name}[] =\n" + "\n".join(f'    "{l}"' for l in lines) + ";\n"


table, kinds = classes()
print(f"""// What str knows of Unicode {unicodedata.unidata_version}. Written by unicode_data.py, which says how to read it.
#pragma once

#include <cstdint>

namespace gradpad::lang::unicode_data {{

// clang-format off
inline constexpr char kAlphabet[] =
    "{ALPHABET}";
inline constexpr uint16_t kClasses[] = {{{", ".join(map(str, kinds))}}};
{literal("kRuns", table)}""", end="")
for name, convert in (("Upper", str.upper), ("Lower", str.lower), ("Title", str.title),
                      ("Fold", str.casefold)):
    runs, special = mapping(convert)
    print(literal(f"k{name}", runs) + literal(f"k{name}Special", special), end="")
print("""// clang-format on

}  // namespace gradpad::lang::unicode_data""")
