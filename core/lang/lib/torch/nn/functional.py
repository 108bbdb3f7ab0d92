# torch.nn.functional: the operations of networks. Nearly all are native; what has no derivative of
# its own is put together here.
from torch._functional import *
import torch
from torch import conv_transpose1d, conv_transpose2d, conv1d, conv2d, sigmoid, tanh


def _inplace(function, input, inplace):
    result = function(input)
    return input.copy_(result) if inplace else result


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    """Softmax of the logits with Gumbel noise: a sample that gradients flow through."""
    gumbels = -torch.empty_like(logits).exponential_().log()
    soft = ((logits + gumbels) / tau).softmax(dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    one_hot = torch.zeros_like(logits).scatter(dim, index, 1.0)
    return one_hot - soft.detach() + soft


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    """input / max(norm, eps)."""
    norm = input.norm(p, dim, True).clamp(min=eps)
    return input / norm.expand_as(input)


def glu(input, dim=-1):
    """The first half times the sigmoid of the second."""
    if input.dim() == 0:
        raise RuntimeError("glu does not support 0-dimensional tensors")
    if input.size(dim) % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {dim} is size {input.size(dim)}"
        )
    a, b = input.chunk(2, dim)
    return a * torch.sigmoid(b)
