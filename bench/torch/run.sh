#!/bin/sh
# qkv against PyTorch on the same programs: microseconds of processor time a round, the median of N
# interleaved runs (default 5), one thread each. PyTorch runs as installed and tuned (its BLAS and
# its kernels told about the processor; CORETYPE names OpenBLAS's kernels). QKV and PYTHON name the
# programs. gpt_small is gpt.py with smaller sizes.
here=$(cd "$(dirname "$0")" && pwd)
qkv=${QKV:-$here/../../build/src/qkv} python=${PYTHON:-/usr/bin/python3} rounds=${1:-5}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
level=avx2 core=Haswell
grep -q avx512f /proc/cpuinfo 2>/dev/null && level=avx512 core=Cooperlake
core=${CORETYPE:-$core}
median() { sort -n "$1" | sed -n "$((($(wc -l <"$1") + 1) / 2))p"; }
mkdir "$tmp/small"
sed 's/^LAYERS, .*/LAYERS, D, HEADS, N, BATCH, VOCAB, STEPS, ROUNDS = 2, 64, 4, 32, 8, 64, 20, 5/' \
    "$here/gpt.py" >"$tmp/small/gpt_small.py"
for program in "$here"/*.py "$tmp"/small/*.py; do
    rm -f "$tmp"/qkv "$tmp"/tuned "$tmp"/plain
    i=0
    while [ $i -lt "$rounds" ]; do
        "$qkv" --threads 1 "$program" >>"$tmp/qkv"
        OPENBLAS_CORETYPE=$core ATEN_CPU_CAPABILITY=$level "$python" "$program" >>"$tmp/tuned"
        "$python" "$program" >>"$tmp/plain"
        i=$((i + 1))
    done
    awk -v n="$(basename "$program" .py)" -v q="$(median "$tmp/qkv")" -v t="$(median "$tmp/tuned")" \
        -v p="$(median "$tmp/plain")" 'BEGIN {
            printf "%-10s qkv %10.1f  tuned %10.1f (%.2f x)  as installed %10.1f (%.2f x)\n", n, q, t, t / q, p, p / q }'
done
