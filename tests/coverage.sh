#!/bin/sh
# `make coverage` in a folder configured with --enable-coverage, after `make check`: how many lines of each
# folder of src ran, and in coverage.txt every line that did not, as FILE:LINE: TEXT.
set -- $(find src -name '*.gcno' 2>/dev/null)
[ $# -gt 0 ] || {
    echo "no figures: configure with --enable-coverage and run make check first" >&2
    exit 1
}
# Kernels stand in headers too. One compiled for several vector widths or types is one text: a line
# ran if it ran in one of them.
gcov -t -r "$@" 2>/dev/null | awk -F: -v list=coverage.txt '
    $3 == "Source" { file = $4; sub(/^.*src\//, "src/", file); next }
    file !~ /^src\/.*\.[ch]$/ || $1 ~ /-$/ { next }
    {
        at = file ":" ($2 + 0)
        if (!(at in text)) { order[++n] = at; text[at] = $0; sub(/^[^:]*:[^:]*:/, "", text[at]) }
        if ($1 !~ /[#=]+\*?$/) ran[at] = 1
    }
    END {
        printf "" > list
        for (i = 1; i <= n; i++) {
            at = order[i]
            split(at, part, "/")
            folder = part[3] == "" ? "main" : part[2]
            all[folder]++
            if (at in ran) { good[folder]++; sum++ } else print at ":" text[at] > list
        }
        for (f in all) printf "%-8s %6d of %6d lines  %5.1f %%\n", f, good[f], all[f], 100 * good[f] / all[f] | "sort"
        close("sort")
        printf "%-8s %6d of %6d lines  %5.1f %%; the others are in %s\n", "src", sum, n, 100 * sum / n, list
    }'
