# A tensor takes its shape and dtype from the nesting and the numbers it is made of.
import torch

a = torch.tensor([1, 2, 3])
b = torch.tensor([1.0, 2, 3])
c = torch.tensor([[1, 2], [3, 4], [5, 6]])
d = torch.tensor([True, False, True])
e = torch.tensor(7)
f = torch.tensor([[[0.5], [1.5]]])

for t in [a, b, c, d, e, f]:
    print(t, t.dtype, t.shape, t.dim(), t.numel())

print(torch.tensor((1, 2, 3)))
print(torch.tensor([a[0], a[2]]))
print(torch.tensor([[True, 2], [3.5, 4]]))
print(torch.tensor([1, 2], dtype=torch.float64))
print(torch.tensor([1.9, -1.9], dtype=torch.int64))
print(torch.tensor([0, 2, -1], dtype=torch.bool))
print(torch.tensor([]), torch.tensor([[], []]).shape)
print(torch.as_tensor([3, 4]), torch.as_tensor(a) is a)
print(torch.tensor([1.0, 2.0], requires_grad=True))
