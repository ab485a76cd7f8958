#!/bin/sh
# The recipes of CONTRIBUTING.md, walked: each example is taken out of the text, put where the text says
# and nowhere else, and must then be everywhere that the text promises. Speaks TAP.
top=${abs_top_srcdir:-.} build=${abs_top_builddir:-build}
export QKV_DATA="$top"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
say() { # status text
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else
        echo "not ok $n - $2"
        head -n 12 "$tmp/out" | sed 's/^/# /'
    fi
}
# example HEADING KIND: the first fence of that kind below the heading.
example() {
    awk -v head="$1" -v kind="$2" '
        fence && $0 == fence { if (wanted) exit; fence = ""; next }
        fence { if (wanted) print; next }
        /^```/ { fence = $0; sub(/[a-z]+$/, "", fence); wanted = under && $0 == fence kind; next }
        /^##/ { under = index($0, head) }' "$top/CONTRIBUTING.md"
}
# shows WHAT TEXT words...: TEXT is in the output of qkv with those words.
shows() {
    what=$1 text=$2
    shift 2
    "${qkv:-$QKV}" --norc "$@" </dev/null >"$tmp/out" 2>&1
    grep -qF -- "$text" "$tmp/out"
    say $? "$what"
}
# A qkv of $tmp's own files in front of the built ones.
link_with() { # FILE.c...
    ${MAKE:-make} -s -C "$build" floor-link FLOOR_OUT="$tmp/qkv" FLOOR_LIBS='$(SHELL_LIBS)' \
        FLOOR_SOURCE="-I$tmp -I. -I$top/src $* $top/src/main.c" >"$tmp/out" 2>&1
}

# A lesson: one file.
mkdir "$tmp/lessons"
example 'A lesson' markdown >"$tmp/lessons/90-shares.md"
shows 'a lesson reads, and its cells run' '1.0 in 4' --lessons "$tmp/lessons" 90
shows 'its text is computed' '4 equal numbers get 0.25 each' --lessons "$tmp/lessons" shares
shows 'its parameters are checked' 'n must be even, got n=3' --lessons "$tmp/lessons" shares n=3
shows 'it is listed' 'Shares of one.' --lessons "$tmp/lessons" lessons
shows 'it is on the path' 'shares' --lessons "$tmp/lessons" lessons --path
shows 'help explains it' 'how many numbers' --lessons "$tmp/lessons" help shares
shows 'and its word' 'hands out' --lessons "$tmp/lessons" help share
shows 'its name completes' 'shares' --lessons "$tmp/lessons" --complete 'sha'
shows 'its parameters complete' 'n=' --lessons "$tmp/lessons" --complete 'shares '
"$QKV" --norc check "$tmp/lessons" >"$tmp/out" 2>&1 </dev/null
say $? 'check finds nothing wrong'

# A question: a block of that file.
{
    printf '\n# Practice\n\n`practice 90` asks what follows.\n\n'
    example 'A question of practice' quiz
} >>"$tmp/lessons/90-shares.md"
shows 'a question is listed' '90/each' --lessons "$tmp/lessons" practice --list
shows 'it is asked, with its numbers' 'what weight has each, in per cent?' --lessons "$tmp/lessons" practice 90/each seed=3
"$QKV" --norc check "$tmp/lessons" >"$tmp/out" 2>&1 </dev/null && grep -q '1 question, answered right by its own answers' "$tmp/out"
say $? 'check answers it'

# A test case: two files.
mkdir -p "$tmp/cases/lang"
example 'A test of the dialect' python >"$tmp/cases/lang/counting.py"
example 'A test of the dialect' text >"$tmp/cases/lang/counting.out"
sh "$top/tests/cases.sh" "$tmp/cases/lang/counting.py" >"$tmp/out" 2>&1
grep -q '^ok 1 - lang/counting: a sum of squares' "$tmp/out"
say $? 'a case runs'
rm "$tmp/cases/lang/counting.out"
sh "$top/tests/cases.sh" "$tmp/cases/lang/counting.py" >"$tmp/out" 2>&1
grep -q '^not ok 1' "$tmp/out"
say $? 'and fails without what it should print'

# A command: its file and its name in COMMANDS.
mkdir "$tmp/shell"
example 'A command of the prompt' c >"$tmp/shell/cmd_letters.c"
sed 's/X(quit)$/X(quit) X(letters)/' "$top/src/shell/command.h" >"$tmp/shell/command.h"
link_with "$tmp/shell/cmd_letters.c" "$top/src/shell/shell.c"
say $? 'a command compiles'
qkv=$tmp/qkv
shows 'it runs' 'attention        9' letters attention
shows 'it draws the same as JSON' '"rows":[["attention","9"]]' --json letters attention
shows 'its usage is told' 'usage: letters WORD' letters
shows 'help has it' 'how many letters a word has' help letters
shows 'the overview has it' 'letters WORD' help
shows 'it completes' 'letters' --complete 'lett'

# A mask kind: a rule and a row in mask.c.
mkdir "$tmp/attn"
example 'A mask kind' c >"$tmp/attn/added"
awk -v added="$tmp/attn/added" '
    /^const MaskKindRow mask_kinds\[\]/ {
        while ((getline line < added) > 0) if (line ~ /^    \{/ || row) row = row line "\n"; else print line
        print; printf "%s", row; next }
    { print }' "$top/src/attn/mask.c" >"$tmp/attn/mask.c"
link_with "$tmp/attn/mask.c"
say $? 'a mask kind compiles'
shows 'qkv.mask makes it' 'tensor([[ True,  True],' -c 'import qkv; print(qkv.mask("ahead", 2))'
shows 'its options are known' 'bottom_right' -c 'import qkv; print(qkv.mask_options("ahead"))'
shows 'help lists it' 'no query sees an earlier key' help mask kinds
shows 'help explains it' 'sees key j when' help ahead
shows 'it completes' 'ahead' --complete "qkv.mask('ah"
shows 'lesson 36 draws it' 'ahead' masking kind=ahead n=4
QKV=$tmp/qkv sh "$top/tests/masks.sh" >"$tmp/out" 2>&1
grep -q '^ok .* ahead: its formula' "$tmp/out"
say $? 'masks.sh holds it against its formula'
echo "1..$n"
