#!/bin/sh
# `make valgrind`: every C test, every dialect case and every lesson under valgrind; a
# developer's tool, for it takes the better part of an hour. Errors and lost memory are shown, and counted in
# the last line and the exit status. Run in the build folder; needs the programs of `make check`.
top=${abs_top_srcdir:-..}
export QKV_DATA="${QKV_DATA:-$top}" LC_ALL=C.UTF-8 TERM=dumb COLUMNS=80 LINES=24 CK_FORK=no QKV_TEST_SLOWER=50
# OpenBLAS's threads and kernels for new CPUs are not valgrind's to know.
export OPENBLAS_NUM_THREADS=1 OPENBLAS_CORETYPE=Haswell QKV_SIMD="${QKV_SIMD:-avx2}"
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
runs=0
bad=0

watch() { # NAME COMMAND...: status 99 is valgrind's; any other is the program's own affair
    name=$1
    shift
    runs=$((runs + 1))
    timeout 3000 valgrind -q --leak-check=full --show-leak-kinds=definite,possible \
        --errors-for-leak-kinds=definite,possible --error-exitcode=99 --log-file="$log" \
        "$@" >/dev/null 2>&1 </dev/null
    if [ $? -eq 99 ]; then
        bad=$((bad + 1))
        echo "== $name"
        head -n 40 "$log"
    fi
}

for test in tests/check_* tests/fuzz/fuzz_*; do
    case $test in *.*) continue ;; esac
    [ -x "$test" ] && watch "$test" "$test"
done
for case in "$top"/tests/cases/lang/*.py "$top"/tests/cases/torch/*.py; do
    watch "$case" src/qkv --norc "$case"
done
for lesson in "$top"/lessons/[0-9]*.md; do
    watch "$lesson" src/qkv --norc "$lesson"
done
echo "$runs runs under valgrind, $bad with errors"
[ "$bad" -eq 0 ]
