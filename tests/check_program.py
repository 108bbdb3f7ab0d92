"""Runs one program through `gradpad run` and compares with what was recorded beside it.

usage: check_program.py GRADPAD PROGRAM.py

PROGRAM.out is what it must print. PROGRAM.err, if there, is what it must say on standard error;
without one it must say nothing. The exit status must be 1 when PROGRAM.err tells of an uncaught
error, and 0 otherwise.
"""

import difflib
import re
import sys
from pathlib import Path

from program_output import run


# An error while running has a traceback; one in the syntax has none.
UNCAUGHT = re.compile(r"^(Traceback \(most recent call last\):|(Syntax|Indentation|Tab)Error: )", re.M)


def difference(what: str, expected: str, got: str) -> str:
    lines = difflib.unified_diff(expected.splitlines(), got.splitlines(), f"expected {what}",
                                 f"printed {what}", lineterm="")
    return "\n".join(lines)


def main() -> int:
    gradpad, program = sys.argv[1], Path(sys.argv[2]).resolve()
    recorded = {}
    for stream in ("out", "err"):
        file = program.with_suffix("." + stream)
        recorded[stream] = file.read_bytes().decode() if file.exists() else ""
    expected_status = 1 if UNCAUGHT.search(recorded["err"]) else 0
    status, out, err = run([gradpad, "run"], program)
    problems = []
    if status != expected_status:
        problems.append(f"exit status {status}, expected {expected_status}")
    if out != recorded["out"]:
        problems.append(difference("stdout", recorded["out"], out) or "stdout differs in line ends")
    if err != recorded["err"]:
        problems.append(difference("stderr", recorded["err"], err) or "stderr differs in line ends")
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
