#!/bin/sh
# In no folder of src may more than six files need each other in a circle: who reads one of them has
# to read them all. By the symbols that the objects of a folder's archive define and call. Speaks TAP.
if [ -n "$QKV_SANITIZED" ]; then
    echo "1..0 # SKIP once is enough: the sources are the same in a sanitized build"
    exit 0
fi
most=6
builddir=${abs_top_builddir:-.}
number=0 failed=0

# Reads `nm -P` of an archive; prints each circle of files on a line, largest number first.
circles() {
    awk -v most="$most" '
    /^[^ ]*\[.*\]:$/ {
        file = $0
        sub(/.*\[/, "", file); sub(/\.o\]:$/, "", file); sub(/^libqkv_[a-z]+_a-/, "", file)
        names[n++] = file
        next
    }
    $2 ~ /^[TDBRVWC]$/ { where[$1] = n - 1; next }
    $2 == "U" { calls[n - 1] = calls[n - 1] " " $1 }
    END {
        for (i = 0; i < n; i++) {
            count = split(calls[i], list, " ")
            for (k = 1; k <= count; k++) if (list[k] in where) to[i, where[list[k]]] = 1
        }
        for (k = 0; k < n; k++)
            for (i = 0; i < n; i++)
                if ((i, k) in to)
                    for (j = 0; j < n; j++) if ((k, j) in to) to[i, j] = 1
        for (i = 0; i < n; i++) {
            if (i in seen) continue
            size = 1; text = names[i]
            for (j = i + 1; j < n; j++)
                if (((i, j) in to) && ((j, i) in to)) { seen[j] = 1; size++; text = text " " names[j] }
            if (size > most) print size ": " text
        }
    }'
}

judge() { # NAME FOUND: FOUND is what circles printed
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        failed=1
        echo "not ok $number - $1"
        echo "# $2"
    fi
}

for archive in "$builddir"/libqkv_*.a; do
    [ "$(nm -P "$archive" 2>/dev/null | grep -c ' [TDBRC] ')" -gt 0 ] || {
        judge "$archive defines something" "it is not there, or nm does not read it"
        continue
    }
    folder=${archive##*/libqkv_}
    judge "no circle of more than $most files in src/${folder%.a}" "$(nm -P "$archive" 2>/dev/null | circles)"
done

# The check itself: seven files in a ring are found, six are not.
ring() {
    for i in $(seq 1 "$1"); do
        echo "lib.a[f$i.o]:"
        echo "f$i T 0 0"
        echo "f$((i % $1 + 1)) U"
    done
}
found=$(ring 7 | circles)
case $found in
7:*) judge "a circle of seven is found" "" ;;
*) judge "a circle of seven is found" "it was not: $found" ;;
esac
judge "a circle of six is none too many" "$(ring 6 | circles)"
echo "1..$number"
exit $failed
