#!/bin/sh
# Answers in code, in many styles: a folder of tests/practice is an item; its files that begin with
# right- are accepted, those with wrong- are refused and named by the id of the catalogue that follows,
# nine of ten at least; those with other- make mistakes that the catalogue does not have, and are refused with
# what fails. Speaks TAP.
top=${abs_top_srcdir:-.}
export QKV_DATA="${QKV_DATA:-$top}" LC_ALL=C.UTF-8 COLUMNS=80
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export XDG_CONFIG_HOME="$tmp/config" XDG_STATE_HOME="$tmp/state"
if [ -n "$QKV_SANITIZED" ]; then
    echo "1..0 # SKIP some five hundred processes take too long with sanitizers"
    exit 0
fi
n=0 named=0 wrong=0
verdict() { # FILE WHAT: the test passes when FILE is empty
    n=$((n + 1))
    if [ -s "$1" ]; then
        echo "not ok $n - $2"
        head -n 12 "$1" | sed 's/^/# /'
    else echo "ok $n - $2"
    fi
}
for dir in "$top"/tests/practice/*-*/; do
    folder=$(basename "$dir")
    item="${folder%%-*}/${folder#*-}"
    : >"$tmp/bad"
    rights=0
    for file in "$dir"*.py; do
        name=$(basename "$file" .py)
        timeout 60 "$QKV" --norc grade "$item" "$file" >"$tmp/out" 2>&1
        status=$?
        case $name in
        right-*)
            rights=$((rights + 1))
            [ $status = 0 ] || { echo "$name: status $status"; head -n 4 "$tmp/out"; } >>"$tmp/bad" ;;
        wrong-*)
            id=${name#wrong-}
            wrong=$((wrong + 1))
            [ $status = 1 ] || echo "$name: status $status" >>"$tmp/bad"
            if grep -q "^${id%-*} " "$tmp/out"; then named=$((named + 1)); else echo "$name" >>"$tmp/unnamed"; fi ;;
        other-*)
            [ $status = 1 ] || echo "$name: status $status" >>"$tmp/bad"
            [ "$(wc -l <"$tmp/out")" -gt 1 ] || echo "$name: nothing is said" >>"$tmp/bad" ;;
        esac
    done
    [ $rights -ge 5 ] || echo "$rights right answers, 5 are wanted" >>"$tmp/bad"
    verdict "$tmp/bad" "$item"
done
[ $((named * 10)) -ge $((wrong * 9)) ] && : >"$tmp/unnamed"
verdict "$tmp/unnamed" "at least nine of ten mistakes are named ($named of $wrong)"
echo "1..$n"
