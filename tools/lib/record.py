"""Runs programs through the real PyTorch and writes their output beside them.

Each runs in a process forked from one that has imported torch already, which costs over a second;
those in errors_uncaught/ run by an interpreter of their own, whose traceback holds nothing else.
A program that names itself gradpad-only is left alone: its output was written by hand.

Each runs twice, with strings hashed differently, and what prints different text is refused; so is
what says anything on standard error outside the folders meant for that.

With --check nothing is written: it says which programs print something else than was recorded.
"""

import os
import runpy
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from program_output import is_recorded, normalise_stderr  # noqa: E402

# Folders of programs that may write to standard error.
MAY_COMPLAIN = {"errors_uncaught", "warnings"}

import torch  # noqa: E402


def run_forked(program: Path) -> tuple:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.chdir(program.parent)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.argv = [program.name]
            # PyTorch's advice against a leak of its own.
            warnings.filterwarnings("ignore", r"Using backward\(\) with create_graph=True")
            torch.seed()  # so that random numbers that nobody seeded differ
            try:
                runpy.run_path(program.name, run_name="__main__")
            except SystemExit:
                pass
            except BaseException:
                sys.excepthook(*sys.exc_info())
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)
        os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return out.read().decode(), err.read().decode()


def run_alone(program: Path, seed: str) -> tuple:
    done = subprocess.run([sys.executable, program.name], cwd=program.parent,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env={**os.environ, "PYTHONHASHSEED": seed})
    return done.stdout.decode(), done.stderr.decode()


class Refused(Exception):
    pass


def run_stable(program: Path) -> tuple:
    """What the program prints; Refused when a second run prints something else."""
    if "errors_uncaught" in program.parts:
        runs = [run_alone(program, "1"), run_alone(program, "2")]
    else:
        runs = [run_forked(program), run_forked(program)]
    runs = [(out, normalise_stderr(err, program)) for out, err in runs]
    if runs[0] != runs[1]:
        raise Refused("two runs print different text")
    out, err = runs[0]
    if err and not MAY_COMPLAIN & set(program.parts):
        raise Refused(f"says on standard error\n{err}")
    return out, err


def write(file: Path, text: str, check: bool) -> bool:
    """Writes `text`, or removes the file if it is empty; whether that changes anything."""
    before = file.read_text() if file.exists() else ""
    if check:
        return before != text
    if text:
        file.write_text(text)
    elif file.exists():
        file.unlink()
    return before != text


def main() -> int:
    check = "--check" in sys.argv[1:]
    programs = [Path(name).resolve() for name in sys.argv[1:] if name != "--check"]
    programs = programs or sorted((ROOT / "tests" / "lang").rglob("*.py"))
    changed = refused = 0
    for program in programs:
        if not is_recorded(program):
            continue
        try:
            out, err = run_stable(program)
        except Refused as reason:
            refused += 1
            print(f"refused {os.path.relpath(program)}: {reason}")
            continue
        differs = write(program.with_suffix(".out"), out, check)
        differs |= write(program.with_suffix(".err"), err, check)
        if differs:
            changed += 1
            print("drifted:" if check else "recorded", os.path.relpath(program))
    print(f"{len(programs)} programs, {changed} {'drifted' if check else 'changed'}, {refused} refused")
    return 1 if refused or (check and changed) else 0


sys.exit(main())
