### predicted factors are the measured ones, attention is flat | steps=1 distances=2
assert abs(rates['RNN without tanh'] / rho - 1) < 0.01, rates
assert rates['RNN'] < 0.9 * rho, rates
assert abs(rates['the same, W_hh = 0'] / sigma - 1) < 0.02, rates
assert abs(rates[f'GRU, bias {gate:g}'] / sigma - 1) < 0.02, rates
assert abs(rates['attention'] - 1) < 0.02, rates
assert rates['LSTM, bias 0'] < 0.75 < rates[f'LSTM, bias {gate:g}'], rates

### so they are at another radius, gate and length | rho=1.1 gate=1 n=128 d=48 seed=5 steps=1 distances=2
assert abs(rates['RNN without tanh'] / rho - 1) < 0.01, rates
assert rates['RNN'] < rho, rates
assert abs(rates['the same, W_hh = 0'] / sigma - 1) < 0.06, rates
assert abs(rates['attention'] - 1) < 0.01, rates

### a linear recurrence is Markov at any radius; the gradient follows the radius | steps=1 distances=2
for radius, left in markov.items():
    assert abs(left / radius ** (n - 1) - 1) < 0.2, markov
assert moved > 0 and same

### attention and gated nets learn what the RNN does not | distances=10,60 steps=250
assert recall['attention', 10] > 0.95 and recall['attention', 60] > 0.95, recall
assert recall['GRU', 10] > 0.95 and recall['LSTM', 10] > 0.95, recall
assert recall['RNN', 10] > 0.9 and recall['RNN', 60] < 0.3, recall

### a recurrence and its parallel form give the same numbers | steps=1 distances=2 text="to be or not to be"
assert torch.allclose(parallel, recurrent, atol=1e-4)
assert torch.allclose(torch.stack(rows_loop), at_once, atol=1e-5)

### generating one by one gives the same numbers as one pass | steps=1 distances=2 text="attention is all you need"
assert torch.allclose(whole, stepwise, atol=1e-5)

### an RNN's state sees no later word, and earlier ones fade; attention treats equal words alike | steps=1 distances=2
assert (torch.triu(by_rnn, 1) == 0).all()
assert (by_rnn[-1][:-1] < by_rnn[-1][-1]).all()
assert torch.allclose(by_attention[0], by_attention[4][[4, 1, 2, 3, 0, 5]], rtol=1e-3)
