### T × T, T × S and 1 × T, for every head and sequence | n=5 s=11 h=3 d=12 b=2
assert scores.shape == (2, 3, 5, 5) and across.shape == (2, 3, 5, 11)
assert step.shape == (2, 3, 1, 5) and same
assert rows_made == 2 * 3 * 15

### a cross-attention may be square, and one token is decoded | n=1 s=1 h=1 d=1
assert square(across) == square(scores) == square(step) == 'yes' and same

### the weights come back from one number a row | anywhere
assert equal and lse.numel() * n == weights.numel()
assert same and rows_made <= scores.numel()

### bytes follow n twice and d not at all | n=3
assert abs(slope([128, 256, 512], by_n) - 2) < 1e-9 and len(set(by_d)) == 1, (by_n, by_d)

### yours takes the batch into account | b=4 n=7 layers=3
assert held['yours'] == (2 * 4 * 2 * 49, 2 * 3 * 4 * 2 * 49, 2 * 2 * 3 * 16 * 7 * 4)

### the published caches: 320 KiB a token of Llama-2-70B, 128 KiB of Llama-3.1-8B | n=3
assert held['Llama-2-70B'][2] == 320 * 1024 * 4096
assert held['Llama-3.1-8B'][2] == 128 * 1024 * 131072

### training keeps one matrix, three with dropout, or one float a row | n=3
for m, found in memory_of.items():
    assert abs(found['plain'][0] / matrix[m] - 1) < 0.01, found
    assert abs(found['with dropout'][0] / matrix[m] - 3) < 0.01, found
    assert found['streamed'][0] < 4 * 2 * m + 1024, found
    assert found['streamed'][1] < found['plain'][1] / 5, found

### a kernel that skips hidden tiles makes about half of the causal scores | n=3
assert 0.5 <= made_tiled < 0.75, stats
