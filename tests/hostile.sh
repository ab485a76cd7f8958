#!/bin/sh
# Lesson files that mean harm: each gets an error that names the place, or a page, within a second of the
# processor (under the sanitizers it may take longer) and a memory limit. Speaks TAP.
top=${abs_top_srcdir:-.}
export QKV_DATA="$top"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0

# repeat COUNT TEXT   the text that often
repeat() {
    case $2 in
    *'#'*) awk -v n="$1" -v t="$2" 'BEGIN { k = split(t, p, "#")
        for (i = 0; i < n; i++) { for (j = 1; j < k; j++) printf "%s%d", p[j], i; printf "%s", p[k] } }' ;;
    *) yes -- "$2" | head -n "$1" | tr -d '\n' ;;
    esac
}
# lesson FRONT BODY   writes $tmp/09-bad.md; both are printf formats
lesson() {
    { printf -- '---\nnumber: 9\ncommand: bad\ntitle: t\n'; printf -- "$1"; printf -- '---\n'; printf -- "$2"; } >"$tmp/09-bad.md"
}
# says STATUS 'TEXT' args...   reads the file; TEXT must be in what it says
says() {
    want=$1 text=$2
    shift 2
    n=$((n + 1))
    timeout -s KILL 60 "$QKV" --norc --memory 256M "$@" "$tmp/09-bad.md" >"$tmp/out" 2>&1 </dev/null
    got=$?
    [ "$got" = "$want" ] && grep -qF -- "$text" "$tmp/out" || {
        printf 'not '
        failed="exit $got, wanted $want: $(tail -n 2 "$tmp/out" | cut -c 1-200 | tr '\n' ' ')"
    }
    echo "ok $n - $text${failed:+
# $failed}"
    failed=
}

# the front matter
for open in '[' '{a: ' '? ' '- '; do
    { printf -- '---\nnumber: 9\ntitle: t\nterms:\n  '; repeat 100000 "$open"; printf -- '\n---\nx\n'; } >"$tmp/09-bad.md"
    says 1 "09-bad.md:5: the front matter nests deeper than 100"
done
lesson "terms:\n$(repeat 12000 '  a#: x\n')\n" 'x\n'
says 1 "the front matter has more than 10000 values"
lesson "terms:\n$(repeat 2000 '  a#: &b# x\n')\n" 'x\n'
says 1 "the front matter has more than 100 anchors"
lesson "sources:\n- &a $(repeat 20000 xxxxxxxxxx)\n$(repeat 5000 '- *a\n')\n" 'x\n'
says 1 "the aliases repeat more than 1 MiB of text"
lesson "terms: &a {x: *a}\n" 'x\n'
says 1 "09-bad.md:5: x wants a text"
lesson "$(repeat 9000 '%%TAG !a#! x\n')\n" 'x\n'
says 1 "09-bad.md:5: the front matter has no % directives"
lesson "after: [$(repeat 200000 '1, ')]\n" 'x\n'
says 1 "the front matter has more than 10000 values"

# expressions of the text
for endless in '[1 for x in iter(int, 1) if x]' 'sum(iter(int, 1))'; do
    lesson "needs:\n  '$endless': never\n" 'x\n'
    says 1 "09-bad.md:6: an expression of needs took longer than 1 s"
    lesson '' "one\n\ntwo {{$endless}}\n"
    says 1 "09-bad.md:8: {{...}} took longer than 1 s"
done
slow='```python hide\nclass A:\n    def __%s__(self, *args):\n        while True: pass\n```\n'
lesson '' "$(printf "$slow" format)\n\n{{A()}}\n"
says 1 "{{...}} took longer than 1 s: A()"
lesson '' "{{'x' * 10**7}}\n"
says 1 "09-bad.md:6: {{...}} makes the text longer than 1 MiB"
lesson '' 'a {{1 + 1}} {{0.5:.2f}} z\n'
says 0 "a 2 0.50 z"

# neither runs while lessons are listed, completed or looked up
lesson "needs:\n  '[1 for _ in iter(int, 1)]': never\nterms:\n  word: '{{sum(iter(int, 1))}}'\n" 'x\n'
for words in lessons 'lessons --path' 'help glossary' 'help word' 'help bad' '--complete bad'; do
    n=$((n + 1))
    timeout -s KILL 10 "$QKV" --norc --lessons "$tmp" $words >"$tmp/out" 2>&1 </dev/null || printf 'not '
    echo "ok $n - $words runs no expression"
done

# cells, where nobody sits at a terminal
lesson '' '```python\nx = 1\nwhile True: pass\n```\n'
says 1 "TimeoutError: the time limit of 0.2 s is over" --time 0.2
lesson '' '```python raises\nwhile True: pass\n```\n'
says 1 "TimeoutError: the time limit of 0.2 s is over" --time=0.2
lesson '' '```python\nclass A:\n    def __repr__(self): return str(sum(iter(int, 1)))\nA()\n```\n'
says 1 "TimeoutError: the time limit of 0.2 s is over" --time=0.2
n=$((n + 1))
timeout -s KILL 20 "$QKV" --norc --time 0.2 check "$tmp" >"$tmp/out" 2>&1 </dev/null
grep -qF "TimeoutError: the time limit of 0.2 s is over" "$tmp/out" || printf 'not '
echo "ok $n - check takes the limit"
# code STATUS TEXT OPTION CODE
code() {
    n=$((n + 1))
    timeout -s KILL 20 "$QKV" --norc "$3" -c "$4" >"$tmp/out" 2>&1 </dev/null
    [ $? = "$1" ] && grep -qF -- "$2" "$tmp/out" || printf 'not '
    echo "ok $n - $3: $2"
}
code 1 "TimeoutError" --time=0.2 'while True: pass'
code 2 "--time wants seconds such as 10 or 0.5, off or auto, got 'soon'" --time=soon 1
code 2 "--time wants" --time=-1 1
code 2 "--time wants" --time=nan 1
code 0 "5" --time=off 'print(5)'
# piped TEXT LINES   what a pipe gets
piped() {
    n=$((n + 1))
    printf "$2" | timeout -s KILL 20 "$QKV" --norc >"$tmp/out" 2>&1
    grep -qF -- "$1" "$tmp/out" || printf 'not '
    echo "ok $n - $1"
}
piped "time = auto (60 s for a lesson's cell)" 'set time\n'
piped "time = 0.2 s" 'set time=0.2\nset time\n'
piped "the time limit of 0.2 s is over" 'set time=0.2\nwhile True: pass\n'
piped "time = off" 'set time=off\nset time\n'
piped "time may be auto, off or seconds, not 'x'" 'set time=x\n'

# large pages
lesson '' "|a|b|\n|-|-|\n$(repeat 120000 '|x|y|\n')\n"
says 0 "a table of more than 20000 cells is not shown whole"
for rule in '---\n\n' '> x\n\n' '* a\n'; do
    lesson '' "$(repeat 20000 "$rule")\n"
    says 0 "this text has more than 10000 rows; the rest is not shown"
done
for many in '>' '* ' '[' '*a '; do
    lesson '' "$(repeat 50000 "$many") x\n"
    says 0 "═"
done
lesson '' "|$(repeat 20000 'a|')\n|$(repeat 20000 '-|')\n|x|\n"
says 0 ""
echo "1..$n"
