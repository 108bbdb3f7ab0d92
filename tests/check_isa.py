"""GRADPAD_ISA=NAME decides which kernels run: check_isa.py GRADPAD

The name that `gradpad info` prints is compiled into the kernels in use. What they compute shows it
too: 1 + 2**-12 squared, less its own rounded value, is 2**-24 where the processor fuses a product
with a sum, and 0 on SSE2, which cannot.
"""

import os
import subprocess
import sys
import tempfile

PROGRAM = """import torch
x = 1 + 2.0**-12
a = torch.tensor([[1.0, x], [1.0, x]])
b = torch.tensor([[-(1 + 2.0**-11)] * 2, [x] * 2])
print((a @ b)[0, 0].item() == 2.0**-24)
"""


def run(gradpad, isa, *arguments):
    environment = {**os.environ, "GRADPAD_ISA": isa}
    return subprocess.run([gradpad, *arguments], env=environment, capture_output=True, text=True)


def facts(text):
    return {line[:18].strip(): line[18:].strip() for line in text.splitlines()}


def main():
    gradpad = sys.argv[1]
    available = facts(run(gradpad, "", "info").stdout)["Available"].partition("  ")[0].split(", ")
    assert available, "no instruction set"
    with tempfile.NamedTemporaryFile("w", suffix=".py") as program:
        program.write(PROGRAM)
        program.flush()
        for isa in available:
            said = facts(run(gradpad, isa, "info").stdout)["Instruction set"]
            assert said == isa, f"{isa} was forced, {said} runs"
            fused = run(gradpad, isa, "run", program.name).stdout.strip()
            wanted = {"sse2": "False", "avx2": "True", "avx512": "True"}.get(isa, fused)
            assert fused == wanted, f"{isa}: fused multiply-add {fused}, expected {wanted}"
    wrong = run(gradpad, "mmx", "info")
    assert wrong.returncode != 0, "an unknown instruction set is accepted"
    assert "GRADPAD_ISA=mmx is not available here; choose from: " in wrong.stderr, wrong.stderr
    print("forced and seen:", ", ".join(available))


main()
