# A generator of one's own leaves the global stream alone.
import torch

torch.manual_seed(3)
expected = torch.rand(2)

torch.manual_seed(3)
g = torch.Generator()
g.manual_seed(12)
print(torch.rand(2, generator=g))
print(torch.randn(2, generator=g))
print(torch.randint(0, 100, (3,), generator=g))
print(torch.randperm(5, generator=g))
print(g.initial_seed())
print(torch.equal(torch.rand(2), expected))

g.manual_seed(12)
again = torch.rand(2, generator=g)
print(again)

state = torch.get_rng_state()
a = torch.randn(3)
torch.set_rng_state(state)
b = torch.randn(3)
print(torch.equal(a, b), state.dtype, state.shape)
print(torch.Generator().initial_seed())
