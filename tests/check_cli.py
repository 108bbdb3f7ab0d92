"""The commands of `gradpad` as a person calls them: check_cli.py GRADPAD TEST

TEST is the name of a function below without its test_; CMake makes a test of each.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile

GRADPAD = sys.argv[1]


def call(*arguments, text=""):
    done = subprocess.run([GRADPAD, *arguments], input=text, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def run(source, *options):
    return call("run", *options, "-", text=source)


def equal(got, expected):
    assert got == expected, f"got {got!r}, expected {expected!r}"


def test_reads_a_program_from_standard_input():
    equal(run("print(6 * 7)\n"), (0, "42\n", ""))


def test_a_file_that_is_not_there():
    equal(call("run", "/nowhere/no.py"), (2, "", "gradpad: can't open file '/nowhere/no.py'\n"))


def test_a_file_that_is_a_folder():
    status, out, err = call("run", tempfile.gettempdir())
    equal((status, out), (2, ""))
    assert "can't open file" in err, err


def test_exit_statuses():
    equal(run("import sys\nsys.exit(3)\n"), (3, "", ""))
    equal(run("exit(4)\n")[0], 4)
    equal(run("quit()\n")[0], 0)
    equal(run("exit('why')\n"), (1, "", "why\n"))
    equal(run("1 / 0\n")[0], 1)


def test_max_seconds():
    status, out, err = run("print('on')\nwhile True: pass\n", "--max-seconds", "0.3")
    equal((status, out), (1, "on\n"))
    assert err.endswith("TimeoutError: stopped after 0.3 seconds\n"), err
    equal(call("run", "--max-seconds", "-1", "-")[0] != 0, True)


def test_max_bytes():
    status, _, err = run("import torch\nx = torch.ones(10 ** 6)\n", "--max-bytes", "1MB")
    equal(status, 1)
    assert "you tried to allocate 4000000 bytes" in err, err
    status, _, err = run("x = []\nwhile True: x.append(str(len(x)))\n", "--max-bytes", "1MB")
    equal(status, 1)
    assert err.endswith("MemoryError\n") or "MemoryError:" in err, err
    equal(run("import torch\nprint(torch.ones(1000).sum().item())\n", "--max-bytes", "1MB"),
          (0, "1000.0\n", ""))


def test_ten_gigabytes_of_zeros_cost_nothing_until_written():
    source = "import torch\nx = torch.zeros(50000, 50000)\nprint(x.shape, x[49999, 49999].item())\n"
    status, out, err = run(source)
    if status == 0:
        equal(out, "torch.Size([50000, 50000]) 0.0\n")
    else:  # a small machine
        assert "you tried to allocate 10000000000 bytes" in err, err


def test_more_memory_than_the_machine_has():
    source = "import torch\nx = []\nfor i in range(1000): x.append(torch.zeros(10 ** 9))\n"
    status, _, err = run(source)
    equal(status, 1)
    assert "you tried to allocate 4000000000 bytes" in err, err


def test_interrupted_as_by_ctrl_c():
    with tempfile.NamedTemporaryFile("w", suffix=".py") as program:
        program.write("import sys\nprint('on', file=sys.stderr)\nwhile True:\n    pass\n")
        program.flush()
        child = subprocess.Popen([GRADPAD, "run", program.name], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
        equal(child.stderr.readline(), "on\n")
        child.send_signal(signal.SIGINT)
        _, err = child.communicate()
    equal(child.returncode, 128 + signal.SIGINT)
    assert err.endswith("KeyboardInterrupt\n"), err


def test_the_prompt():
    typed = """x = 3
x * 2
def f(a):
    return a + x

f(1)
import torch
w = torch.tensor([2.0], requires_grad=True)
(w ** 2).backward()
w.grad
y = (1,
2)
y
None
"""
    status, out, err = call("repl", text=typed)
    equal((status, err), (0, ""))
    lines = re.sub(r"^((>>>|\.\.\.) )+", "", out, flags=re.M).splitlines()
    equal(lines, ["Gradpad. Ctrl-D leaves.", "6", "4", "tensor([4.])", "(1, 2)", ""])


def test_the_prompt_goes_on_after_errors():
    status, out, err = call("repl", text="x = 1\n1 / 0\nx = )\nprnt(x)\nx\n")
    equal(status, 0)
    for error in ("ZeroDivisionError: division by zero", "SyntaxError: unmatched ')'",
                  "NameError: name 'prnt' is not defined. Did you mean: 'print'?"):
        assert error in err, err
    assert out.endswith(">>> 1\n>>> \n"), out


def test_the_prompt_leaves_by_exit():
    status, out, _ = call("repl", text="exit(5)\nprint('still here')\n")
    equal(status, 5)
    assert "still here" not in out, out


def test_ops():
    status, out, err = call("ops")
    equal((status, err), (0, ""))
    assert "conv2d(Tensor input, Tensor weight" in out
    status, out, err = call("ops", "--json")
    equal((status, err), (0, ""))
    ops = json.loads(out)
    assert len(ops) > 300, len(ops)
    for op in ops:
        assert op["schema"].startswith(op["name"] + "("), op
        assert op["doc"] and op["names"], op
    assert any("Tensor.pow_" in op["names"] for op in ops)


def test_info():
    facts = {line[:18].strip(): line[18:].strip() for line in call("info")[1].splitlines()}
    for name in ("Instruction set", "Available", "Threads", "CUDA", "Operations"):
        assert facts[name], facts
    equal(int(facts["Operations"]), len(json.loads(call("ops", "--json")[1])))


def test_wrong_calls():
    assert call()[0] != 0
    status, _, err = call("jump")
    assert status != 0 and "jump" in err, err
    status, out, _ = call("--version")
    equal(status, 0)
    assert re.fullmatch(r"gradpad \d+\.\d+\.\d+\n", out), out


os.environ.pop("GRADPAD_ISA", None)
globals()["test_" + sys.argv[2]]()
