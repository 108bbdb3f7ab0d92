# torch.nn: networks.
from torch.nn.modules import *
from torch.nn.parameter import Parameter
from torch.nn import functional, init
import torch.nn.utils as utils  # torch.nn.modules has a utils too
