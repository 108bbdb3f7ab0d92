# Adam and its relatives, step by step.
import torch
import torch.optim as optim


def descend(make):
    w = torch.tensor([1.0, -2.0, 0.5], requires_grad=True)
    optimizer = make([w])
    for step in range(5):
        optimizer.zero_grad()
        loss = (w ** 2 * torch.tensor([1.0, 10.0, 100.0])).sum()
        loss.backward()
        optimizer.step()
    print(type(optimizer).__name__, w.detach())


descend(lambda p: optim.Adam(p, lr=0.1))
descend(lambda p: optim.Adam(p, lr=0.1, betas=(0.5, 0.9)))
descend(lambda p: optim.Adam(p, lr=0.1, weight_decay=0.1))
descend(lambda p: optim.AdamW(p, lr=0.1))
descend(lambda p: optim.RMSprop(p, lr=0.01))
descend(lambda p: optim.Adagrad(p, lr=0.1))
