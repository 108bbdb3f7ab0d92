# Normalisation and distances.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(F.normalize(torch.tensor([[3.0, 4.0]])))
print(F.cosine_similarity(torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 1.0]])))
print(F.layer_norm(torch.tensor([1.0, 2.0, 3.0]), (3,)))
print(F.batch_norm(x, torch.zeros(2), torch.ones(2)))
print(F.pairwise_distance(torch.tensor([[0.0, 0.0]]), torch.tensor([[3.0, 4.0]])))
print(F.kl_div(torch.tensor([0.4, 0.6]).log(), torch.tensor([0.5, 0.5]), reduction="sum"))
y = torch.tensor([[1.0, 2.0, 4.0]], requires_grad=True)
(F.layer_norm(y, (3,)) * torch.tensor([1.0, 0.0, 0.0])).sum().backward()
print(y.grad)
