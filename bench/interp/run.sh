#!/bin/bash
# The interpreter against CPython: processor time (ms) of each program here, the least of N
# interleaved runs (default 5), and the ratio with both starts taken off. QKV and PYTHON name
# the programs.
here=$(dirname "$0")
qkv=${QKV:-$here/../../build/src/qkv} python=${PYTHON:-/usr/bin/python3} rounds=${1:-5}
TIMEFORMAT='%3U %3S'

least() { # VAR: its new least with the time of the command that follows
    local var=$1 t user system
    shift
    t=$({ time "$@" >/dev/null 2>&1; } 2>&1)
    read -r user system <<<"${t//./}"
    t=$((10#$user + 10#$system))
    [[ -z ${!var} || $t -lt ${!var} ]] && printf -v "$var" %s "$t"
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
        BEGIN { printf "%-16s qkv %4d  cpython %4d  ratio %.2f\n", n, q, p, (q - sq) / (p - sp) }'
done
