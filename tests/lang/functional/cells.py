# One step of each recurrent cell.
import torch

torch.manual_seed(3)
x = torch.randn(2, 3)
h = torch.zeros(2, 4)
c = torch.zeros(2, 4)


def weights(gates):
    return (
        torch.randn(gates * 4, 3),
        torch.randn(gates * 4, 4),
        torch.randn(gates * 4),
        torch.randn(gates * 4),
    )


print(torch.rnn_tanh_cell(x, h, *weights(1)))
h1, c1 = torch.lstm_cell(x, (h, c), *weights(4))
print(h1)
print(c1)
print(torch.gru_cell(x, h, *weights(3)))
w = weights(1)
state = h
for step in range(3):
    state = torch.rnn_tanh_cell(x, state, *w)
    print(step, f"{state.norm().item():.4f}")
