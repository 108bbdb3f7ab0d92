# A polynomial fitted by gradient descent on the normal equations.
import torch

torch.manual_seed(0)
x = torch.linspace(-1, 1, 30, dtype=torch.float64)
y = 1 - 2 * x + 0.5 * x ** 2 + 0.01 * torch.randn(30, dtype=torch.float64)
features = torch.stack([x ** k for k in range(3)], dim=1)
print(features.shape, features[0])
w = torch.zeros(3, dtype=torch.float64)
gram = features.t() @ features
moment = features.t() @ y
for step in range(2000):
    w = w - 0.02 * (gram @ w - moment)
print([f"{value:.2f}" for value in w.tolist()])
residual = y - features @ w
print(f"{residual.norm().item():.3f}")
print(torch.allclose(features.t() @ residual, torch.zeros(3, dtype=torch.float64), atol=1e-6))
