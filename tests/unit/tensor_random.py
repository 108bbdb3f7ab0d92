"""Checks the random streams that tensor_random.cpp expects against the real PyTorch (1.13).

usage: tensor_random.py     (exit status 1 where one differs)

Reads the lines `{"name", seed, elements, checksum}` of the test, draws the same and compares; what it
does not know how to draw counts as a difference.
"""

import re
import sys
from pathlib import Path

import torch


def checksum(tensor):
    value = 0xCBF29CE484222325
    for byte in tensor.contiguous().numpy().tobytes():
        value = ((value ^ byte) * 0x100000001B3) & ((1 << 64) - 1)
    return value


def ramp(n, first, scale=1):
    return (torch.arange(n, dtype=torch.float32) + first) / scale


def fresh(fill, dtype=torch.float32):
    return lambda n, g: fill(torch.empty(n, dtype=dtype), g)


def state(n, g):
    torch.randn(n if n < 16 else 7, generator=g)
    return g.get_state()


STREAMS = {
    "normal": fresh(lambda t, g: t.normal_(0, 1, generator=g)),
    "normal+": fresh(lambda t, g: t.normal_(-1.5, 0.02, generator=g)),
    "uniform": fresh(lambda t, g: t.uniform_(0, 1, generator=g)),
    "uniform+": fresh(lambda t, g: t.uniform_(-0.3, 1.7, generator=g)),
    "uniform double": fresh(lambda t, g: t.uniform_(0, 1, generator=g), torch.float64),
    "bernoulli": fresh(lambda t, g: t.bernoulli_(0.3, generator=g)),
    "exponential": fresh(lambda t, g: t.exponential_(2.5, generator=g)),
    "geometric": fresh(lambda t, g: t.geometric_(0.2, generator=g)),
    "cauchy": fresh(lambda t, g: t.cauchy_(1, 2.5, generator=g)),
    "log_normal": fresh(lambda t, g: t.log_normal_(0, 0.25, generator=g)),
    "randint": lambda n, g: torch.randint(-5, 100, (n,), generator=g),
    "randint wide": lambda n, g: torch.randint(-(2**40), 2**40, (n,), generator=g),
    "random int64": fresh(lambda t, g: t.random_(generator=g), torch.int64),
    "random float": fresh(lambda t, g: t.random_(generator=g)),
    "random uint8": fresh(lambda t, g: t.random_(generator=g), torch.uint8),
    "random bool": fresh(lambda t, g: t.random_(generator=g), torch.bool),
    "randperm": lambda n, g: torch.randperm(n, generator=g),
    "multinomial": lambda n, g: torch.multinomial(ramp(n + 2, 1), n, generator=g),
    "multinomial one": lambda n, g: torch.multinomial(ramp(n + 2, 1), 1, generator=g),
    "multinomial with replacement": lambda n, g: torch.multinomial(ramp(n + 3, 0), 2 * n, True, generator=g),
    "multinomial rows": lambda n, g: torch.multinomial(ramp(4 * n + 12, 1).reshape(4, n + 3), 2, generator=g),
    "bernoulli of": lambda n, g: torch.bernoulli(ramp(n, 0, n), generator=g),
    "dropout": fresh(lambda t, g: t.bernoulli_(1 - 0.3, generator=g).div_(1 - 0.3)),
    "state": state,
}

# Views, recorded with 0 for the number of elements.
VIEWS = {
    "uniform": lambda g: torch.empty(3, 4).t().uniform_(0, 1, generator=g),
    "normal": lambda g: torch.empty(6, 5).t().normal_(0, 1, generator=g),
    "normal strided": lambda g: torch.empty(20, 2).select(1, 0).normal_(0, 1, generator=g),
    "bernoulli": lambda g: torch.empty(2, 3, 4).permute(1, 2, 0).bernoulli_(0.5, generator=g),
    "rand_like": lambda g: torch.empty_like(torch.empty(4, 5, 6).permute(2, 0, 1).narrow(1, 0, 2)).uniform_(
        0, 1, generator=g
    ),
    "bernoulli of": lambda g: torch.empty(4, 3).t().bernoulli_(ramp(12, 0, 12).reshape(3, 4), generator=g),
}

RECORDED = re.compile(r'\{"([^"]+)",\s*(\d+)u,\s*(\d+),\s*(0x[0-9a-f]{16})\}')


def main() -> int:
    text = Path(__file__).with_suffix(".cpp").read_text()
    recorded = RECORDED.findall(text)
    drifted = 0
    for name, seed, n, expected in recorded:
        generator = torch.Generator().manual_seed(int(seed))
        if n == "0":
            drawn = VIEWS[name](generator) if name in VIEWS else None
        else:
            drawn = STREAMS[name](int(n), generator) if name in STREAMS else None
        if drawn is None or checksum(drawn) != int(expected, 16):
            drifted += 1
            print(f"drifted: tensor_random.cpp: {name}, seed {seed}, {n} elements")
    print(f"{len(recorded)} random streams, {drifted} drifted")
    return 1 if drifted or not recorded else 0


sys.exit(main())
