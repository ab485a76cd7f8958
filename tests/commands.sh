#!/bin/sh
# What every command of the prompt does when it is used well (tests/shell.sh: badly). Speaks TAP.
# says 'TEXT' LINE...    types the lines into qkv and wants TEXT in what comes back (stdout and stderr)
# hides 'TEXT' LINE...   wants it absent
top=${abs_top_srcdir:-.}
export QKV_DATA="$top"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
export XDG_CONFIG_HOME="$tmp/config" XDG_STATE_HOME="$tmp/state"
n=0 options=--norc
typed() {
    printf '%s\n' "$@" >"$tmp/in"
    timeout 30 "$QKV" $options <"$tmp/in" >"$tmp/out" 2>&1
}
verdict() { # GREP-OPTIONS TEXT: grep's status is the test's
    n=$((n + 1))
    if grep -qF $1 -- "$2" "$tmp/out"; then found=1; else found=0; fi
    if [ "$found" = "$3" ]; then echo "ok $n - $4"
    else
        echo "not ok $n - $4"
        head -n 12 "$tmp/out" | sed 's/^/# /'
    fi
}
says() {
    text=$1
    shift
    typed "$@"
    verdict "" "$text" 1 "$* says $text"
}
hides() {
    text=$1
    shift
    typed "$@"
    verdict "" "$text" 0 "$* does not say $text"
}
completes() { # LINE WORD: completion of LINE offers WORD
    timeout 30 "$QKV" --norc --complete="$1" >"$tmp/out" 2>&1
    verdict -x "$2" 1 "$1<Tab> offers $2"
}

# set: every option can be asked, changed and asked again
says 'precision = 2' 'set precision=2' 'set precision'
says 'precision = auto' 'set precision=2' 'set precision=auto' 'set precision'
says 'width = 60' 'set width 60' 'set width'
says 'width = auto (80)' 'set width=60' 'set width=auto' 'set width'
says 'color = never' 'set color=never' 'set color'
says 'color = always' 'set color=always' 'set color'
says 'theme = grey' 'set theme=grey' 'set theme'
says 'repr = torch' 'set repr=torch' 'set repr'
says 'wide = on' 'set wide=on' 'set wide'
says 'ledger = on' 'set ledger=true' 'set ledger'
says 'ledger = line' 'set ledger=line' 'set ledger'
says 'code = fold' 'set code'
says 'code = hide' 'set code=hide' 'set code'
says 'threads = 2' 'set threads=2' 'set threads'
says '0 of 256.0 M used' 'set memory=256M' 'set memory'
says 'pager = less -R' "set pager='less -R'" 'set pager'
says 'pager = auto' 'set pager=off' 'set pager=auto' 'set pager'
for option in precision width color theme repr wide pager ledger code threads memory; do
    says "$option" set
    completes "set " "$option="
done
says 'precision may be auto or 0..12' 'set precision=20'
says 'code may be fold, show or hide' 'set code='
says 'ledger may be off, on, line or full' 'set ledger=some'
says 'did you mean theme' 'set theem=grey'
says 'stands in quotes: masking text="the cat"' 'masking n=4 text=the cat'
says '`set` alone lists them' 'set qqqqqqq=1'
completes 'set color=' 'color=never'
completes 'set repr=' 'repr=torch'

# what settings do
says '0.50' 'import torch' 'set precision=2' 'torch.tensor([[0.5, 0.25]])'
says 'tensor([[0.5000, 0.2500]])' 'import torch' 'set repr=torch' 'torch.tensor([[0.5, 0.25]])'
says 'FLOPs' 'import torch' 'set ledger=on' 'torch.ones(2, 2) @ torch.ones(2, 2)'
hides 'FLOPs' 'import torch' 'torch.ones(2, 2) @ torch.ones(2, 2)'
says '1 step, 16 FLOPs, ≈' 'import torch' 'set ledger=line' 'torch.ones(2, 2) @ torch.ones(2, 2)'
hides '`ledger` shows' 'import torch' 'set ledger=full' 'torch.ones(2, 2) @ torch.ones(2, 2)'
says 'bytes' 'import torch' 'set ledger=line' 'torch.ones(2, 2) @ torch.ones(2, 2)' 'ledger'
says 'there is no ledger yet' 'ledger'
says 'usage: ledger' 'ledger 1'

# torch, nn, F, math and np are at hand where it is typed, and nowhere else
for name in torch nn F math np; do
    says "built-in" "$name"
    says "(built-in)" "time $name"
    printf 'print(%s)\n' "$name" >"$tmp/alone.py"
    says "NameError" "load $tmp/alone.py"
    says "hint: import" "load $tmp/alone.py"
    timeout 30 "$QKV" --norc "$tmp/alone.py" >"$tmp/out" 2>&1
    verdict "" "hint: import" 1 "a script needs its import of $name"
    timeout 30 "$QKV" --norc - <"$tmp/alone.py" >"$tmp/out" 2>&1
    verdict "" "hint: import" 1 "a script through a pipe needs its import of $name"
    timeout 30 "$QKV" --norc -c "print($name)" >"$tmp/out" 2>&1
    verdict "" "hint: import" 1 "-c needs its import of $name"
done
mkdir -p "$tmp/config/qkv" && printf 'x = torch.ones(2)\n' >"$tmp/config/qkv/qkvrc"
options=
says "hint: import torch" 'x'
options=--norc
rm "$tmp/config/qkv/qkvrc"
# what is saved stands alone
typed 'x = F.relu(torch.ones(2)).sum().item()' 'print(x)' "save $tmp/alone.py !"
timeout 30 "$QKV" --norc "$tmp/alone.py" >"$tmp/out" 2>&1
verdict -x 2.0 1 "a saved script imports what was at hand"
completes 'np.on' np.ones
completes 'x = F.rel' F.relu
completes 'tor' torch

# where an error is: file and line, of a start-up file's commands too
says '<stdin>, line 4' 'x = 1' '' 'y = 2' 'nope'
says '<stdin>, line 3' 'def f():' '    return 1' 'f() + zzz'
mkdir -p "$tmp/config/qkv" && printf '# mine\nset precision=2\nset precision=99\nnope\nset theme=grey\n' >"$tmp/config/qkv/qkvrc"
options=
says 'qkvrc:3: precision may be' 'set theme'
says 'qkvrc, line 4' 'set theme'
says 'theme = grey' 'set theme'
options=--norc
rm "$tmp/config/qkv/qkvrc"
says 'set memory=' 'set memory=64M' 'torch.ones(10**9)'
hides 'e+0' 'set memory'
# --lessons adds; the same number or command stands for the course's, and that is said
mkdir -p "$tmp/mine"
printf -- '---\nnumber: 90\ncommand: mine\ntitle: My own\n---\n# x\n\nmy text\n' >"$tmp/mine/90-mine.md"
options="--norc --lessons=$tmp/mine"
says 'my text' mine
says 'n must be' 'masking n=99'
says 'My own' lessons
hides "of qkv's" lessons
printf -- '---\nnumber: 36\ncommand: other\ntitle: My other\n---\n# x\n\nother text\n' >"$tmp/mine/91-other.md"
printf -- '---\nnumber: 91\ncommand: heads\ntitle: My heads\n---\n# x\n\nheads text\n' >"$tmp/mine/92-heads.md"
says 'other text' 36
says 'heads text' heads
says "36 masking, 46 heads of qkv's" lessons
says 'did you mean other' 'otehr n=3'
options=--norc
# where no course is to be found, they are the course
built=$QKV
cp "$QKV" "$tmp/moved" && QKV=$tmp/moved QKV_DATA=$tmp
options="--norc --lessons=$tmp/mine"
says 'other text' 36
says '3 lessons, about' 'lessons --path'
rm "$tmp/mine/91-other.md" "$tmp/mine/92-heads.md"
says '1 lesson, about' 'lessons --path'
options=--norc QKV=$built QKV_DATA=$top

# what marks itself as measured: the same to readers, masked where output is compared
says 'took 1.50 s' 'print("took", qkv.measured(1.5, ".2f"), "s")'
says 'seconds' 'qkv.plot([1, 2], title="seconds", measured=True)'
hides '(measured)' 'qkv.plot([1, 2], title="seconds", measured=True)'
QKV_MASK_MEASURED=1
export QKV_MASK_MEASURED
says 'took (measured) s' 'print("took", qkv.measured(1.5, ".2f"), "s")'
says 'seconds (measured)' 'qkv.plot([1, 2], title="seconds", measured=True)'
says 'a  (measured)' 'qkv.table([["a", qkv.measured(1.5)], ["b", 2]], head=["x", "y"])'
unset QKV_MASK_MEASURED

# time, timeit, trace
says 'a loop, best' 'timeit 1 + 1'
says 's' 'time sum(range(1000))'
says 'x @ x' 'import torch; x = torch.ones(3, 3)' 'trace x @ x'
says 'no engine operation ran' 'trace 1 + 1'
says 'usage: time CODE' time
says 'usage: timeit CODE' timeit
says 'usage: trace CODE' trace
says 'NameError' 'timeit nothing_here'
# a few seconds of measuring, ten times that with sanitizers
[ "$QKV_SANITIZED" ] || says 'of SGEMM' bench
says 'usage: bench' 'bench now'
says '41' 'time 40 + 1'

# files: what is typed and scripts reach them, a lesson's cell does not; modules are found beside a script
says "{'w': tensor([1., 2.])}" 'from safetensors.torch import load_file, save_file' \
    "save_file({'w': torch.tensor([1., 2.])}, 'w.safetensors')" "load_file('w.safetensors')"
says 'does not end in .safetensors' 'from safetensors.torch import save_file' "save_file({}, 'w.pt')"
says 'must map str to Tensor, but w is int' 'from safetensors.torch import save_file' \
    "save_file({'w': 1}, 'w.safetensors')"
says 'must be a dict of tensors, not list' 'from safetensors.torch import save_file' "save_file([], 'w.safetensors')"
says 'FileNotFoundError' 'from safetensors.torch import load_file' "load_file('none.safetensors')"
mkdir -p mods/deep lessons
echo 'ONE = 1' >mods/one.py
echo 'from one import ONE
TWO = ONE + 1' >mods/deep/two.py
echo 'from deep.two import TWO
print("two is", TWO)' >mods/script.py
timeout 30 "$QKV" --norc mods/script.py >"$tmp/out" 2>&1
verdict "" 'two is 2' 1 'a script imports what is beside it'
says 'two is 2' 'load mods/script.py'
cat >reach.md <<'END'
---
number: 97
command: reach
title: May a cell reach a file?
summary: no.
minutes: 1
parameters: {}
sources: [none]
---
# One

```python raises
from safetensors.torch import save_file
save_file({}, 'reached.safetensors')
```

```python raises
from mods.one import ONE
print(ONE + 1)
```

```python
from corpus.frames import SENSES
print('senses of bat:', *SENSES['bat'])
```
END
timeout 30 "$QKV" --norc reach.md >"$tmp/out" 2>&1
verdict "" 'files are for scripts and for what is typed' 1 'a cell cannot write a file'
verdict "" 'mods.one' 1 'nor import what lies about'

verdict "" 'senses of bat: animal sport' 1 'but it may what came with qkv in data/'

# train: lists, says what it cannot do, trains
says 'induction' train
says "'mouse' is no model to train" 'train mouse'
says 'steps must be 1..1000000' 'train induction steps=0'
says 'seed must be' 'train induction seed=x'
says 'usage: train' 'train steps=5'
says 'no stopped training to go on with' 'train induction resume'
says 'at the end: induction head' 'train induction steps=10'

# a variable of a command's name: the word alone shows it, what no code could be is the command
says '8' 'time = 8' time
says '41' 'time = 8' 'time 40 + 1'
says '9' 'help = lambda x: x + 4' 'help(5)'

# parts of a lesson by name: only that part, its numbers as they are behind the cells above it
says 'Often said' '36 said'
hides 'In one breath' '36 said'
says 'In one breath' 'masking answer n=4'
says 'Sources' '36 sources'
says "masking has no part 'sayd'" '36 sayd'
says 'its parts: ' '36 sayd'
says 'no lesson is open' next
says 'no lesson is open' 'goto live'
completes '36 sa' said
completes 'masking fo' follow
completes '36 li' live

# whos, reset, history
says 'no variables yet' whos
says '(2, 3)' 'import torch' 'x = torch.zeros(2, 3)' whos
says 'float32' 'import torch' 'x = torch.zeros(2, 3)' whos
says "'hello'" 's = "hello"' whos
says '...' 's = list(range(1000))' whos
says 'NameError' 'x = 1' 'reset -f' 'print(x)'
says 'NameError' 'x = 1' 'reset' 'print(x)'
says 'usage: reset' 'reset all'
says '1  x = 1' 'x = 1' history
says 'usage: history' 'history 1'
says 'usage: whos' 'whos x'

# help, apropos, source
says 'softmax(' 'import torch' 'help torch.softmax'
says 'softmax(' 'import torch' 'torch.softmax?'
says 'def forward' 'import torch.nn as nn' 'source nn.Linear'
says 'class Linear' 'import torch.nn as nn' 'nn.Linear??'
says 'is written in C' 'import torch' 'source torch.softmax'
says 'has no source' 'x = 3' 'source x'
says 'def twice(x):' 'def twice(x):' '    return 2 * x' '' 'source twice'
says 'masking' 'apropos mask'
says 'masked_fill' 'apropos mask'
says "nothing is about 'qqqq'" 'apropos qqqq'
says 'usage: apropos WORD' apropos
says "there is no help on 'qqqq'" 'help qqqq'
says 'what it gives' 'def f():' '    """what it gives"""' '    return 1' '' 'help f'
says 'kind' 'help masking'
says 'list or change options' 'help set'

# load, save, edit, check
printf 'y = 6 * 7\n' >script.py
says 42 'load script.py' 'print(y)'
hides 'Error' 'x = 5' 'save session.py'
n=$((n + 1))
if grep -q '^x = 5$' session.py; then echo "ok $n - save writes what was typed"
else echo "not ok $n - save writes what was typed"; fi
says 'exists' 'x = 6' 'save session.py'
hides 'exists' 'x = 6' 'save session.py !'
says 'x = 6' 'print("again")' 'load session.py' 'print("x =", x)'
says 'cannot read' 'load nofile.py'
EDITOR="sed -i s/41/42/" VISUAL=
export EDITOR VISUAL
printf 'print("edited", 41)\n' >draft.py
says 'edited 42' 'edit draft.py'
says '84' 'print(2 * 41)' edit
EDITOR=false
says 'did not end well' 'edit draft.py'
EDITOR=/nonexistent/editor
says 'set EDITOR to an editor' 'edit draft.py'

# lessons, read in a pipe
says 'masking' lessons
says '45  variants' 'lessons --path'
says 'builds on' 'lessons --path'
says 'lessons [--path]' 'lessons --pth'
says 'More in `35`: Write attention in Python' 'help KV cache'
says 'hides the future' 'help causal-mask'
says 'kv-cache (35)' 'help glossary'
says 'there is no help on' 'help kv-cash'
says 'It builds on 32' 'help code'
says 'grouped-query-attention' 'apropos query'
says 'step' 'lesson 36 n=4' where
says 'there is no command, lesson or file' 'lesson 99'

# qkvrc, a file of one's own, the state folder
mkdir -p config/qkv
printf 'rc_value = 77\nset precision=3\n' >config/qkv/qkvrc
options=--quiet
says 77 'print(rc_value)'
says 'precision = 3' 'set precision'
printf 'x = = 1\n' >config/qkv/qkvrc
says 'SyntaxError' 'print(1)'
says '43' 'print(43)'
options=--norc
printf -- '---\nnumber: 90\ncommand: own\ntitle: Mine\nminutes: 1\n---\n## Live\n\n```python\nprint(40 + 4)\n```\n' >own.md
timeout 30 "$QKV" --norc own.md >out 2>&1 </dev/null
verdict "" 44 1 'a lesson file of the user runs'
printf 'print(40 + 5)\n' >plain
timeout 30 "$QKV" --norc plain >out 2>&1 </dev/null
verdict "" 45 1 'a script without .py runs'
for words in '--seed 3' '--seed=3'; do
    timeout 30 "$QKV" --norc $words -c 'import torch; print(torch.rand(1), torch.initial_seed())' >out 2>&1 </dev/null
    verdict "" ' 3' 1 "$words seeds"
done
timeout 30 "$QKV" --norc --seed=x -c 1 >out 2>&1 </dev/null
verdict "" '--seed wants a whole number' 1 '--seed=x is refused'
timeout 30 "$QKV" --norc --threads=0 -c 1 >out 2>&1 </dev/null
verdict "" '--threads wants a whole number from 1 to 256' 1 '--threads=0 is refused'
timeout 30 "$QKV" --norc --threads 2 -c 'print(40 + 6)' >out 2>&1 </dev/null
verdict "" 46 1 '--threads 2'
timeout 30 "$QKV" --norc --quiet=yes >out 2>&1 </dev/null
verdict "" '--quiet takes no value' 1 '--quiet=yes is refused'
timeout 30 "$QKV" --norc --data-dir "$top" --state-dir "$tmp/elsewhere" -c 'print(47)' -- >out 2>&1 </dev/null
verdict "" 47 1 '--data-dir and --state-dir'

# completion
completes 'mas' masking
completes 'masking k' 'kind='
completes 'masking kind=ca' 'kind=causal'
completes 'lesson mas' masking
completes 'help mas' masking
completes 'import ma' math
completes 'from coll' collections
completes "load ${tmp}/scr" "$tmp/script.py"
completes 'load scr' script.py
completes '--js' --json
# practice: from a pipe each answer is a line; what is answered is there in the next run
practised() { # TEXT ANSWERS ARGUMENTS...
    text=$1 answers=$2
    shift 2
    printf "$answers" | QKV_DATA="$top/tests/tty" timeout 30 "$QKV" --norc "$@" >"$tmp/out" 2>&1
    status=$?
    verdict "" "$text" 1 "$* says $text"
}
# export: every ending, twice the same bytes; what is there stays; once; from the system shell
for end in svg txt csv tsv json md tex html npy npz safetensors; do
    says "written to a.$end" 'import torch' 'w = torch.eye(3)' "export w a.$end"
    says "written to b.$end" 'import torch' 'w = torch.eye(3)' "export w b.$end"
    n=$((n + 1))
    [ -s a.$end ] && cmp -s a.$end b.$end && echo "ok $n - the same .$end twice" || echo "not ok $n - .$end differs"
done
for end in pdf png; do
    typed 'import torch' 'w = torch.eye(3)' "export w a.$end" "export w b.$end"
    n=$((n + 1))
    if grep -q libpangocairo "$tmp/out"; then echo "ok $n # SKIP cairo with Pango is not here"
    elif cmp -s a.$end b.$end && [ -s a.$end ]; then echo "ok $n - the same .$end twice"; else
        echo "not ok $n - .$end"
        sed 's/^/# /' "$tmp/out"
    fi
done
says 'a.csv exists already' 'import torch' 'w = torch.zeros(2)' 'export w a.csv'
says 'written to a.csv' 'import torch' 'w = torch.zeros(2)' 'export w a.csv!'
says 'endings are .svg .pdf .png' 'x = 1' 'export x a.xyz'
says "nothing was shown as 'nope'" 'export nope a1.svg'
says 'nothing was shown yet' 'export a1.svg'
says 'theme is light, dark or print' 'export w a1.svg theme=blue'
says 'x is int' 'x = 1' 'export x a1.svg'
says '.npy holds one tensor' 'import torch' 'a = torch.eye(2)' 'b = torch.eye(3)' 'export a b a1.npy'
says 'written to once.md' 'once once.md' 'import torch' 'torch.eye(2)'
says 'usage: once FILE' 'once'
shell_exports() { # FILE ARGUMENTS...
    file=$1
    shift
    n=$((n + 1))
    "$QKV" --norc "$@" >"$tmp/out" 2>&1
    [ -s "$file" ] && echo "ok $n - $*" || { echo "not ok $n - $*"; tail -n 3 "$tmp/out" | sed 's/^/# /'; }
}
shell_exports w.svg attend --export weights=w.svg --export last.csv
shell_exports last.csv attend --export last.csv --force
shell_exports e.tex --export x=e.tex -c 'import torch; x = torch.eye(2)'
# show: attention of one's own
cat >v.json <<'EOF'
{"tokens": ["the", "cat", "sat"], "attention": [[[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0, 0, 1]], [[1, 0, 0], [0, 1, 0], [0, 0, 0.5]]]}
EOF
echo '[[1, 2], [3]]' >ragged.json
echo '{"a": "b"}' >none.json
says 'cat  0.10  0.80  0.10   1.00' 'show v.json head=0'
says 'head 1' 'show v.json'
says '1 cat ' 'show v.json head=0 query=cat top=1'
says 'query 2 (sat), head 1' 'show v.json query=2'
says 'Rows do not sum to 1, but to 0.5 to 1' 'show v.json head=1'
says 'there is no head 2: v.json has 0 to 1' 'show v.json head=2'
says '2 tokens for 3 queries' 'show v.json tokens="a b"'
says 'b  0.10  0.80  0.10' 'show v.json head=0 tokens="a b c"'
says "there is no query 'dog'" 'show v.json query=dog'
says 'there are no layers to choose from' 'show v.json layer=0'
says 'arrays of unequal length: 2 were wanted, here are 1' 'show ragged.json'
says 'has no attention in it' 'show none.json'
says 'is no file of a kind' 'show a.xyz'
says "show knows no 'heads=1'" 'show v.json heads=1'
says 'these are scores, no weights' 'import torch' 'q = torch.tensor([[1.0, -1.0]])' 'show q'
says 'nan or inf occurs' 'import torch' 'q = torch.tensor([[math.nan, 1.0]])' 'show q'
says 'which is no attention' 'import torch' 'q = torch.zeros(1, 1, 1, 2, 2)' 'show q'
says 'b.npz has 2 tensors' 'import torch' 'a = torch.eye(2)' 'c = torch.eye(3)' 'save b.npz a c !' 'show b.npz'
says 'c (3, 3)' 'show b.npz name=c'
shell_exports v.pdf show v.json --export v.pdf --theme print
# a number with the question's words behind it, a mask by NumPy, a letter that is not one of them
graded() { # TEXT ITEM ANSWER
    n=$((n + 1))
    printf '%s\n' "$3" | "$QKV" --norc --seed 3 grade "$2" >"$tmp/out" 2>&1
    grep -qF -- "$1" "$tmp/out" && echo "ok $n - $2: $3" || { echo "not ok $n - $2: $3"; sed 's/^/# /' "$tmp/out"; }
}
for answer in '210 pairs' 'about 210 pairs' '≈ 210' '= 210' '210 of the pairs' '20*21/2 pairs'; do graded 'right' 36/causal-count "$answer"; done
for answer in '211 pairs' '210 keys' 'pairs' '210 apples'; do graded 'not right' 36/causal-count "$answer"; done
graded 'cells differ' 36/decoder-rows 'np.tril(np.ones((4, 4)))'
graded 'the letters of this question are B, H, T, S' 36/padding-shape '(B, 1, 1, n)'
# a bug: its line in any words, that line mended, or the whole
mends() { # STATUS ANSWER: of 36/bug-polarity, whose line 3 is wrong
    n=$((n + 1))
    printf '%s\n' "$2" | "$QKV" --norc grade 36/bug-polarity >"$tmp/out" 2>&1
    status=$?
    [ $status = "$1" ] && echo "ok $n - status $1: $2" || { echo "not ok $n - status $status: $2"; sed 's/^/# /' "$tmp/out"; }
}
for answer in 3 'line 3' 'Line 3: the mask is the other way round' '3: inverted' 'It is in line 3, where ~ is missing.' \
    "scores = scores.masked_fill(~mask, float('-inf'))" 'scores = scores.masked_fill(mask.logical_not(), -math.inf)' \
    'scores = torch.where(mask, scores, float("-inf"))' "    scores = scores.masked_fill(mask == False, -torch.inf)"; do
    mends 0 "$answer"
done
for answer in 2 'line 4' 'lines 3 and 4' 7 0 'line 30' '' 'the softmax is wrong' "scores = scores.masked_fill(mask, float('-inf'))" \
    "scores = scores.masked_fill(~mask, 0)" '((' 'weights = scores.softmax(-2)' "$(printf '3\n4')"; do
    mends 1 "$answer"
done
mends 0 "$(printf '%s\n' 'def masked_attention(q, k, v, mask):' '    s = q @ k.mT / q.shape[-1] ** 0.5' \
    '    return s.masked_fill(~mask, -math.inf).softmax(-1) @ v')"
practised '"recorded":true}' '210' grade 36/causal-count --record --json --seed 3
practised 'recorded as good' '210' grade 36/causal-count --record --seed 3
practised '2 answers today' '' progress
rm -rf "$XDG_STATE_HOME"
practised '"traps":[],"shown":"right' '210' grade 36/causal-count --json --seed 3
practised 'Nothing was answered yet' '' progress
practised 'recorded as again' '55\n' practice 36/causal-count seed=3
practised '36/cross-mask    choice  middle' '' practice --list
practised '1 answered: 1 right' '20*21//2\n' practice 36/causal-count seed=3
practised '"item":"36/causal-count"' '' progress export
practised 'hint 1 of 2: Query i' 'hint\nskip\n' practice 36/causal-count seed=3
n=$((n + 1))
awk 'length > 80 { exit 1 }' "$tmp/out" && echo "ok $n - hints fit the screen" ||
    echo "not ok $n - a hint is wider than the screen"
practised '36 masking' '' progress
practised 'Expected recall on it' '' progress by 2099-01-01
practised 'days from today' '' progress
practised 'with the plan' '' progress
practised '1 day in a row; 2 answers today, 2 in all.' '' progress
practised '+3: to be asked by the plan' '' progress
practised '"streak":1,"answers":2' '' progress --json
practised '"name":"without practice","x":[0.0,1.0' '' progress --json
practised 'has passed' '' progress by 2001-01-01
practised 'is no date' '' progress by someday
practised 'which day?' '' progress by
practised ', 1 day from now' '' progress by=tomorrow
practised 'from now. Expected recall' '' practice --list --by sunday 36
practised 'Expected recall on it' 'q' practice 36 n=1 --by 2099-01-01
practised 'Expected recall on it' '' progress 36
practised '36/causal-count  number  20' '' progress masking
practised 'practice: which day?' '' practice 36 --by
practised 'nothing is due' '' practice 36 mask due
practised "knows no 'nonsense'" '' practice nonsense
QKV_DATA="$top/tests/tty" "$QKV" --norc progress export >"$tmp/all.jsonl"
practised '0 answers taken' '' progress import "$tmp/all.jsonl"
practised '2 answers taken' '' --state-dir="$tmp/other" progress import "$tmp/all.jsonl"
practised 'line 1 is not JSON' '' progress import "$tmp/in"
practised '0 and 1 exchanged' '0111/0011/0001/0000\n' grade 36/decoder-rows
n=$((n + 1))
[ $status = 1 ] && echo "ok $n - grade exits 1 for a wrong answer" || echo "not ok $n - grade exits $status for a wrong answer"
practised 'right' '1000/1100/1110/1111\n' grade 36/decoder-rows
n=$((n + 1))
[ $status = 0 ] && echo "ok $n - grade exits 0 for a right answer" || echo "not ok $n - grade exits $status for a right answer"
practised "there is no item '36/nothing'" '1\n' grade 36/nothing
practised "there is no item '36/nothing'" '' practice 36/nothing
practised 'n wants a whole number 1..1000' '' practice n=0
practised 'SyntaxError: a value was expected' '1+\n' practice 36/causal-count seed=3
practised '1 answered: 0 right' '1+\n' practice 36/causal-count seed=3
practised '"rows":[["36/cross-mask","choice","middle",""]]' '' practice --list masking choice --json
practised '"kind":"verdict","title":"36/causal-count"' '210\n' practice 36/causal-count seed=3 --json

# what was answered wrong is asked again until it is right; notes have the last answers
practised 'recorded as again' '1\n' practice 36/cross-mask seed=1
practised '36/cross-mask' '' review
practised 'recorded as' '3\n' review 36 choice seed=1
practised 'no mistakes are left' '' review 36 choice
practised 'no question here has a rubric' '' aloud 36
practised '### 36/causal-count' '' notes
practised 'of the 400 scores survive' '' notes masking
practised 'as in `notes 36`' '' notes 36 nonsense
practised 'written to notes.md' '' notes 36 notes.md
practised 'exists already' '' notes 36 notes.md
cp notes.md "$tmp/out"
verdict -x '### 36/causal-count' 1 "notes.md holds what was answered"
says 'nobody can be asked here' 'reset progress'
practised 'a copy is' '' reset progress -f
practised 'nothing was answered yet' '' notes
practised 'answers taken' '' progress import "$(ls "$tmp"/state/qkv/answers-*.jsonl)"
practised '### 36/causal-count' '' notes

# a class test: the same seed, the same questions and numbers, whoever answers; results as files
sit() { # SEED ANSWERS FILE
    printf "$2" | QKV_DATA="$top/tests/tty/spoken" timeout 30 "$QKV" --norc --state-dir="$tmp/$3.state" interview \
        seed="$1" n=2 level=senior out="$tmp/$3" >"$tmp/out" 2>&1
}
same() { # FILE FILE WHAT
    n=$((n + 1))
    if cmp -s "$1" "$2"; then echo "ok $n - $3"; else echo "not ok $n - $3"; diff "$1" "$2" | sed 's/^/# /'; fi
}
for form in csv json; do
    sit 7 '1\nskip\n' one.$form
    sit 7 '1\nskip\n' two.$form
    same "$tmp/one.$form" "$tmp/two.$form" "the same answers to seed 7 give the same $form"
done
sit 7 '1\nskip\n' one.md
for asked in '"92/cause"' '"points": 1.0' '"verdict": "not answered"' '"level": "senior"'; do
    cp "$tmp/one.json" "$tmp/out"
    verdict '' "$asked" 1 "the JSON of a class test has $asked"
done
printf '"=1+1, ""<b>""\n' >"$tmp/in"
QKV_DATA="$top/tests/tty/spoken" "$QKV" --norc interview seed=7 n=1 level=senior out=evil.csv <"$tmp/in" >"$tmp/out" 2>&1
QKV_DATA="$top/tests/tty/spoken" "$QKV" --norc interview seed=7 n=1 level=senior out=evil.html <"$tmp/in" >"$tmp/out" 2>&1
QKV_DATA="$top/tests/tty/spoken" "$QKV" --norc interview seed=7 n=1 level=senior out=evil.html <"$tmp/in" >"$tmp/out" 2>&1
verdict '' 'evil.html exists already' 1 'a score card is not written over'
cp evil.html "$tmp/out"
verdict '' '&lt;b&gt;' 1 'HTML is escaped'
verdict '' '<b>' 0 'no answer becomes HTML'
cp evil.csv "$tmp/out"
verdict '' '"""=1+1, """"<b>"""""' 1 'CSV is quoted'
for answer in '=1+1' '@SUM(A1)' '+1+1' '-cmd'; do
    rm -f evil.csv
    printf '%s\n' "$answer" >"$tmp/in"
    QKV_DATA="$top/tests/tty/spoken" "$QKV" --norc interview seed=7 n=1 level=senior out=evil.csv <"$tmp/in" >"$tmp/out" 2>&1
    cp evil.csv "$tmp/out"
    verdict '' "\"'$answer\"" 1 "$answer is no formula in a spreadsheet"
done
printf '"=1+1, ""<b>""\n' >"$tmp/in"
QKV_DATA="$top/tests/tty/spoken" "$QKV" --norc interview seed=7 n=1 level=senior --json <"$tmp/in" >"$tmp/out" 2>&1
verdict '' '"kind":"answer","title":"92/cause"' 1 'JSON says that an answer is recorded'
verdict '' '"title":"score card"' 1 'JSON has the score card'
says 'n wants a whole number 1..100' 'interview n=0'
says "interview knows no 'nonsense'" 'interview nonsense'
completes 'interview ' 'level=senior'

# new lesson: a start that check passes, that practice asks; what is wrong in one has file and line
mkdir "$tmp/class" && cd "$tmp/class" || exit 1
says 'written: ./90-shares.md' 'new lesson shares'
says 'written: ./91-spare.md' 'new lesson spare'
says 'masking is a command or a lesson already' 'new lesson masking'
says 'quit is a command or a lesson already' 'new lesson quit'
says "a word of small letters, not 'Two Words'" "new lesson 'Two Words'"
says 'usage: new lesson NAME' 'new lesson'
says './91-spare.md: 7 questions, answered right by their own answers' 'check .'
completes 'new ' 'lesson'
options="--norc --lessons=$tmp/class"
says '90/predict' 'practice --list'
says "written: $tmp/class/92-third.md" 'new lesson third'
options=--norc
rm 9[12]-*.md
line() { grep -n "$1" 90-shares.md | cut -d: -f1; }
breaks() { # SED TEXT: the mistake is found, on the line of the block
    cp "$tmp/class/90-shares.md" "$tmp/whole.md"
    sed -i "$1" 90-shares.md
    says "$2" 'check .'
    cp "$tmp/whole.md" 90-shares.md
}
scores=$(($(line '^id: scores') - 1))
breaks 's|^answer: t \* t|answer: 1 / (t - t)|' "./90-shares.md:$scores: 90/scores: the answer: ZeroDivisionError"
breaks 's|^answer: t \* t|answer: 10 // (t // 20)|' 'ZeroDivisionError'
breaks 's|whole(5, 40)|whole(5)|' "./90-shares.md:$scores: 90/scores: the question: TypeError"
breaks 's|Each token meets each.|{{nothing}} meets each.|' "./90-shares.md:$scores: 90/scores: hints: NameError"
breaks 's|^answer: math.sqrt(d)|answer: math.sqrt(e)|' '90/scale: '
breaks 's|^anwser||; s|^answer: (B|anwser: (B|' "unknown key 'anwser'"
breaks 's|wrong: "each column|right: "each column|; s|{right: "each row|{wrong: "each row|' '7 questions'
cp 90-shares.md "$tmp/whole.md"
sed -i 's|^answer: (B|anwser: (B|' 90-shares.md
options="--norc --lessons=$tmp/class"
says 'it is left out' 'practice --list'
says '90/mask' 'practice --list'
cp "$tmp/whole.md" 90-shares.md
options=--norc
cd "$tmp" || exit 1
completes 'reset ' 'progress'
completes 'review ' 'masking'
completes 'aloud ' 'masking'
completes 'notes ' 'masking'
completes 'practice ' '--list'

echo "1..$n"
