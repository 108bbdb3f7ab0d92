# torch.utils


def __getattr__(name):
    if name == "data":
        import torch.utils.data

        return torch.utils.data
    raise AttributeError(f"module 'torch.utils' has no attribute '{name}'")
