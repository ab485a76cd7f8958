#!/bin/sh
# Every file of data/ is made again by the NAME.qkv beside it, number by number, and is found by `load`
# from any folder. Speaks TAP.
top=${abs_top_srcdir:-.}
export QKV_DATA="$top"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
n=0
say() { # status text
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
for file in "$top"/data/*.n* "$top"/data/*.s*; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    "$QKV" --norc <"${file%.*}.qkv" >made 2>&1 && mv "$name" "again-$name"
    say $? "the recipe of $name runs"
    printf '%s\n' 'import torch' "load $name had" "load again-$name again" \
        'print("same:", all(torch.allclose(had[k], again[k], atol=1e-6) for k in had | again))' |
        "$QKV" --norc >compared 2>&1
    grep -q '^same: True' compared
    status=$?
    say $status "load finds $name, and it is what its recipe makes"
    [ $status = 0 ] || sed 's/^/# /' made compared
done
[ "$n" -gt 0 ]
say $? "data/ holds files"
echo "1..$n"
