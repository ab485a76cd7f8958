#!/bin/sh
# Start-up and whole lessons against lua and CPython, interleaved: medians of N runs each.
# bench/start.sh [N]      needs lua and python3 on the PATH; prints a ratio to `lua -e ''`.
top=$(cd "$(dirname "$0")/.." && pwd)
qkv=${QKV:-$top/build/src/qkv}
runs=${1:-41}
export QKV_DATA="$top"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
once() { # name command...
    name=$1
    shift
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1 </dev/null
    echo $(($(date +%s%N) - start)) >>"$tmp/$name"
}
i=0
while [ $i -lt "$runs" ]; do
    once "lua" lua -e ''
    once "python3" python3 -c 1
    once "qkv -c 1" "$qkv" --norc -c 1
    for lesson in 32 36 37 46; do once "qkv $lesson" "$qkv" --norc $lesson; done
    i=$((i + 1))
done
for f in "$tmp"/*; do
    printf '%s\t%s\n' "$(sort -n "$f" | sed -n "$(((runs + 1) / 2))p")" "$(basename "$f")"
done | awk -F '\t' '{ t[$2] = $1 } END { for (n in t) printf "%-10s %8.2f ms   %6.2f x lua\n", n, t[n] / 1e6, t[n] / t["lua"] }' | sort
