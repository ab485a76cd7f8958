#!/bin/sh
# The dialect's cases. A file holds many small ones, each behind a line "### name"; its .out
# holds what they print, each behind the same line; every case is a TAP line.
#
# tests/cases/lang/    what CPython 3.11 prints (written by tests/refs/make_lang.sh). One process
#                      runs a whole file, printing a mark before each case; a case that ends the
#                      process is alone in that, and the rest is run by another one; a status but 0
#                      and 1 (an error, whose text is compared) is printed as "exit 3".
# tests/cases/torch/   the same for PyTorch 1.13 (tests/refs/make_torch.sh).
# tests/cases/pasted/  code of public questions, with what the documentation of later versions says
#                      where 1.13 is another: the outputs are written by hand.
# tests/cases/errors/  qkv's own texts: each case in a process of its own, with 256 MiB, its exit
#                      status in the last line; equal lines in a row count once, long ones are cut. GENERATE=1 writes them anew: then read the diff.
top=${abs_top_srcdir:-.}
qkv=${QKV:-./build/src/qkv}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
case $qkv in /*) ;; *) qkv=$PWD/$qkv ;; esac

# Code of the cases number $2 to $3, each behind a print of its mark.
script_of() {
    awk -v from="$2" -v to="$3" '
        /^### / { if (++n >= from && n <= to) printf "print(\"\\n%s\")\n", mark($0); next }
        n >= from && n <= to { print }
        function mark(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return s }' "$1"
}

run_together() { # FILE.py: the output of all its cases, in the form of FILE.out
    total=$(grep -c '^### ' "$1")
    from=1
    while [ "$from" -le "$total" ]; do
        script_of "$1" "$from" "$total" >"$work/cases.py"
        "$qkv" --norc "$work/cases.py" >"$work/part" 2>&1 </dev/null
        status=$?
        # What an error prints is expected or not; an end without one shows only here.
        case $status in 0 | 1) ;; *) echo "exit $status" >>"$work/part" ;; esac
        done=$(grep -c '^### ' "$work/part")
        if [ "$done" -eq 0 ]; then # one of them does not even parse: this one alone
            script_of "$1" "$from" "$from" >"$work/cases.py"
            awk -v k="$from" '/^### / && ++n == k' "$1"
            "$qkv" --norc "$work/cases.py" 2>&1 </dev/null | grep -v '^### '
            done=1
        else
            cat "$work/part"
        fi
        from=$((from + done))
    done
}

run_apart() { # FILE.py
    mkdir -p "$work/apart"
    rm -f "$work"/apart/*
    awk -v dir="$work/apart" '/^### / { n++; out = sprintf("%s/%04d", dir, n); print > (out ".name"); next }
        { print > (out ".py") }' "$1"
    for name in "$work"/apart/*.name; do
        cat "$name"
        mv "${name%.name}.py" "$work/case.py"
        (cd "$work" && "$qkv" --norc --memory 256M case.py 2>&1 </dev/null; echo "exit $?") |
            cut -c 1-200 | uniq
    done
}

# FILE NUMBER: compares $work/got with FILE.out, section by section.
compare() {
    awk -v file="$(basename "$(dirname "$1")")/$(basename "$1" .out)" -v n="$2" -v got="$work/got" \
        -v summary="$work/count" -v script="${1%.out}.py" '
        function trim(s) { sub(/\n+$/, "", s); return s }
        function show(label, s,  i, lines, k) {
            k = split(s, lines, "\n")
            for (i = 1; i <= k && i <= 12; i++) print "#   " label " " lines[i]
        }
        BEGIN {
            while ((getline line < got) > 0)
                if (line ~ /^### /) name = line; else had[name] = had[name] line "\n"
            while ((getline line < ARGV[1]) > 0)
                if (line ~ /^### /) { name = line; order[++cases] = name; want[name] = "" } else want[name] = want[name] line "\n"
            while ((getline line < script) > 0)
                if (line ~ /^### / && !(line in written)) { written[line]; if (!(line in want)) order[++cases] = line }
            for (i = 1; i <= cases; i++) {
                name = order[i]
                lost = !(name in written) ? "it is expected and not in " script : !(name in want) ? "nothing says what it prints" : ""
                good = !lost && trim(had[name]) == trim(want[name])
                print (good ? "ok " : "not ok ") ++n " - " file ": " substr(name, 5)
                if (lost) print "#   " lost
                if (!good) { bad++; show("want", trim(want[name])); show("got ", trim(had[name])) }
            }
            if (!cases) { print "not ok " ++n " - " file ": no case in it"; bad++ }
            print n, bad + 0 > summary
        }' "$1"
}

n=0 failed=0
for py in ${*:-"$top"/tests/cases/*/*.py}; do
    case $py in
    */errors/*)
        run_apart "$py" >"$work/got"
        [ -z "$GENERATE" ] || cp "$work/got" "${py%.py}.out"
        ;;
    *) run_together "$py" >"$work/got" ;;
    esac
    compare "${py%.py}.out" "$n"
    read -r n bad <"$work/count"
    failed=$((failed + bad))
done
for out in "$top"/tests/cases/*/*.out; do
    [ $# -eq 0 ] && [ ! -f "${out%.out}.py" ] || continue
    n=$((n + 1)) failed=$((failed + 1))
    echo "not ok $n - ${out#"$top"/tests/cases/}: no .py is beside it"
done
echo "1..$n"
[ "$failed" -eq 0 ] || echo "# $failed of $n cases failed"
