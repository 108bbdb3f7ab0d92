# Describing data.
import torch

torch.manual_seed(0)
data = torch.randn(1000) * 3 + 7
print(f"mean {data.mean().item():.3f} std {data.std().item():.3f}")
print(f"min {data.min().item():.3f} max {data.max().item():.3f}")
inside = ((data > 4) & (data < 10)).float().mean()
print(f"within one deviation: {inside.item():.3f}")
ordered = data.sort().values
print(f"median {ordered[499:501].mean().item():.3f}")
rolls = torch.randint(1, 7, (600,))
print(f"{rolls.float().mean().item():.2f}")
pairs = rolls.view(-1, 2).sum(1)
for total in range(2, 13):
    print(total, (pairs == total).sum().item())
