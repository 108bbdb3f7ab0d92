# All modules.
from torch.nn.modules.activation import *
from torch.nn.modules.container import (ModuleDict, ModuleList, ParameterDict, ParameterList,
                                        Sequential)
from torch.nn.modules.conv import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from torch.nn.modules.dropout import (AlphaDropout, Dropout, Dropout1d, Dropout2d,
                                      FeatureAlphaDropout)
from torch.nn.modules.embedding import Embedding
from torch.nn.modules.linear import Bilinear, Flatten, Identity, Linear, Unflatten
from torch.nn.modules.loss import *
from torch.nn.modules.module import Module
from torch.nn.modules.normalization import (BatchNorm1d, BatchNorm2d, BatchNorm3d, GroupNorm,
                                            InstanceNorm1d, InstanceNorm2d, LayerNorm,
                                            LocalResponseNorm)
from torch.nn.modules.padding import *
from torch.nn.modules.pooling import *
from torch.nn.modules.rnn import GRU, LSTM, RNN, GRUCell, LSTMCell, RNNCell
