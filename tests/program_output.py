"""How the output of a program is compared: shared by the test and by the script that records.

Standard output is compared byte for byte. Standard error is too, after leaving out what cannot be
the same in two interpreters: stack frames inside the interpreter's own library, the file, line and
echoed source of a warning, and the address sanitizer's remark that it refused a huge allocation.
"""

import re
import subprocess
from pathlib import Path

FRAME = re.compile(r'  File "(?P<file>[^"]*)", line \d+')
WARNING = re.compile(r"^\S+:\d+: (?P<text>\w+Warning: .*)$")
REFUSED = re.compile(r"^==\d+==WARNING: AddressSanitizer failed to allocate ")
ONLY_HERE = "# gradpad-only:"


def is_recorded(program: Path) -> bool:
    """False for a program that says, with a reason, that its output is not PyTorch's."""
    return ONLY_HERE not in program.read_text()


def normalise_stderr(text: str, program: Path) -> str:
    kept = []
    lines = text.splitlines()
    i = 0
    while i < len(lines):
        line = lines[i]
        if REFUSED.match(line):
            i += 1
            continue
        frame = FRAME.match(line)
        warning = WARNING.match(line)
        if frame and Path(frame["file"]).name != program.name:
            i += 1
            while i < len(lines) and lines[i].startswith("    "):
                i += 1
            continue
        if warning:
            kept.append(warning["text"])
            i += 1
            if i < len(lines) and lines[i].startswith("  "):
                i += 1
            continue
        if frame:
            line = line.replace(frame["file"], program.name)
        kept.append(line)
        i += 1
    return "".join(line + "\n" for line in kept)


def run(command: list, program: Path, **options) -> tuple:
    """Runs `command program` in the program's folder: (exit status, stdout, normalised stderr)."""
    done = subprocess.run([*command, program.name], cwd=program.parent, stdin=subprocess.DEVNULL,
                          capture_output=True, **options)
    return (done.returncode, done.stdout.decode(),
            normalise_stderr(done.stderr.decode(), program))
