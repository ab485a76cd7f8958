### n² and n, in work and in memory, at other widths and lengths | d=24 n=32,96,160,224 k=2 r=8
assert abs(slope(n, work_a) - 2) < 0.01 and abs(slope(n, work_r) - 1) < 0.01
assert abs(slope(n, extra['stored']) - 2) < 1e-9, extra
assert abs(slope(n, extra['RNN']) - 1) < 1e-9, extra

### the kernel's memory does not grow with n | n=256,512,1024,2048 d=32
assert extra['restricted'][-1] == extra['restricted'][0], extra
assert extra['streamed'][-1] - extra['streamed'][0] == 4 * (n[-1] - n[0]), extra

### a window's time does not grow as n² | n=256,4096 d=32 r=32
assert took['restricted'][-1] < took['streamed'][-1] / 4, took

### the crossings are at d, 2d, 4d and 6d | d=48 n=64,128
for name, formula, at in cross:
    counted = crossing(lengths, work['core'], work[name])
    assert 0.85 * at < counted < 1.01 * at, (name, counted, at)

### recurrent steps are slow ones, so that time crosses later than work | d=64 n=64,128
speed = {name: work[name][-1] / time[name][-1] for name in parts}
assert speed['RNN'] < speed['core'] / 3 and speed['LSTM'] < speed['core'] / 3, speed
met = crossing(lengths, time['core'], time['RNN'])
assert met is None or met > 2 * d, met

### chains of dependent operations: constant and linear | n=64,128
assert len(set(chains['attention'])) == 1, chains
assert chains['RNN'][-1] - chains['RNN'][-2] == 2 * (chains['RNN'][-2] - chains['RNN'][-3]), chains
