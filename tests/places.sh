#!/bin/sh
# In how many files an addition of CONTRIBUTING.md stands, by additions made long ago whose names
# mean nothing else: a fact that has crept into one file more shows here. And that a make fragment
# names every test. Speaks TAP.
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
# A test that no make fragment names runs nowhere.
for file in "$top"/tests/check_*.c "$top"/tests/*.sh; do
    name=tests/$(basename "$file")
    case $name in tests/coverage.sh | tests/valgrind.sh) continue ;; esac # targets of their own
    n=$((n + 1))
    if grep -hE "^(SCRIPT_TESTS|tests_check_[a-z_]*SOURCES) |^[[:space:]]" "$top"/tests/local.mk "$top"/src/*/local.mk |
        grep -qE "(^|[[:space:]])$name([[:space:]]|\$)"; then
        echo "ok $n - a fragment names $name"
    else
        echo "not ok $n - a fragment names $name"
    fi
done
echo "1..$n"
