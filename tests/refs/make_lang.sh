#!/bin/sh
# A developer's tool: writes tests/cases/lang/*.out, the output of every case under CPython 3.11,
# each case in a process of its own. Run it from the top folder after changing a case; read the
# diff. Neither building nor testing needs it.
python=${PYTHON:-$(command -v -p python3)}
$python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    { echo "the expected outputs are CPython 3.11's; $python is another" >&2; exit 1; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
status=0
for py in ${*:-tests/cases/lang/*.py}; do
    rm -f "$work"/*
    awk -v dir="$work" '/^### / { n++; out = sprintf("%s/%04d.py", dir, n); print substr($0, 5) > (dir "/" sprintf("%04d", n) ".name"); next }
        { print > out }' "$py"
    for case in "$work"/*.py; do
        name=$(cat "${case%.py}.name")
        echo "### $name"
        (cd "$work" && "$python" -W ignore "$case" 2>"$work/err") ||
            { echo "$py: $name: $(tail -1 "$work/err")" >&2; status=1; }
    done >"${py%.py}.out"
done
exit $status
