# The size of a convolution's output, and what does not fit.
import torch
import torch.nn.functional as F

x = torch.zeros(2, 3, 8, 8)
for kernel, stride, padding, dilation in [(3, 1, 0, 1), (3, 1, 1, 1), (3, 2, 1, 1), (5, 3, 2, 1), (3, 1, 2, 2)]:
    out = F.conv2d(x, torch.zeros(4, 3, kernel, kernel), stride=stride, padding=padding, dilation=dilation)
    expected = (8 + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    print(tuple(out.shape), expected)
print(F.conv2d(x, torch.zeros(4, 3, 3, 5), stride=(1, 2), padding=(0, 1)).shape)
print(F.conv2d(torch.zeros(3, 8, 8), torch.zeros(4, 3, 3, 3)).shape)
for case in [
    lambda: F.conv2d(x, torch.zeros(4, 2, 3, 3)),
    lambda: F.conv2d(x, torch.zeros(4, 3, 9, 9)),
    lambda: F.conv1d(torch.zeros(1, 2, 3), torch.zeros(4, 2, 5)),
    lambda: F.conv2d(x, torch.zeros(4, 3, 3, 3), torch.zeros(5)),
]:
    try:
        print(case().shape)
    except RuntimeError as error:
        print(error)
