### n² and n, in work and in memory, at other widths and lengths | d=24 n=32,96,160,224 k=2 r=8
assert abs(growth_a - 4) < 0.05 and abs(growth_r - 2) < 0.02
assert abs(slope(n, extra['stored']) - 2) < 1e-9, extra
assert abs(slope(n, extra['RNN']) - 1) < 1e-9, extra

### what the formulas leave out is small, and only added | anywhere
for m, counted in zip(lengths, work['core']):
    assert 4 * m * m * d < counted < 4 * m * m * (d + 3) + 4 * m * d, (m, counted)
assert extra['stored'] == [8 * m * m for m in n] and extra['RNN'] == [4 * m * d for m in n]

### the kernel's memory does not grow with n | n=256,512,1024,2048 d=32
assert extra['restricted'][-1] == extra['restricted'][0], extra
assert extra['streamed'][-1] - extra['streamed'][0] == 4 * (n[-1] - n[0]), extra

### a window's time does not grow as n² | n=256,4096 d=32 r=32
assert took['restricted'][-1] < took['streamed'][-1] / 4, took

### the crossings are at d, 2d, 4d, 6d and, of the block and an LSTM, 2d | anywhere
for one, other, formula, times in cross:
    counted = crossing(lengths, work[one], work[other])
    assert counted and abs(counted / d / times - 1) < 0.35 * 16 / d + 0.03, (one, other, counted)
assert above

### recurrent steps are slow ones, so that time crosses later than work; a batch helps | d=64 n=64,128
assert rate['RNN'] < rate['core'] / 3 and rate['LSTM'] < rate['core'] / 3, rate
met_in_time = crossing(lengths, time['core'], time['RNN'])
assert met_in_time is None or met_in_time > 2 * d, met_in_time
assert batched > 2 * rate['RNN'], (batched, rate)

### chains of dependent operations: constant and linear | anywhere
assert len(set(chains['attention'])) == 1, chains
assert chains['RNN'][-1] - chains['RNN'][-2] == 2 * (chains['RNN'][-2] - chains['RNN'][-3]), chains
assert per_token * 4 == chains['RNN'][1] - chains['RNN'][0]

### a neighbourhood wider than the text is the text, and its path one step | n=8,16 r=1024
assert table_one['self-attention, restricted'][0] == table_one['self-attention'][0]
assert table_one['self-attention, restricted'][2] == 1

### the shares of models as they are, half of the core skipped
assert [f'{a:.1%} {b:.1%}' for a, b in shares.values()] == [
    '10.0% 5.3%', '18.2% 10.0%', '2.7% 1.4%', '14.2% 7.7%', '83.1% 71.1%'], shares
assert list(limits.values()) == ['arithmetic'] + ['memory'] * 4
