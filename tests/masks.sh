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
for name, rule, *_ in qkv.mask_kinds():
    if 'drawn' in rule: continue                      # no formula says what is drawn
    options = qkv.mask_options(name)
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
print('print(f"1..{number}")')
END
"$QKV" --norc "$tmp/write.py" >"$tmp/check.py" && "$QKV" --norc "$tmp/check.py" || echo "not ok 1 - the code ran"
