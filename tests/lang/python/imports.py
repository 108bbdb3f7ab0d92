# Forms of import, and names of modules.
import math
import math as m
import torch
import torch.nn.functional as F
from math import floor as down, pi
from torch import nn, tensor
from torch.autograd import Variable, grad

print(m is math, down(2.5), round(pi, 2))
print(tensor([1]), F.relu(tensor([-1.0, 1.0])), nn.functional is F, torch.nn.functional is F)
print(Variable(torch.ones(1)), callable(grad))
print(__name__)


def inside():
    import math as inner

    return inner.sqrt(9)


print(inside())
if __name__ == "__main__":
    print("run as a program")
for name in ["no_such_module", "torch.nothing"]:
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error)
try:
    from math import nothing
except ImportError as error:
    print(str(error).split(" (")[0])
try:
    math.nothing
except AttributeError as error:
    print(error)
