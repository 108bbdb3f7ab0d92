# New tensors that copy the shape and dtype of another.
import torch

x = torch.tensor([[1, 2, 3], [4, 5, 6]])
y = torch.rand(2, 2, dtype=torch.float64)

print(torch.zeros_like(x))
print(torch.ones_like(x))
print(torch.full_like(x, 9))
print(torch.zeros_like(x, dtype=torch.float32))
print(torch.ones_like(y))
print(torch.empty_like(x).shape, torch.empty_like(y).dtype)
print(x.new_zeros(2), x.new_ones(1, 2), x.new_full((2,), 5))
print(y.new_tensor([1, 2]))

w = torch.ones(3, requires_grad=True)
print(torch.zeros_like(w).requires_grad, torch.zeros_like(w, requires_grad=True).requires_grad)

torch.manual_seed(4)
print(torch.rand_like(torch.zeros(2, 2)))
print(torch.randn_like(torch.zeros(3)))
print(torch.randint_like(x, 0, 10))
