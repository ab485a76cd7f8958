#!/bin/bash
# The interpreter against CPython: user time of each program here, the least of N interleaved
# runs (default 5), and the ratio with both starts taken off. QKV and PYTHON name the programs.
here=$(dirname "$0")
qkv=${QKV:-$here/../../build/src/qkv} python=${PYTHON:-/usr/bin/python3} rounds=${1:-5}
TIMEFORMAT=%U

least() { # VAR: its new least with the user time of the command that follows
    local var=$1 t
    shift
    t=$({ time "$@" >/dev/null 2>&1; } 2>&1)
    [[ -z ${!var} || $t < ${!var} ]] && printf -v "$var" %s "$t"
}

empty=$(mktemp)
trap 'rm -f "$empty"' EXIT
for ((r = 0; r < rounds; r++)); do
    least start_q "$qkv" "$empty"
    least start_p "$python" -S "$empty"
done
for program in "$here"/*.py; do
    q='' p=''
    for ((r = 0; r < rounds; r++)); do
        least q "$qkv" "$program"
        least p "$python" -S "$program"
    done
    awk -v n="$(basename "$program" .py)" -v q="$q" -v p="$p" -v sq="$start_q" -v sp="$start_p" '
        BEGIN { printf "%-16s qkv %s s  cpython %s s  ratio %.2f\n", n, q, p, (q - sq) / (p - sp) }'
done
