# Copying parameters from one model to another.
import torch
import torch.nn as nn

torch.manual_seed(0)
a = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
b = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
x = torch.tensor([[1.0, 2.0]])
print(torch.equal(a(x), b(x)))
state = a.state_dict()
print(list(state.keys()))
print(b.load_state_dict(state))
print(torch.equal(a(x), b(x)))
with torch.no_grad():
    for p in a.parameters():
        p.zero_()
print(a(x), torch.equal(a(x), b(x)))
nn.init.constant_(a[0].weight, 0.5)
nn.init.zeros_(a[0].bias)
nn.init.ones_(a[2].weight)
print(a[0].weight, a(x))
torch.manual_seed(3)
nn.init.xavier_uniform_(a[0].weight)
print(a[0].weight)
nn.init.normal_(a[2].weight, std=0.1)
print(a[2].weight)
print(a[0].weight is list(a.parameters())[0])
