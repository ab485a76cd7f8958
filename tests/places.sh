#!/bin/sh
# In how many files an addition of CONTRIBUTING.md stands, by additions made long ago whose names
# mean nothing else: a fact that has crept into one file more shows here. Speaks TAP.
top=${abs_top_srcdir:-.}
n=0
stands() { # WORD COUNT WHAT: the files of src and tests with that name or a function of it
    n=$((n + 1))
    found=$(grep -rlwE "((op|opdef|do)_)?$1_?" "$top/src" "$top/tests" --include='*.[ch]' --include='*.sh' \
        --exclude=places.sh)
    count=$(echo "$found" | grep -c .)
    if [ "$count" = "$2" ]; then
        echo "ok $n - $3 $1 stands in $2 files"
    else
        echo "not ok $n - $3 $1 stands in $count files, not in $2:"
        echo "$found" | sed "s|^$top/|#   |"
    fi
}
# Its line in grad/elementwise.h, its builtin.
for op in logit deg2rad; do stands $op 2 "the elementwise op"; done
# Its row, its line in grad/ops.h, its builtin.
for op in index_fill linalg_slogdet rms_norm smooth_l1_loss var_mean; do stands $op 3 "the op"; done
echo "1..$n"
