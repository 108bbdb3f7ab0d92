# Einstein sums and powers of matrices.
import torch

v = torch.tensor([1.0, 2.0, 3.0])
A = torch.arange(6.0).reshape(2, 3)
B = torch.arange(12.0).reshape(3, 4)
print(torch.matrix_power(torch.tensor([[1.0, 1.0], [1.0, 0.0]]), 10))
print(torch.einsum("ij,jk->ik", A, B))
print(torch.einsum("i,i", v, v), torch.einsum("ij->ji", A).shape)
print(torch.einsum("bij,bjk->bik", torch.ones(2, 2, 3), torch.ones(2, 3, 1)).shape)
print(torch.tensordot(A, B, dims=1).shape)
print(torch.trace(torch.eye(3)), torch.cross(torch.tensor([1.0, 0, 0]), torch.tensor([0.0, 1, 0]), dim=0))
