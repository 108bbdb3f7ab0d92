# The default floating type: what is made of Python's floats, and what integers become.
import torch
import torch.nn.functional as F
from torch import nn

ints = torch.tensor([1, 2, 4])
bools = torch.tensor([True, False])


def types():
    results = {
        "tensor": torch.tensor([1.5]), "scalar": torch.tensor(2.5), "mixed": torch.tensor([1, 2.5]),
        "empty list": torch.tensor([]), "as_tensor": torch.as_tensor([0.5]), "Tensor": torch.Tensor([1]),
        "zeros": torch.zeros(1), "ones": torch.ones(1), "full": torch.full((1,), 1.5), "eye": torch.eye(1),
        "empty": torch.empty(1), "arange": torch.arange(0, 1, 0.5), "int arange": torch.arange(2),
        "linspace": torch.linspace(0, 1, 2), "logspace": torch.logspace(0, 1, 2),
        "rand": torch.rand(1), "randn": torch.randn(1), "randperm": torch.randperm(2),
        "normal": torch.normal(0.0, 1.0, (1,)), "zeros_like": torch.zeros_like(ints),
        "sin": torch.sin(ints), "sqrt": ints.sqrt(), "exp of bool": torch.exp(bools),
        "sigmoid": torch.sigmoid(ints), "atan2": torch.atan2(ints, ints), "1 / x": 1 / ints,
        "x / 2": ints / 2, "x / x": ints / ints, "true_divide": torch.true_divide(ints, 2),
        "floor_divide": ints // 2, "x * 1.5": ints * 1.5, "bool * 1.5": bools * 1.5,
        "1.5 - x": 1.5 - ints, "x + 1": ints + 1, "x ** 0.5": ints ** 0.5, "x ** 2": ints ** 2,
        "2.0 ** x": 2.0 ** ints, "clamp": torch.clamp(ints, 1.5, 3), "where": torch.where(ints > 1, ints, 0.5),
        "where of numbers": torch.where(ints > 1, 1.5, 0.5), "mean": ints.mean(dtype=torch.float64),
        "sum of float32": torch.zeros(2, dtype=torch.float32).sum(), "float32 * 1.5": torch.ones(1, dtype=torch.float32) * 1.5,
        "float32 * float64": torch.ones(1, dtype=torch.float32) * torch.ones(1, dtype=torch.float64),
        "0-d float64 beside float32": torch.ones(1, dtype=torch.float32) * torch.tensor(2.0, dtype=torch.float64),
        "linear": nn.Linear(1, 1).weight, "bias": nn.Linear(1, 1).bias, "conv": nn.Conv2d(1, 1, 1).weight,
        "batch norm": nn.BatchNorm1d(1).running_mean, "embedding": nn.Embedding(1, 1).weight,
        "lstm": nn.LSTM(1, 1).weight_hh_l0, "layer norm": nn.LayerNorm(1).weight,
        "one_hot": F.one_hot(ints), "float()": ints.float(), "double()": ints.double(),
        "type float": ints.to(float), "add scalar": torch.add(ints, 1.5), "mul": torch.mul(bools, 2),
        "logical": torch.logical_and(ints, ints), "bincount": torch.bincount(ints),
    }
    for name, result in results.items():
        print(f"{name}: {result.dtype}")
    print(torch.result_type(ints, 1.5), torch.result_type(ints, 1), torch.get_default_dtype())
    print(torch.tensor(1.5), torch.sin(torch.tensor([1, 2])), torch.ones(2, dtype=torch.float64),
          torch.ones(2, dtype=torch.float32))


types()
torch.set_default_dtype(torch.float64)
print("float64")
types()
layer = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
layer(torch.ones(1, 2)).sum().backward()
print(layer[0].weight.grad.dtype)
torch.set_default_dtype(torch.float32)
print(torch.tensor(1.5), torch.tensor(1.5, dtype=torch.float64))
try:
    torch.set_default_dtype(torch.int64)
except TypeError as error:
    print(error)
print(torch.zeros(1).dtype)
