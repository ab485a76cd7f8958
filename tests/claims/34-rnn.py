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

### what has vanished is said to have, and not fitted | rho=0.1 gate=-2 n=256 d=4 steps=1 distances=2
assert all(r is None or 0 < r < 2 for r in rates.values()), rates
assert per_step(torch.zeros(8, dtype=torch.float64)) is None
assert abs(per_step(torch.tensor([0, 0, 1e-200, 1e-100, 1, 7], dtype=torch.float64)) / 1e-100 - 1) < 1e-6

### a linear recurrence is Markov at any radius; the gradient follows the radius | steps=1 distances=2
for radius, left_over in markov.items():
    assert abs(left_over / radius ** (n - 1) - 1) < 0.2, markov
assert moved > 0 and same

### attention learns at every distance, the LSTM could and does not, the RNN hears nothing
assert min(recall['attention', place] for place in places) > 0.95, recall
assert recall['RNN', 10] > 0.9 and recall['RNN', 100] < 0.4 and part['RNN', 100] < 1e-3
assert recall['LSTM', 10] > 0.95 and recall['LSTM', 100] < 0.6, recall
assert beyond['LSTM'][2] > 0.9 and part['LSTM', 100] > 0.01, (beyond, part)

### with few steps nothing is said to be learned | steps=3 distances=5,9
assert 'learned at every distance' not in verdict('attention') + verdict('LSTM')

### the same of a gate that is shut | gate=-2 steps=2 distances=60
assert 'no gradient arrives' in verdict('LSTM'), verdict('LSTM')

### a fixed state loses what a cache keeps | steps=1 distances=2
assert found[4][0] > 0.95 and found[1024][0] < 0.4, found
assert all(cache > 0.99 for state_of, cache in found.values()), found

### a recurrence and its parallel form give the same numbers | steps=1 distances=2 text="to be or not to be"
assert torch.allclose(parallel, recurrent, atol=1e-4)
assert torch.allclose(torch.stack(looped), at_once, atol=1e-5)

### both ways agree, rows are shares, and no state sees a later word | anywhere
assert all(both) and in_one_product and same
assert (by_rnn.triu(1) == 0).all() and (by_attention.triu(1) == 0).all()
assert torch.allclose(by_rnn.sum(-1), torch.ones(m), atol=1e-4)

### in an RNN words fade, in attention equal words count alike | steps=1 distances=2
assert (by_rnn[-1].diff() > 0).all(), by_rnn
assert first[1] > 2 * first[0] and abs(by_attention[-1, 0] - by_attention[-1, 4]) < 1e-3
