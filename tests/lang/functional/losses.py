# Losses and their reductions.
import torch
import torch.nn.functional as F

predicted = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
target = torch.tensor([1.5, 2.0, 1.0])
print(F.mse_loss(predicted, target), F.mse_loss(predicted, target, reduction="sum"))
print(F.mse_loss(predicted, target, reduction="none"))
F.mse_loss(predicted, target).backward()
print(predicted.grad)
print(F.l1_loss(predicted, target), F.smooth_l1_loss(predicted, target))

logits = torch.tensor([[2.0, 0.5, -1.0], [0.0, 0.0, 3.0]], requires_grad=True)
labels = torch.tensor([0, 1])
print(F.cross_entropy(logits, labels))
print(F.nll_loss(F.log_softmax(logits, dim=1), labels))
print(F.cross_entropy(logits, labels, reduction="none"), F.cross_entropy(logits, labels, reduction="sum"))
print(F.cross_entropy(logits, labels, weight=torch.tensor([1.0, 2.0, 3.0])))
print(F.cross_entropy(logits, torch.tensor([0, -100])), F.cross_entropy(logits, torch.tensor([2, 1]), ignore_index=1))
F.cross_entropy(logits, labels).backward()
print(logits.grad)
p = torch.sigmoid(torch.tensor([0.5, -1.0]))
truth = torch.tensor([1.0, 0.0])
print(F.binary_cross_entropy(p, truth))
print(F.binary_cross_entropy_with_logits(torch.tensor([0.5, -1.0]), truth))
for wrong in [torch.tensor([0, 3]), torch.tensor([0, 1, 2]), torch.tensor([0.0, 1.0])]:
    try:
        F.cross_entropy(logits, wrong)
    except (IndexError, ValueError, RuntimeError) as error:
        print(type(error).__name__, error)
