#!/bin/sh
# The man page names every option and command that the program has, and no others; README's
# command lines run. Speaks TAP.
top=${abs_top_srcdir:-.}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
say() { # status text
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
sed 's/\\-/-/g; s/\\//g' "$top/docs/qkv.1" >"$tmp/man"

"$QKV" --help | sed -n '/^options/,$p' | grep -oE '^  (-., )?--?[a-z-]+' | sed 's/.* //' >"$tmp/options"
for o in $(cat "$tmp/options"); do
    grep -qE -- "(^|[ ,\"])$o([ =,\"]|\$)" "$tmp/man"
    say $? "man page has option $o"
done
# Commands: the rows of COMMANDS, and in the man page the bold words of its two lists of them.
sed -n '/^#define COMMANDS/,/[^\\]$/p' "$top/src/shell/command.h" | grep -oE 'X\([a-z]+\)' | sed 's/X(//; s/)//' |
    sort >"$tmp/commands"
sed -n '/^\.SH COMMANDS/,/^\.SH/p' "$tmp/man" | sed -n '/^\.BR .*[;.]$/p; /^\.BR .*,.*"$/p' | grep -oE '[a-z]+' | grep -vx qkv | sort -u >"$tmp/named"
[ -s "$tmp/commands" ] && [ -s "$tmp/named" ]
say $? "the rows of COMMANDS and the man page's lists were found"
sed 's/.*/print("## &")\nhelp &/' "$tmp/commands" | "$QKV" --norc >"$tmp/help" 2>&1
while read -r c; do
    grep -qx "$c" "$tmp/named"
    say $? "man page has command $c"
    grep -A 1 -x "## $c" "$tmp/help" | grep -qE "^\`$c[ \`]"
    say $? "help explains command $c"
done <"$tmp/commands"
while read -r c; do
    grep -qx "$c" "$tmp/commands"
    say $? "the man page's command $c exists"
done <"$tmp/named"

mkdir -p "$tmp/course" && cp "$top/lessons/36-masking.md" "$tmp/course"
# README: every line that starts with ./run, with the built program in its place.
sed -n '/^## Sixty seconds/,/^## What/p' "$top/README.md" | grep -E '^(echo .*\| )?\./run ' | sed 's/  *#.*//' >"$tmp/lines"
while IFS= read -r line; do
    case $QKV_SANITIZED$line in yes*'run bench') # seconds of measuring, ten times that
        n=$((n + 1))
        echo "ok $n - README: $line # SKIP measures too long with sanitizers"
        continue ;;
    esac
    # goldens.sh runs every cell of all lessons; here it is the command that counts, on one of them
    cmd=$(printf '%s' "$line" | sed "s|\./run|\"\$QKV\" --norc|; s|check lessons$|check $tmp/course|")
    (cd "$top" && QKV_DATA=$top sh -c "$cmd") >"$tmp/out" 2>"$tmp/err" </dev/null
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
