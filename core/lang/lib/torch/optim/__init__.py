# torch.optim: ways to go down a gradient.
from torch.optim.adam import Adam, Adamax, AdamW, NAdam, RAdam
from torch.optim.adaptive import ASGD, Adadelta, Adagrad, RMSprop, Rprop
from torch.optim.optimizer import Optimizer
from torch.optim.sgd import SGD
from torch.optim import lr_scheduler


def __getattr__(name):
    if name == "LBFGS":
        from torch.optim.lbfgs import LBFGS

        return LBFGS
    raise AttributeError(f"module 'torch.optim' has no attribute '{name}'")
