#!/usr/bin/python3
"""Writes what the real PyTorch gives for every sample of the op table, and for unit/ops_cases.txt.

    record_ops.py build/native/bin/gradpad_core_tests [FOLDER]     (tests/unit/ unless given)

The calls come from the test program itself. Needs Debian's python3-torch (1.13). For each call: its
results with dtype, shape, grad_fn and elements, then the gradients of those among its arguments that
require them, for the loss that weighs the elements of every result by 1, 2, …, 7, 1, …; or its error.
"""
import contextlib
import subprocess
import sys
import types
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")


def tensor(values, shape, dtype):
    return torch.tensor(values, dtype=dtype).reshape(shape)


def leaf(values, shape, dtype):
    return tensor(values, shape, dtype).requires_grad_()


def words(t):
    shape = "[" + ",".join(str(n) for n in t.shape) + "]"
    flat = t.detach().reshape(-1).tolist()
    numbers = [repr(int(v)) if not isinstance(v, float) else f"{v:.10g}" for v in flat]
    return " ".join([str(t.dtype)[6:], shape] + numbers)


def inputs_of(args):
    for arg in args:
        if isinstance(arg, torch.Tensor) and arg.requires_grad:
            yield arg
        elif isinstance(arg, (list, tuple)):
            yield from inputs_of(arg)


def run(space, name, args, keywords):
    if space == "method":
        return getattr(args[0], name)(*args[1:], **keywords)
    where = {"torch": torch, "F": F, "linalg": torch.linalg, "special": torch.special}[space]
    function = getattr(where, name)
    try:
        return function(*args, **keywords)
    except TypeError:
        # What stands in Python may have another signature than the operation that it calls.
        if not isinstance(function, types.FunctionType) or not hasattr(torch._VF, name):
            raise
        return getattr(torch._VF, name)(*args, **keywords)


def call(text, space, name, args, keywords):
    torch.manual_seed(0)
    try:
        result = run(space, name, args, keywords)
    except Exception as error:
        kind = type(error).__name__.replace("_LinAlgError", "RuntimeError")
        print("call", text)
        print(f"error {kind}: " + str(error).split("\n")[0])
        return
    if isinstance(result, str):
        print("call", text)
        print("text", result)
        return
    results = list(result) if isinstance(result, (tuple, list)) else [result]
    print("call", text)
    loss = None
    for t in results:
        grad_fn = type(t.grad_fn).__name__ if t.grad_fn is not None else "None"
        print("result", grad_fn, words(t))
        if t.requires_grad:
            weights = (torch.arange(t.numel(), dtype=torch.float64) % 7 + 1).reshape(t.shape)
            part = (t * weights).sum()
            loss = part if loss is None else loss + part
    if loss is None:
        return
    inputs = list(inputs_of(list(args) + list(keywords.values())))
    try:
        grads = torch.autograd.grad(loss, inputs, allow_unused=True)
    except RuntimeError as error:
        # Some ops of this version have no derivative.
        print(f"{text}: {str(error).splitlines()[0]}", file=sys.stderr)
        return
    for grad, given in zip(grads, inputs):
        print("grad", words(torch.zeros_like(given) if grad is None else grad))


def main():
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "unit"
    for test, name in (("samples", "ops_pytorch.txt"), ("cases", "ops_cases.out.txt")):
        lines = subprocess.run([sys.argv[1], f"the {test} as calls in Python"],
                               capture_output=True, text=True).stdout.splitlines()
        with open(folder / name, "w") as file, contextlib.redirect_stdout(file):
            for line in lines:
                if line.startswith("call("):
                    eval(line, globals())


main()
