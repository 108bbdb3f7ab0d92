# Parameters: tensors that a Module counts as its own.
import torch

Parameter = torch._Parameter


class UninitializedParameter:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError("lazy modules are not available: give the sizes")
