"""Runs a command and compares what it prints with a file.

usage: check_output.py EXPECTED COMMAND...
"""

import difflib
import subprocess
import sys
from pathlib import Path


def main() -> int:
    expected = Path(sys.argv[1]).read_text()
    done = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode == 0 and done.stdout == expected:
        return 0
    print(f"exit status {done.returncode}")
    print("\n".join(difflib.unified_diff(expected.splitlines(), done.stdout.splitlines(),
                                         "expected", "printed", lineterm="")))
    print(done.stderr)
    return 1


sys.exit(main())
