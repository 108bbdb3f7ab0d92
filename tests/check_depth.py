"""Runs the programs of one section of depth/programs.txt, whose first lines describe the format.

usage: check_depth.py GRADPAD SECTION N

Each must end as the table says: no structure that a program can build ends the process.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

TABLE = Path(__file__).parent / "depth" / "programs.txt"
HEADER = re.compile(r"^=== (\S+)\n", re.M)
SIZE = re.compile(r"\{(\d*)N(?:\+(\d+))?\}")
REPEATED = re.compile(r"<<(.*?)\*(N|\d+)>>", re.S)


def expand(text: str, n: int) -> str:
    def repeat(match: re.Match) -> str:
        piece = match[1].replace(r"\\", "\0").replace(r"\n", "\n").replace("\0", "\\")
        count = n if match[2] == "N" else int(match[2])
        if "{i}" not in piece and "{s}" not in piece:
            return piece * count
        if "{s}" not in piece:
            return "".join(piece.replace("{i}", str(i)) for i in range(count))
        return "".join(piece.replace("{i}", str(i)).replace("{s}", " " * i) for i in range(count))

    return REPEATED.sub(repeat, text)


def cases(n: int, section: str = "") -> list:
    """(name, program, expected lines of stdout, the last line of stderr or None)"""
    preamble, *parts = HEADER.split(TABLE.read_text())
    prelude = re.search(r"^prelude:\n((?:    .*\n|\n)*)", preamble, re.M)[1]
    prelude = re.sub(r"^    ", "", prelude, flags=re.M)
    found = []
    for name, body in zip(parts[::2], parts[1::2]):
        if not name.startswith(section):
            continue
        program, *expected = re.split(r"^---(?: |$)", body, flags=re.M)
        if not name.startswith("source/"):
            program = f"N = {n}\n{prelude}{program}"
        expected = [SIZE.sub(lambda m: str(int(m[1] or 1) * n + int(m[2] or 0)), line.strip("\n"))
                    for line in expected]
        error = None
        if expected and expected[-1].startswith("stderr "):
            error = expected.pop().removeprefix("stderr ")
        found.append((name, expand(program, n), expected, error))
    return found


def fits(expected: str, got: str) -> bool:
    if expected.endswith("..."):
        return got.startswith(expected[:-3])
    return got == expected


def check(gradpad: str, name: str, program: str, expected: list, error) -> list:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "program.py"
        file.write_text(program)
        try:
            done = subprocess.run([gradpad, "run", file], stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=600)
        except subprocess.TimeoutExpired:
            return [f"{name}: does not end"]
    said = done.stderr.decode().strip().splitlines()
    told = [line for line in said if not line.startswith("Hint: ")]
    problems = []
    if done.returncode != (0 if error is None else 1):
        problems.append(f"{name}: exit status {done.returncode}; stderr ends: {said[-8:]}")
    elif error is None and said:
        problems.append(f"{name}: says on stderr: {said[-8:]}")
    elif error is not None and not fits(error, told[-1] if told else ""):
        problems.append(f"{name}: expected {error!r}, stderr ends: {told[-1:]}")
    got = done.stdout.decode().splitlines()
    if len(got) != len(expected):
        problems.append(f"{name}: expected {len(expected)} lines, got {len(got)}: {got[:40]}")
    for want, line in zip(expected, got):
        if not fits(want, line):
            problems.append(f"{name}: expected {want!r}, got {line[:300]!r}")
    return problems


def main() -> int:
    gradpad, section, n = sys.argv[1], sys.argv[2], int(sys.argv[3])
    chosen = cases(n, section)
    problems = [problem for case in chosen for problem in check(gradpad, *case)]
    print("\n".join(problems))
    print(f"{len(chosen)} programs, {len(problems)} problems")
    return 1 if problems or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
