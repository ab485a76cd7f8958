#!/bin/sh
# What bad input gets: one clear message, the right exit status, nothing lost. Speaks TAP.
# try STATUS 'TEXT' args...   runs qkv; TEXT must be in its stderr; stdin is /dev/null unless $in is set.
top=${abs_top_srcdir:-.}
export QKV_DATA="$top"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 in=/dev/null
try() {
    want=$1 text=$2
    shift 2
    n=$((n + 1))
    timeout 20 "$QKV" --norc "$@" <"$in" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ "$got" = "$want" ] && { [ -z "$text" ] || grep -qF -- "$text" "$tmp/err"; }; then
        echo "ok $n - $want: $text"
    else
        echo "not ok $n - $* -> $got, wanted $want and '$text'"
        head -c 600 "$tmp/err" | head -n 8 | sed 's/^/# /'
    fi
}
# shows STATUS 'TEXT' args...   the same for standard output
shows() {
    want=$1 text=$2
    shift 2
    n=$((n + 1))
    timeout 20 "$QKV" --norc "$@" <"$in" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ "$got" = "$want" ] && grep -qF -- "$text" "$tmp/out"; then echo "ok $n - shows $text"
    else
        echo "not ok $n - $* -> $got, wanted $want and '$text' on stdout"
        head -c 600 "$tmp/out" | head -n 8 | sed 's/^/# /'
    fi
}

# the command line
try 2 "did you mean masking" maksing
try 2 "there is no command, lesson or file 'frobnicate'" frobnicate
try 2 "did you mean --json" --jsn
try 2 "--memory wants" --memory=lots -c 1
try 2 "--color wants auto, always or never" --color=pink
try 2 "-c wants CODE" -c
try 1 "cannot read nofile.py" nofile.py
shows 0 "help [NAME]" help help
shows 0 "matrix products" --version

# lessons and parameters
try 2 "did you mean kind" masking knd=causal
try 2 "n must be a whole number 2..48, got '99'" masking n=99
try 2 "did you mean causal" masking kind=causl
try 2 "masking has no part 'oops'" masking oops
try 2 "n must be" masking n=
try 2 "d must be divisible by h, got h=3 d=16" matrix d=16 h=3
try 2 "n must hold two different lengths (n=64,128), got n=64" complexity n=64
try 2 "d must be divisible by h, got d=16 h=5" multihead h=5
try 2 "head must be below h, got h=4 head=4" multihead head=4
try 2 "h must be divisible by g, got h=4 g=3" variants g=3
try 2 "n must be divisible by block, got n=100 block=32" variants n=100
try 2 "tile must be one of 1, 2, 3, 6, got '4'" variants tile=4
try 2 "one number of h at least must divide d, got d=64 h=7" heads h=7
try 2 "d must be divisible by groups, got d=6 groups=4" norms groups=4
try 2 "a slope needs two depths" prenorm layers=5
try 2 "answer is one of the text's words" softhard answer=dog
try 2 "tau must be a number 0.05..10, got '0'" softhard tau=0
printf -- '---\nnumber: 91\ncommand: later\ntitle: t\nwaits: a model is there\n---\n' >"$tmp/91-later.md"
shows 0 "This lesson follows when" "$tmp/91-later.md"
try 2 "it takes none" --lessons "$tmp" later n=3

# code
printf 'x = 1\ny = 2\nprint(x +)\nz = 3\n' >"$tmp/third.py"
try 1 "third.py, line 3" "$tmp/third.py"
try 1 "SyntaxError" "$tmp/third.py"
try 1 "did you mean torch.softmax" -c 'import torch; torch.softmx(torch.ones(2), 0)'
try 1 "NameError" -c 'undefined_name'
try 1 "q @ k" -c 'import torch
q = torch.ones(2, 3); k = torch.ones(2, 3)
q @ k'
try 1 "ZeroDivisionError" -c '1/0'
try 1 "RecursionError" -c 'def f(): return f()
f()'
try 1 "is not part of the dialect" -c 'import os; os.getcwd()'

# rubbish and size on standard input
head -c 3000 /dev/urandom >"$tmp/noise" && in=$tmp/noise && try 1 "" -
in=$tmp/noise && try 1 ""
head -c 104857600 /dev/zero | tr '\0' 'a' >"$tmp/long" && in=$tmp/long && try 1 "limit" -
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "("; print "" }' >"$tmp/deep" && in=$tmp/deep && try 1 "more than 200 brackets" -
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; for (i = 0; i < 100000; i++) printf "]"; print "" }' >"$tmp/deep2"
in=$tmp/deep2 && try 1 "more than 200 brackets" -
printf '\0\0x = 1\0\n' >"$tmp/nul" && in=$tmp/nul && try 1 "" -
in=/dev/null

# hostile sizes: an error at once, never the memory
for code in 'torch.zeros(10**6, 10**6)' "'a' * 10**12" '[0] * 10**12' 'torch.arange(10**12)' \
    "f'{1:1000000000000}'" 'torch.ones(10**6, 1) + torch.ones(1, 10**6)' 'torch.ones(3).expand(10**9, 3).contiguous()' \
    'torch.eye(10**6)' 'torch.randn(10**5, 10**5)' "'x'.ljust(10**12)" 'list(range(10**12))' 'torch.ones(10**5).repeat(10**7)'; do
    try 1 "MemoryError" --memory=256M -c "import torch
$code"
done
try 1 "Error" --memory=64M -c 'import torch
x = torch.ones(8)
while True: x = torch.cat([x, x])'
try 1 "Error" -c 'x = []
for i in range(100000): x = [x]
print(x)'

# a session goes on after an error
printf 'y = 40\n1/0\nnope)\n\nprint(y + 2)\n' >"$tmp/session" && in=$tmp/session && shows 1 42
in=/dev/null

# broken lessons are named with file and line, and do not hide the others
mkdir "$tmp/course"
printf -- '---\nnumber: 1\ncommand: good\ntitle: fine\n---\n# x\n\n```python\n1 + 1\n```\n' >"$tmp/course/01-good.md"
printf -- '---\nnumber: [\n---\nx\n' >"$tmp/course/02-yaml.md"
printf -- '---\nnumber: 3\ncommand: c\ntitle: t\ncolor: x\n---\nx\n' >"$tmp/course/03-key.md"
printf -- '---\nnumber: 4\ncommand: d\ntitle: t\n---\n\n```python\nx = 1\n' >"$tmp/course/04-fence.md"
printf -- '---\nnumber: 5\ncommand: e\ntitle: t\n---\n\n```python\nx = 1\ny = x +\n```\n' >"$tmp/course/05-code.md"
printf -- '---\nnumber: 6\ncommand: f\ntitle: t\n---\n\n```python raises\n1\n```\n' >"$tmp/course/06-raises.md"
printf -- '---\nnumber: 7\ncommand: g\ntitle: t\n---\n\n```python short\n1\n```\n\n```python short\n2\n```\n' >"$tmp/course/07-short.md"
printf -- '---\nnumber: 8\ncommand: h\ntitle: t\n---\n\n```python\nx = 2\n```\n\n```python short\nx.nope\n```\n' >"$tmp/course/08-short.md"
for text in "07-short.md:11: a second cell is marked short" "08-short.md:12: AttributeError" "02-yaml.md:3: broken YAML" "03-key.md:5: unknown key 'color'" "04-fence.md:7: this fence is never closed" \
    "05-code.md:9: SyntaxError" "06-raises.md:8: this cell is marked"; do
    shows 1 "$text" check "$tmp/course"
done
shows 0 "2" --lessons "$tmp/course" good
# a lesson's own library: lib/NAME.py beside it
mkdir "$tmp/own" "$tmp/own/lib"
printf 'def twice(x):\n    return x * 2\n' >"$tmp/own/lib/arith.py"
printf -- '---\nnumber: 7\ncommand: g\ntitle: t\n---\n\n```python\nfrom lib.arith import twice\nprint("twice", twice(21))\n```\n' >"$tmp/own/07-lib.md"
printf -- '---\nnumber: 8\ncommand: h\ntitle: t\n---\n\n```python\nfrom lib.nope import twice\n```\n' >"$tmp/own/08-none.md"
shows 0 "twice 42" --lessons "$tmp/own" g
try 1 "No module named 'lib.nope': there is no $tmp/own/lib/nope.py" --lessons "$tmp/own" h
printf -- '---\nnumber: 9\ncommand: w\ntitle: t\n---\n\n```python\nprint("  one two three four five six")\nprint("part", end=" "); print("of a line that is longer than that")\n```\n' >"$tmp/own/09-wide.md"
COLUMNS=20 && export COLUMNS
shows 0 '    five six' --lessons "$tmp/own" w
shows 0 'part of a line that is longer than that' --lessons "$tmp/own" w
COLUMNS=80
printf 'set width=10\nset precision=99\nset colour\nlesson\nload x.bin\nsave x.txt\nnext\n' >"$tmp/cmds" && in=$tmp/cmds
for text in "width may be" "precision may be" "did you mean color" "usage: lesson" "scripts end in .py" "no lesson is open"; do
    try 1 "$text"
done
in=/dev/null

# load and save: tensors that are typed for, whole files, one message for what is wrong
refs=$top/tests/refs/model w=$tmp/w
cat >"$tmp/cmds" <<END
import torch
q = torch.arange(6.0).view(2, 3); n = 3; t = [1]
lin = torch.nn.Linear(2, 3)
save $w.npy q
save $w.npy q
save $w.npy q !
save $w.npy q lin
save $w.npz
save $w.safetensors lin q
save $tmp/n.npz n
save $tmp/n.npz torch
save $tmp/n.npz nope
save $tmp/none/n.npz q
save $w.txt q
load $w.safetensors
load $w.npz
load $w.npy print
load $w.npy a
load $w.npz everything
print("sums", a.sum(), everything["q"].sum(), w["lin.weight"].shape)
load $refs/deflated.npz
print(f2_big_F[1, 2].tolist())
load $refs/uint16.npy
load $tmp/third.py
load $tmp/nofile.npz
load $tmp
END
in=$tmp/cmds
for text in "w.npy exists already" "holds one tensor, 3 came" "n is int: only tensors" "torch.tensor(n)" \
    "torch is module: only tensors" "there is no 'nope' to save" "none/n.npz: No such file" "cannot save $w.txt" \
    "'print' cannot be a variable" "no type for NumPy's '<u2'" "third.py, line 3" "nofile.npz: No such file" "cannot load $tmp:"; do
    try 1 "$text"
    rm -f "$w".*
done
for text in '1 tensor in' '3 tensors in' 'w["lin.weight"]  (3, 2)  float32' 'w is a dict of 3 tensors' \
    '1 of the variables was there before' 'sums tensor(15.) tensor(15.) torch.Size([3, 2])' '[55.0, 58.0, 61.0, 64.0]'; do
    shows 1 "$text"
    rm -f "$w".*
done
in=/dev/null
try 1 "needs 96 bytes" --memory=90 load "$refs/v1.npy"
shows 0 "(2, 3, 4)" load "$refs/v1.npy"
# a cell cannot: it is no code
mkdir "$tmp/thief"
printf -- '---\nnumber: 9\ncommand: i\ntitle: t\n---\n\n```python\nload %s/v1.npy\n```\n' "$refs" >"$tmp/thief/09-load.md"
printf -- '---\nnumber: 10\ncommand: j\ntitle: t\n---\n\n```python\n%%load %s/v1.npy\n```\n' "$refs" >"$tmp/thief/10-load.md"
try 1 "Error" --lessons "$tmp/thief" i
try 1 "SyntaxError" --lessons "$tmp/thief" j
# the program that was built here finds its source tree by itself, from anywhere
n=$((n + 1))
(unset QKV_DATA && cd / && "$QKV" --norc lessons 2>&1) | grep -q masking || printf 'not '
echo "ok $n - lessons are found without QKV_DATA"
# a name that a terminal would act on is shown, not sent
printf '\101\0\0\0\0\0\0\0{"\\u001b[31mred":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}a' >"$tmp/red.safetensors"
shows 0 '\x1b[31mred' load "$tmp/red.safetensors"
echo "1..$n"
