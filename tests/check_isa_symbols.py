"""Looks for code that escaped from its instruction set.

usage: check_isa_symbols.py NM ISA OBJECT...

An inline function or template instance that several objects define is kept once by the linker, and
the copy it keeps may be the one compiled for AVX-512: the program then dies on a processor that has
none, far from any kernel. So every such (weak) symbol in an object compiled for an instruction set
must carry that set in its name, by namespace (gradpad::kernels::avx2) or template argument
(xsimd::avx2). Weak data (V, u) is the same in every copy.
"""

import re
import subprocess
import sys


def main() -> int:
    nm, isa, *objects = sys.argv[1:]
    listing = subprocess.run([nm, "--demangle", "--defined-only", *objects], check=True,
                             capture_output=True, text=True).stdout
    escaped = set()
    found = 0
    for line in listing.splitlines():
        match = re.match(r"[0-9a-f]+ (W) (.*)", line)
        if match:
            found += 1
            if not re.search(rf"\b{isa}\w*\b", match[2]):
                escaped.add(match[2])
    for name in sorted(escaped):
        print("not confined to", isa + ":", name)
    print(f"{len(objects)} objects, {found} weak functions, {len(escaped)} escaped")
    return 1 if escaped or not objects else 0


sys.exit(main())
