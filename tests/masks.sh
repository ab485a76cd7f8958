#!/bin/sh
# Every kind of mask against its own formula, over sizes, options and alignments: the table's texts are written
# out as code of the dialect, which draws each mask again pair by pair. A new kind takes part by its row. TAP.
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cat >"$tmp/write.py" <<'END'
import qkv
def code_of(rule):
    parts = rule.split('|')
    rule = ''.join(f'abs({part})' if k % 2 else part for k, part in enumerate(parts))
    for was, becomes in ((' = ', ' == '), ('always', 'True'), ('[b]', ''), (' div ', ' // '), (' mod ', ' % '),
                         ('{0, dilation, ..., window*dilation}', 'range(0, window * dilation + 1, dilation)')):
        rule = rule.replace(was, becomes)
    return rule
print('import qkv, itertools')
print('at, number = {}, 0')
number = 0
drawn = ['random']    # kinds that draw: their counts are held instead
for name, rule, *_ in qkv.mask_kinds():
    options = qkv.mask_options(name)
    if name in drawn:                                 # no formula says what is drawn
        drawn.remove(name)
        number += 1
        print(f'''
wrong = cases = 0
for T, block, window, count, seed in itertools.product((1, 7, 16), (1, 2, 3), (0, 1), (0, 1, 2), (0, 5)):
    given = dict(block=block, window=window, globals=1, randoms=count, seed=seed)
    mask = qkv.mask({name!r}, T, **given)
    blocks = (T + block - 1) // block
    rows = [[mask[min(I * block, T - 1), min(J * block, T - 1)].item() for J in range(blocks)] for I in range(blocks)]
    near = [[abs(I - J) <= window or I < 1 or J < 1 for J in range(blocks)] for I in range(blocks)]
    for i, j in itertools.product(range(T), range(T)):
        I, J = i // block, j // block
        cases += 1
        wrong += mask[i, j].item() != rows[I][J] or near[I][J] and not rows[I][J]
    for I in range(blocks):
        more = sum(rows[I]) - sum(near[I])
        wrong += not 0 <= more <= count
    wrong += mask.tolist() != qkv.mask({name!r}, T, **given).tolist()
    wrong += qkv.mask_pairs({name!r}, T, **given) != int(mask.sum())
few, many = (int(qkv.mask({name!r}, 40, block=1, window=0, globals=0, randoms=r).sum()) for r in (0, 4))
wrong += few != 40 or not 40 * 4 <= many <= 40 * 5
print('ok' if cases and not wrong else 'not ok', {number}, '- {name}: blocks, what is near, and how many are drawn,', cases, 'pairs')
''')
        print(f'number = {number}')
        continue
    print(f'''
def sees(i, j, window=0, dilation=0, block=0, stride=0, summary=0, prefix=0, sinks=0, globals=0,
         bottom_right=0, causal=0, lengths=None, docs=None, **other):
    length, doc = lengths and lengths[0], docs
    return ({code_of(rule)}) and (not causal or j <= i)
wrong = cases = 0
for T, S, size, right, causal in itertools.product((1, 4, 7), (1, 5, 8), (1, 2, 3), (0, 1), (0, 1)):
    of = {{'bottom_right': right, 'causal': causal, 'lengths': [min(size, S)],
          'docs': [i // size for i in range(max(T, S))]}}
    given = {{option: of.get(option, size) for option in {list(options)}}}
    first = S - T if given.get('bottom_right') else 0
    mask = qkv.mask({name!r}, T, S, **given).reshape(T, S)
    for t, j in itertools.product(range(T), range(S)):
        i = first + t
        want = False if i < 0 and 'docs' in given else sees(i, j, **given)
        cases += 1
        wrong += mask[t, j].item() != want
    wrong += qkv.mask_pairs({name!r}, T, S, **given) != int(mask.sum())
number += 1
print('ok' if cases and not wrong else 'not ok', number, '- {name}: its formula and its count,', cases, 'pairs')
''')
    number += 1
for name in drawn:
    number += 1
    print(f'print("not ok {number} - {name}: no such kind draws")')
print(f'print("1..{number}")')
if not number: print('print("not ok 1 - there are kinds")')
END
"$QKV" --norc "$tmp/write.py" >"$tmp/check.py" && "$QKV" --norc "$tmp/check.py" || echo "not ok 1 - the code ran"
