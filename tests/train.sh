#!/bin/sh
# The corpus and the training of data/: each tests/train/*.py says its checks as TAP, without numbers.
top=${abs_top_srcdir:-.}
export QKV_DATA="$top"
if [ -n "$QKV_SANITIZED" ]; then # tests/tty/train.tty trains in that build, too
    echo "1..0 # SKIP trainings take too long with sanitizers"
    exit 0
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
ln -s "$top/data/models" models
n=0
for script in "$top"/tests/train/*.py; do
    timeout 300 "$QKV" --norc --quiet "$script" >said 2>&1
    status=$?
    while IFS= read -r line; do
        case $line in
        'ok '* | 'not ok '*)
            n=$((n + 1))
            echo "${line%% - *} $n - ${line#* - }" ;;
        *) echo "# $line" ;;
        esac
    done <said
    n=$((n + 1))
    [ $status = 0 ] && echo "ok $n - $(basename "$script") ends" || echo "not ok $n - $(basename "$script") ends"
done
echo "1..$n"
