#!/bin/sh
# Every folder of src includes only folders of lower floors (src/FLOORS); base is open to all.
# Speaks TAP: one line per folder.
src=${abs_top_srcdir:-.}/src
n=0 out=
floor_of() { awk -v f="$1" '$1 == f { print $2 }' "$src/FLOORS"; }
for dir in "$src"/*/; do
    name=$(basename "$dir")
    own=$(floor_of "$name")
    n=$((n + 1))
    if [ -z "$own" ]; then
        out="$out
not ok $n - $name has no floor in src/FLOORS"
        continue
    fi
    bad=
    for inc in $(grep -hoE '^#include "[a-z]+/' "$dir"*.c "$dir"*.h 2>/dev/null | sed 's/.*"//; s|/||' | sort -u); do
        [ "$inc" = "$name" ] || [ "$inc" = base ] && continue
        theirs=$(floor_of "$inc")
        [ -n "$theirs" ] && [ "$theirs" -lt "$own" ] || bad="$bad $inc"
    done
    if [ -z "$bad" ]; then out="$out
ok $n - $name includes only lower floors"
    else out="$out
not ok $n - $name includes$bad"; fi
done
echo "1..$n$out"
