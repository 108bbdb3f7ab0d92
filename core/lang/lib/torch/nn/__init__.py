# torch.nn: networks.
from torch.nn.modules import *
from torch.nn.parameter import Parameter
from torch.nn import functional, init, utils
