# The lowest point of a bowl, found step by step.
import torch

position = torch.tensor([4.0, -3.0], requires_grad=True)
target = torch.tensor([1.0, 2.0])
rate = 0.2
for step in range(20):
    height = ((position - target) ** 2).sum()
    height.backward()
    with torch.no_grad():
        position -= rate * position.grad
    position.grad.zero_()
    if step % 5 == 0:
        print(f"step {step:2d}  height {height.item():8.4f}")
print(position)
print(torch.allclose(position, target, atol=1e-2))
