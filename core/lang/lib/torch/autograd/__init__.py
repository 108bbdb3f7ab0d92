# torch.autograd: gradients.
from torch._autograd import Variable, backward, grad, gradcheck, gradgradcheck
from torch.autograd import grad_mode
from torch.autograd.function import Function
from torch.autograd.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled


class detect_anomaly:
    """In PyTorch, backward then names the operation that made a NaN. Here it has no effect."""

    def __init__(self, check_nan=True):
        pass

    def __enter__(self):
        return None

    def __exit__(self, *args):
        return None


class set_detect_anomaly(detect_anomaly):
    def __init__(self, mode, check_nan=True):
        pass


def __getattr__(name):
    if name == "functional":
        import torch.autograd.functional

        return torch.autograd.functional
    raise AttributeError(f"module 'torch.autograd' has no attribute '{name}'")
