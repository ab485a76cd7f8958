#!/bin/sh
# Every name of tests/missing.txt is PyTorch's and not qkv's: the message says that it is missing,
# and what to use. A name that arrives in qkv leaves the list.
top=${abs_top_srcdir:-.}
qkv=${QKV:-./build/src/qkv}
n=0
while read -r name; do
    n=$((n + 1))
    said=$(echo "import torch, torch.utils.data, torch.optim.lr_scheduler
$name" | "$qkv" --norc - 2>&1)
    case $said in
    *"${name##*.} is not in qkv"*"hint: "?*) echo "ok $n - $name" ;;
    *)
        echo "not ok $n - $name"
        echo "$said" | sed 's/^/#   /'
        ;;
    esac
done <"$top/tests/missing.txt"
[ "$n" -ge 100 ] || echo "not ok $((n + 1)) - fewer than 100 names"
echo "1..$n"
