# A view sees what is written to its base, and the other way round.
import torch

x = torch.arange(6)
v = x.view(2, 3)
v[0, 0] = 100
print(x)
x[5] = -1
print(v)
row = v[1]
row.fill_(7)
print(v)
t = v.t()
t[0, 1] = 55
print(v, x)
c = v.clone()
c.zero_()
print(v[0])
s = x[::2]
s += 1000
print(x)
n = x.narrow(0, 1, 3)
n.mul_(2)
print(x)
print(v.is_contiguous(), t.is_contiguous(), t.contiguous().is_contiguous())
print(v.stride(), t.stride(), s.stride(), s.storage_offset(), row.storage_offset())
print(x.data_ptr() == v.data_ptr(), c.data_ptr() == v.data_ptr())
