# The dtype of a result.
import torch

names = {
    torch.uint8: "uint8", torch.int32: "int32", torch.int64: "int64",
    torch.float32: "float32", torch.float64: "float64", torch.bool: "bool",
}
print(" " * 8 + "".join(f"{n:>8}" for n in names.values()))
for a in names:
    row = []
    for b in names:
        result = torch.ones(1, dtype=a) * torch.ones(1, dtype=b)
        assert result.dtype == torch.promote_types(a, b)
        row.append(f"{names[result.dtype]:>8}")
    print(f"{names[a]:8}" + "".join(row))
print(torch.result_type(torch.ones(1), 1.0), torch.result_type(torch.ones(1).int(), 1.0))
print(torch.can_cast(torch.float32, torch.int64), torch.can_cast(torch.int64, torch.float32))
