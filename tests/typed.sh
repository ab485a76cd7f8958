#!/bin/sh
# Which typed lines are commands, and which are code: rules that hold for every row of COMMANDS and
# every lesson, walked here. Speaks TAP.
top=${abs_top_srcdir:-.}
export QKV_DATA="$top" LC_ALL=C.UTF-8
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export XDG_CONFIG_HOME="$tmp/config" XDG_STATE_HOME="$tmp/state"
n=0
commands=$(sed -n '/define COMMANDS/,/^\/\*/s/X(\([a-z]*\))/\n\1\n/gp' "$top/src/shell/command.h" | grep -x '[a-z]*')
lessons=$(sed -n 's/^command: *//p' "$top"/lessons/[0-9]*.md)
run() { # the lines on stdin, one qkv
    timeout 120 "$QKV" --norc >"$tmp/out" 2>&1
}
verdict() { # FILE WHAT: the test passes when FILE is empty
    n=$((n + 1))
    if [ -s "$1" ]; then
        echo "not ok $n - $2"
        head -n 12 "$1" | sed 's/^/# /'
    else echo "ok $n - $2"
    fi
    : >"$1"
}
[ "$(echo "$commands" | wc -l)" -ge 25 ] && [ "$(echo "$lessons" | wc -l)" -ge 15 ] ||
    echo "not ok 0 - the tables were not found"

# a word with brackets behind it is the command, where nothing else is called so
for word in $commands; do
    case $word in quit | edit | bench | check | practice | interview) continue ;; esac
    for text in "$word()" "$word ()" "$word ( )"; do printf 'print("== %s")\n%s\n' "$text" "$text"; done
done | run
grep -B4 "NameError" "$tmp/out" >"$tmp/bad"
for word in practice interview; do # what comes behind them are answers
    for text in "$word()" "$word ()" "$word ( )"; do
        printf '%s\nq\n' "$text" | run
        grep "NameError" "$tmp/out" >>"$tmp/bad"
    done
done
verdict "$tmp/bad" "a command with brackets is no NameError"
for word in $lessons; do printf '%s(zz=1)\n' "$word"; done | run
[ "$(grep -c "zz\|follows when" "$tmp/out")" -ge "$(echo "$lessons" | wc -l)" ] || cp "$tmp/out" "$tmp/bad"
verdict "$tmp/bad" "a lesson takes its parameters in brackets"
for word in time timeit trace; do
    for text in '(2 + 3)' ' (2 + 3)' ' [2, 3][1] + 2' ' {5: 5}[5]' ' -5 * -1' ' (2 + 3) * 1' ' int("5")' ' "5"'; do
        printf '%s%s\n' "$word" "$text"
    done
done | run
grep -A3 Error "$tmp/out" >"$tmp/bad"
verdict "$tmp/bad" "time, timeit and trace take any expression"
printf 'torch.ones(2)\nsource(nn.Linear)\nhelp("set")\nhelp(torch.softmax)\nset([3])\nall([1])\nnext(iter([7]))\napropos("gelu")\n' | run
for text in 'def forward' 'list or change options' '{3}' True 7 gelu; do
    grep -qF "$text" "$tmp/out" || echo "$text"
done >"$tmp/bad"
verdict "$tmp/bad" "arguments in brackets, and builtins that are called like commands"

# a variable is a variable whatever follows it; so is a name that a statement binds
for word in $commands $lessons; do
    printf '%s = len\nprint("%s", %s("ab"))\n%s ("ab") - 2\n%s\n%s .__name__\ndel %s\n' \
        "$word" "$word" "$word" "$word" "$word" "$word" "$word"
done | run
for word in $commands $lessons; do grep -qx "$word 2" "$tmp/out" || echo "$word"; done >"$tmp/bad"
grep -A3 Error "$tmp/out" >>"$tmp/bad"
[ "$(grep -cx len "$tmp/out")" = 0 ] || echo len >>"$tmp/bad"
verdict "$tmp/bad" "a variable of a command's name wins"
for word in $commands $lessons; do
    printf '%s = 5\ndel %s\n%s: int = 5\ndel %s\n%s, b = 1, 2\ndel %s\nfor %s in [3]: print("%s")\n\ndel %s\n' \
        "$word" "$word" "$word" "$word" "$word" "$word" "$word" "$word" "$word"
    printf 'def %s(): return 4\n\n%s() + 1\ndel %s\n[%s for %s in [1]]\n%s = \\\n    3\ndel %s\n' \
        "$word" "$word" "$word" "$word" "$word" "$word" "$word"
done | run
grep -B3 -A2 "Error\|usage:\|^qkv:" "$tmp/out" >"$tmp/bad"
verdict "$tmp/bad" "statements that bind a command's name are code"

# one letter left out, or two that changed places: the nearest command or lesson is named
echo "$commands $lessons" | tr ' ' '\n' | awk '{
    for (i = 1; i <= length($0); i++) {
        print substr($0, 1, i - 1) substr($0, i + 1)
        if (i < length($0)) print substr($0, 1, i - 1) substr($0, i + 1, 1) substr($0, i, 1) substr($0, i + 2)
    }
}' | awk 'length($0) > 1 && !seen[$0]++' >"$tmp/slips"
printf '%s\n' $commands $lessons who vars exit set all next nn if is or in >"$tmp/words"
grep -vxFf "$tmp/words" "$tmp/slips" >"$tmp/wrong"
for form in '' ' n=3' ' --path' ' x@x'; do
    while read -r word; do printf 'print("== %s")\n%s%s\n' "$word" "$word" "$form"; done <"$tmp/wrong" | run
    awk -v form="$form" '/^== / { if (word && !ok) print word form; word = $2; ok = 0 }
        /did you mean|Or the command/ { ok = 1 } END { if (!word || !ok) print word form }' "$tmp/out" >"$tmp/bad"
    verdict "$tmp/bad" "a slip in a command's or a lesson's name, as 'slip$form', gets its neighbour"
done
printf 'qkv lessons\nqkv masking n=99\nqkv lesson(36\nqkv 99\nqkv --json\nqkv x.py\n' | run
for text in masking 'n must be' 'or file .99' 'behind qkv in the system' 'load x.py'; do grep -q "$text" "$tmp/out" || echo "$text"; done >"$tmp/bad"
verdict "$tmp/bad" "a line may begin with qkv, as in the system shell"

printf 'qkv .tokens("a b")\nqkv. tokens("a b")\nqkv in [qkv]\nqkv if 1 else 2\nqkv == 3\nqkv\nqkv # lessons\n' | run
grep -A3 "Error\|^qkv:" "$tmp/out" >"$tmp/bad"
verdict "$tmp/bad" "code that begins with the module qkv is code"

# IPython's and other prompts' words
for word in matplotlib pip cd ls load_ext run prun writefile precision pdoc debug config; do printf '%%%s x\n' "$word"; done | run
[ "$(grep -c "left out: .* (.*)" "$tmp/out")" = 12 ] || cp "$tmp/out" "$tmp/bad"
verdict "$tmp/bad" "a magic word gets a line that says what is there instead"
for word in $commands; do printf '%%%s\n' "$word"; done | grep -v 'quit\|edit\|bench\|check\|play' | run
grep "left out" "$tmp/out" >"$tmp/bad"
verdict "$tmp/bad" "no command is taken for a magic word"
for word in '.help' '\?' '\h' ':help' '?' '%help'; do printf '%s set\n' "$word"; done | run
[ "$(grep -c "list or change options" "$tmp/out")" = 6 ] || cp "$tmp/out" "$tmp/bad"
verdict "$tmp/bad" "help by the words of other prompts"
for word in 'quit()' 'exit()' quit exit :q .quit '\q' 'exit(0)' %quit; do
    printf '%s\nprint("still here")\n' "$word" | run
    grep "still here" "$tmp/out"
done >"$tmp/bad"
verdict "$tmp/bad" "the ways out"

# options behind a lesson, blanks around =
for args in '36 n=4 --json' 'masking n=4 --color=never --json' 'masking n = 4 --json' 'masking n= 4 --json' 'lesson 36 n=4 --json'; do
    timeout 60 "$QKV" --norc $args 2>&1 | head -n 1 | grep -q '^{"step"' || echo "$args"
done >"$tmp/bad"
verdict "$tmp/bad" "options behind a lesson's name, and name = value"
for args in '36 --jsno' '36 --json=3' '36 --seed'; do
    timeout 60 "$QKV" --norc $args >"$tmp/out" 2>&1
    [ $? = 2 ] || echo "$args"
done >"$tmp/bad"
verdict "$tmp/bad" "options behind a lesson that are wrong end with status 2"
printf 'masking n = 99\nmasking 5\nmasking window\nattend the cat\n36 --json\nset precision = 3\nset precision\n' | run
for text in 'n must be .* got .99' 'masking n=5' 'masking kind=window' 'attend text="the cat"' 'qkv 36 --json' 'precision = 3'; do
    grep -q "$text" "$tmp/out" || echo "$text"
done >"$tmp/bad"
verdict "$tmp/bad" "wrong parameters say what is missing"
echo "1..$n"
