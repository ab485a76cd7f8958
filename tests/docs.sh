#!/bin/sh
# The man page names every option, command and environment variable that the program has, and no
# others; README's command lines run. Speaks TAP.
top=${abs_top_srcdir:-.}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
say() { # status text
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
sed 's/\\-/-/g; s/\\//g' "$top/docs/qkv.1" >"$tmp/man"

found() { # FILE WHAT: a list that is found empty would pass every test of its entries
    [ -s "$1" ]
    say $? "$2 were found"
}
# both_ways OURS THEIRS WHAT: what the program has and what the man page names, a name a line.
both_ways() {
    found "$1" "the program's ${3}s"
    found "$2" "the man page's ${3}s"
    while read -r name; do
        grep -qxe "$name" "$2"
        say $? "man page has $3 $name"
    done <"$1"
    while read -r name; do
        grep -qxe "$name" "$1"
        say $? "the man page's $3 $name exists"
    done <"$2"
}
section() { sed -n "/^\.SH $1\$/,/^\.SH/p" "$tmp/man"; }
tags() { section "$1" | awk 'tag { print } { tag = /^\.TP/ }'; } # the heads of its paragraphs

# Options: the lines of --help, and the heads of the man page's paragraphs.
"$QKV" --help | sed -nE '/^  -/s/^  ((-., )?--?[a-z-]+).*/\1/p' | tr -d ' ' | tr , '\n' | sort -u >"$tmp/options"
tags OPTIONS | grep -oE -- '(^| |")--?[a-z][a-z-]*' | tr -d ' "' | sort -u >"$tmp/named_options"
both_ways "$tmp/options" "$tmp/named_options" option

# The environment: what src asks for, but for what tests set and what it sets for OpenBLAS alone; and what
# Readline asks for.
{
    grep -rhoE '(getenv|setenv|xdg)\("[A-Z_]+"' "$top/src" | grep -oE '[A-Z_]+' | grep -vxE 'QKV_SIMD|QKV_MASK_MEASURED|OPENBLAS_NUM_THREADS'
    echo INPUTRC
} | sort -u >"$tmp/variables"
tags ENVIRONMENT | grep -oE '[A-Z_]{2,}' | grep -vxE 'BR|TP' | sort -u >"$tmp/named_variables"
both_ways "$tmp/variables" "$tmp/named_variables" variable

# Settings that it tells to set.
grep -oE 'set [a-z]+=' "$tmp/man" | sed 's/set //; s/=//' | sort -u >"$tmp/settings"
found "$tmp/settings" "the man page's settings"
while read -r name; do
    echo "set $name" | "$QKV" --norc 2>&1 | grep -q "^$name = "
    say $? "the man page's setting $name exists"
done <"$tmp/settings"

# Commands: the rows of COMMANDS, and in the man page the bold words of its two lists of them.
sed -n '/^#define COMMANDS/,/[^\\]$/p' "$top/src/shell/command.h" | grep -oE 'X\([a-z]+\)' | sed 's/X(//; s/)//' |
    sort >"$tmp/commands"
section COMMANDS | sed -n '/^\.BR .*[;.]$/p; /^\.BR .*,.*"$/p' | grep -oE '[a-z]+' | grep -vx qkv | sort -u >"$tmp/named_commands"
both_ways "$tmp/commands" "$tmp/named_commands" command
sed 's/.*/print("## &")\nhelp &/' "$tmp/commands" | "$QKV" --norc >"$tmp/help" 2>&1
while read -r c; do
    grep -A 1 -x "## $c" "$tmp/help" | grep -qE "^\`$c[ \`]"
    say $? "help explains command $c"
done <"$tmp/commands"

mkdir -p "$tmp/course" && cp -r "$top/lessons/36-masking.md" "$top/lessons/lib" "$tmp/course"
# README: every line that starts with ./run, with the built program in its place.
sed -n '/^## Sixty seconds/,/^## What/p' "$top/README.md" | grep -E '^(echo .*\| )?\./run ' | sed 's/  *#.*//' >"$tmp/lines"
found "$tmp/lines" "README's command lines"
while IFS= read -r line; do
    case $QKV_SANITIZED$line in yes*'run bench') # seconds of measuring, ten times that
        n=$((n + 1))
        echo "ok $n - README: $line # SKIP measures too long with sanitizers"
        continue ;;
    esac
    # here it is the command that counts, on one lesson: goldens.sh runs every one
    cmd=$(printf '%s' "$line" | sed "s|\./run|\"\$QKV\" --norc|; s|check lessons$|check $tmp/course|")
    (mkdir -p "$tmp/there" && cd "$tmp/there" && QKV_DATA=$top sh -c "$cmd") >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    [ -s "$tmp/out" ] && [ ! -s "$tmp/err" ] || status=1
    say $status "README: $line"
    [ $status = 0 ] || sed 's/^/# /' "$tmp/err"
done <"$tmp/lines"

# README's pictures: a block that begins with "$ ./run" shows what that prints, but for the times.
masked() { sed 's/[0-9.]* [nµm]s/T/g; s/──*/─/g; s/  */ /g' "$1"; }
awk -v dir="$tmp" '
    /^```/ { inside = !inside; shown = command = 0; next }
    inside && /^\$ \.\/run/ { k++; shown = command = 1; quotes = 0; sub(/^\$ /, "") }
    !shown { next }
    { print > (dir "/picture" k (command ? ".sh" : ".out")) }
    command { quotes += gsub(/'"'"'/, ""); command = quotes % 2 }' "$top/README.md"
ls "$tmp"/picture*.sh >"$tmp/pictures" 2>/dev/null
found "$tmp/pictures" "README's pictures"
for picture in "$tmp"/picture*.sh; do
    sed -i 's|^\./run|"$QKV" --norc|' "$picture"
    sh "$picture" >"$tmp/drawn" 2>&1 </dev/null
    masked "$tmp/drawn" >"$tmp/got"
    masked "${picture%.sh}.out" | cmp -s - "$tmp/got"
    status=$?
    say $status "README shows what $(sed 1q "$picture") prints"
    [ $status = 0 ] || sed 's/^/# /' "$tmp/drawn"
done
echo "1..$n"
