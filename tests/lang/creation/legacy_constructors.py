# The constructors of older tutorials.
import torch

print(torch.Tensor([1, 2, 3]))
print(torch.Tensor([[1, 2], [3, 4]]).dtype)
print(torch.Tensor(2, 3).shape)
print(torch.Tensor(2, 3).fill_(1))
print(torch.FloatTensor([1, 2]))
print(torch.LongTensor([1, 2]))
print(torch.DoubleTensor([0.5]))
print(torch.IntTensor([7]), torch.ByteTensor([1, 255]), torch.BoolTensor([True]))
print(torch.LongTensor(3).zero_())
print(torch.Tensor().shape)
print(torch.Tensor(2, 2).zero_() + 1)
x = torch.Tensor(3)
x[0], x[1], x[2] = 1, 2, 3
print(x)
print(type(x), isinstance(x, torch.Tensor))
print(isinstance(x, torch.FloatTensor), isinstance(x, torch.LongTensor))
