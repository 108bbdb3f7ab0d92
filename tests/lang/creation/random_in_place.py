# Filling a tensor with random numbers.
import torch

torch.manual_seed(1)
x = torch.empty(4)
print(x.uniform_())
print(x.uniform_(-1, 1))
print(x.normal_())
print(x.normal_(mean=5, std=0.1))
print(x.bernoulli_(0.5))
print(x.exponential_())
print(torch.empty(3, dtype=torch.int64).random_(100))
print(torch.empty(3, dtype=torch.int64).random_(-5, 5))
big = torch.empty(5, 7).normal_()
print(big)
print(big.t().normal_()[0])
weights = torch.empty(3, 4)
bound = 1 / 4 ** 0.5
weights.uniform_(-bound, bound)
print(weights)
print(bool((weights.abs() <= bound).all()))
