from __future__ import annotations
import torch.nn as nn, math
from torch import (tensor, ones as o,)
x: int = 1; y = z = 2
a, *b = c.d[0], e = 1, 2
x += 1; x @= y; x //= 2; x **= 3; x >>= 1
del x, y[0], z.w
assert x, "no"
global g
nonlocal n
raise ValueError("x") from None
pass
