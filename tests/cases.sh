#!/bin/sh
# The dialect's conformance cases: tests/cases/lang/*.py against *.out, which CPython 3.11 wrote
# (tests/refs/make_lang.sh). A file holds many small cases, each behind a line "### name"; every
# case is a TAP line. One process runs a whole file, printing a mark before each case; a case that
# ends the process fails, and the rest is run by another one.
top=${abs_top_srcdir:-.}
qkv=${QKV:-./build/src/qkv}
[ "$("$qkv" -c 'print(1)' 2>&1)" = 1 ] || { echo "1..0 # SKIP $qkv does not run code"; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# Code of the cases from number $2 on, each behind a print of its mark.
script_of() {
    awk -v from="$2" '/^### / { n++; if (n >= from) printf "print(\"\\n%s\")\n", mark($0); next }
        n >= from { print }
        function mark(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return s }' "$1"
}

run_file() { # FILE.py: the output of all its cases, in the form of FILE.out, to $work/got
    : >"$work/got"
    total=$(grep -c '^### ' "$1")
    from=1
    while [ "$from" -le "$total" ]; do
        script_of "$1" "$from" >"$work/cases.py"
        "$qkv" "$work/cases.py" >"$work/part" 2>&1 </dev/null
        cat "$work/part" >>"$work/got"
        done=$(grep -c '^### ' "$work/part")
        [ "$done" -gt 0 ] || { awk -v k="$from" '/^### / && ++n == k' "$1" >>"$work/got"; done=1; }
        from=$((from + done))
    done
}

n=0 failed=0
for py in ${*:-"$top"/tests/cases/lang/*.py}; do
    run_file "$py"
    awk -v file="$(basename "$py" .py)" -v n="$n" -v got="$work/got" -v summary="$work/count" '
        function trim(s) { sub(/\n+$/, "", s); return s }
        function show(label, s,  i, lines, k) {
            k = split(s, lines, "\n")
            for (i = 1; i <= k && i <= 12; i++) print "#   " label " " lines[i]
        }
        BEGIN {
            while ((getline line < got) > 0)
                if (line ~ /^### /) name = line; else had[name] = had[name] line "\n"
            while ((getline line < ARGV[1]) > 0)
                if (line ~ /^### /) { name = line; order[++cases] = name } else want[name] = want[name] line "\n"
            for (i = 1; i <= cases; i++) {
                name = order[i]
                good = trim(had[name]) == trim(want[name])
                print (good ? "ok " : "not ok ") ++n " - " file ": " substr(name, 5)
                if (!good) { bad++; show("want", trim(want[name])); show("got ", trim(had[name])) }
            }
            print n, bad + 0 > summary
        }' "${py%.py}.out"
    read -r n bad <"$work/count"
    failed=$((failed + bad))
done
echo "1..$n"
[ "$failed" -eq 0 ] || echo "# $failed of $n cases failed"
