#!/bin/sh
# Lessons as a reader sees them in a pipe, at chosen parameters, against tests/golden/lessons; a lesson without
# its cases fails.
# What qkv.measured marks reads "(measured)" in them, and times of ledgers "(time)". GENERATE=1 writes
# the files anew: read the diff. Speaks TAP. An argument, as in `goldens.sh rnn`, takes only the cases
# whose names begin with it.
top=${abs_top_srcdir:-.}
dir=$top/tests/golden/lessons
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export QKV_MASK_MEASURED=1 QKV_DATA="$top"

# name | arguments
cases='masking-default|masking
masking-window|masking n=8 kind=window w=3
masking-padding|36 kind=causal-padding pad=3 n=5
masking-strided|masking kind=strided w=2 n=7
masking-packed|q36 kind=packed n=4 d=4
masking-narrow|masking n=4|40
masking-alone|36 pairs="日本 語 = 🙂 b c d" text=猫 n=2 pad=16 d=2 kind=sinks
attend-default|attend
attend-sentence|32 text="attention is all you need" d=16
attend-unscaled|attend scale=false d=64 text="one two three"
attend-alone|attend text=猫 source=🙂 word=ab steps=0 d=2
attend-narrow|attend text="a b a"|40
complexity-default|complexity
complexity-narrow|33 d=16 n=32,64|40
complexity-wide|complexity d=128 n=16,128,512 k=5 r=8
complexity-short|q33 d=8 n=8,9,10,11
rnn-default|rnn
rnn-narrow|34 steps=3 distances=2,4 n=8 d=4 text="a"|40
rnn-exploding|rnn rho=1.2 gate=0 steps=10 distances=6 d=16 n=32
rnn-open|q34 gate=6 steps=5 distances=3,5 n=128 d=8 seed=1
multihead-default|multihead
multihead-two|44 h=2 d=8 head=1 text="one two three four"
multihead-many|multihead h=8 d=32 steps=50 seed=3
multihead-narrow|q44 h=1 text="to be or not to be" steps=20|40
variants-default|variants
variants-small|45 n=64 block=8 rank=16 w=4 d=32 h=2 g=1 tile=3 row=4 sram=512
variants-cache|variants L=32 H=32 G=8 ctx=131072 batch=16 bytes=1 sharp=0.5 n=128
variants-narrow|45 n=64 d=32 text="to be or not to be" tile=1 row=5 sram=128,2048|40
code-default|code
code-narrow|35 text="a b" d=2 h=1 b=1|40
code-wide|code d=64 h=8 b=4 block=3 text="attention is all you need"
code-open|q35 causal=false seed=7 d=12 h=3 block=64
matrix-default|matrix
matrix-cross|37 n=4 s=9 h=4 d=32
matrix-batch|matrix n=20 b=3
matrix-narrow|q37 n=3 h=1 d=4 layers=48 text="one two"|40
embedding-default|embedding
embedding-own|embedding V=30000 d=512 L=6 n=512 merges=5 unseen=naïve text="one two one"
embedding-bytes|39 merges=0 d=64 unseen=мышь seed=1 text="a"
embedding-narrow|q39 d=128 L=2 merges=200 text="to be or not to be"|40
heads-default|heads
heads-bias|46 d=32 h=1,2,3,4 n=16 bias=true
heads-wide|heads d=128 h=1,8,128 n=8
heads-narrow|q46 d=12 h=2,3,5 n=6 size=4|40
prenorm-default|prenorm
prenorm-rate|42 layers=2,6 seeds=2 depth=3 lr=0.002 steps=60
prenorm-wide|prenorm d=128 n=4 seeds=1 layers=8,3 depth=1 steps=20
prenorm-narrow|q42 layers=2,4 seeds=1 warmup=5 depth=2 steps=30|40
softhard-default|softhard
softhard-sentence|43 text="one two three four" target="a b" answer=three d=8 w=2 seed=1
softhard-cold|softhard tau=0.05 samples=1000 entropy=0 d=32
softhard-narrow|q43 text="to be or not to be" samples=200 entropy=1 tau=2|40
norms-default|norms
norms-groups|41 text="one two / three" other=four d=12 groups=4 pad=3
norms-modes|norms momentum=0.5 steps=60 seed=7 groups=1
norms-narrow|q41 d=4 pad=2 text="a b c / d"|40
bertgpt-default|bertgpt
bertgpt-narrow|38|40
context-default|context
context-narrow|40|40'

# Cases that train or measure for long, a tenth of the suite each in a sanitized build; at least two of
# each lesson go the same ways there.
slow='rnn-default prenorm-default prenorm-rate complexity-default complexity-wide variants-default
variants-cache norms-groups norms-modes softhard-cold softhard-sentence multihead-default embedding-own'
slow=" $(echo $slow) "

n=0
# Every lesson has a case at its defaults and one of 40 columns.
for lesson in "$top"/lessons/*.md; do
    command=$(sed -n 's/^command: *//p' "$lesson" | head -n 1)
    for wanted in "^$command-default|$command\$" "^$command-[a-z]*|.*|40\$"; do
        n=$((n + 1))
        if [ "$command" ] && echo "$cases" | grep -q "$wanted"; then
            echo "ok $n - $(basename "$lesson") has a case $wanted"
        else
            echo "not ok $n - $(basename "$lesson") has a case $wanted"
        fi
    done
done
echo "$cases" | grep "^$1" >"$tmp/cases"
[ -s "$tmp/cases" ] || { n=$((n + 1)) && echo "not ok $n - no case begins with $1"; }
while IFS='|' read -r name args columns; do
    n=$((n + 1))
    case $QKV_SANITIZED$slow in yes*" $name "*)
        echo "ok $n - $name # SKIP takes too long with sanitizers"
        continue ;;
    esac
    COLUMNS=${columns:-80} sh -c "\"\$QKV\" --norc $args" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    if [ -n "$GENERATE" ]; then cp "$tmp/out" "$dir/$name.txt"; fi
    if [ $status = 0 ] && [ ! -s "$tmp/err" ] && cmp -s "$tmp/out" "$dir/$name.txt"; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name (status $status)"
        sed 's/^/# /' "$tmp/err"
        diff "$dir/$name.txt" "$tmp/out" | head -n 20 | sed 's/^/# /'
    fi
done <"$tmp/cases"
echo "1..$n"
