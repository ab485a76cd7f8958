#!/bin/sh
# src/FLOORS against the code: every folder includes and calls exactly what its row allows, rows name
# only rows below them, modules import what theirs allow, and what check_FOLDER links (its FOLDER_LIBS)
# leaves a call of any other folder undefined. src/README.md has a page for each folder. Speaks TAP.
if [ -n "$QKV_SANITIZED" ]; then
    echo "1..0 # SKIP once is enough: the sources are the same in a sanitized build"
    exit 0
fi
top=${abs_top_srcdir:-.} build=${abs_top_builddir:-build}
floors=$top/src/FLOORS
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0
say() { # status text
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

# C's and POSIX's own headers, and the processor's: any folder may have them.
standard='complex ctype cpuid dirent dlfcn errno fcntl float immintrin inttypes langinfo limits locale malloc math
poll pthread signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string strings
sys/ioctl sys/mman sys/resource sys/stat sys/time sys/types sys/wait termios tgmath time unistd wchar xmmintrin'

allowed() { sed -n "s/^$1: *//p" "$floors" | sed 's/ *|.*//'; }
outside() { sed -n "s/^$1:.*| *//p" "$floors"; }
in_list() { case " $2 " in *" $1 "*) return 0 ;; esac; return 1; }

# Each include of the files given, as "file.h" or <file.h>, however it is spelled.
includes() {
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*\(["<][^">]*[">]\).*/\1/p' "$@" 2>/dev/null | sort -u
}

# What the files of folder $1 include and neither $2, folders, nor $3, outside headers, allows.
forbidden() {
    includes "$1"/*.[ch] | while read -r header; do
        path=$(echo "$header" | tr -d '"<>')
        case $header in
        *..* | '"./'*) echo "$header" ;;
        '"config.h"') ;;
        '"'*/*) in_list "${path%%/*}" "$(basename "$1") $2" || echo "${path%%/*}" ;;
        '"'*) echo "$header" ;;
        *) in_list "${path%.h}" "$(echo $standard)" || in_list "$path" "$3" || echo "$header" ;;
        esac
    done | sort -u | tr '\n' ' '
}

# Reads nm -A -P of archives; prints "folder folder" for each two of which the first calls the second.
calls() {
    awk '
    { folder = $1; sub(/\.a\[.*/, "", folder); sub(/.*libqkv_/, "", folder) }
    $3 ~ /^[TDBRVWC]$/ { where[$2] = folder; next }
    $3 == "U" { name[n] = $2; from[n++] = folder }
    END {
        for (i = 0; i < n; i++) {
            to = where[name[i]]
            if (to && to != from[i] && !((from[i], to) in seen)) { seen[from[i], to]; print from[i], to }
        }
    }'
}

# The folder of a module, by its name.
room_of() {
    case $1 in
    torch.nn* | torch.distributions* | torch._nn) echo nn ;;
    torch*) echo torch ;;
    numpy*) echo numpy ;;
    qkv | einops* | tqdm*) echo toolkit ;;
    *) echo python ;;
    esac
}

# The page of folder $1 in src/README.md.
page() { awk -v head="### $1" '$0 == head { on = 1; next } /^##/ { on = 0 } on' "$top/src/README.md"; }

rows=$(sed -n 's/^\([a-z0-9_]*\):.*/\1/p' "$floors")
for name in $rows; do nm -A -P "$build/libqkv_$name.a" 2>/dev/null; done >"$tmp/symbols"
calls <"$tmp/symbols" >"$tmp/calls"
[ -s "$tmp/calls" ]
say $? "there are archives to look into"
whole=$(cat "$top"/src/*/*.[ch] "$top"/src/*/*.py | wc -l)
for dir in "$top"/src/*/; do
    name=$(basename "$dir")
    in_list "$name" "$(echo $rows)"
    say $? "$name has a row in src/FLOORS"
    may=$(allowed "$name")
    bad=$(forbidden "${dir%/}" "$may" "$(outside "$name")")
    [ -z "$bad" ]
    say $? "$name includes what its row allows${bad:+, but also $bad}"
    bad= does=$(sed -n "s/^$name //p" "$tmp/calls" | tr '\n' ' ')
    for other in $does; do in_list "$other" "$may" || bad="$bad $other"; done
    [ -z "$bad" ]
    say $? "$name calls what its row allows${bad:+, but also$bad}"
    bad= does="$does $(includes "$dir"*.[ch] | sed -n 's|^"\([a-z0-9_]*\)/.*|\1|p' | sort -u | tr '\n' ' ')"
    for other in $may; do
        in_list "$other" "$(echo $does)" || [ "$name $other" = "tutor builtin" ] || bad="$bad $other"
    done # tutor's tests run lessons, which need all that is built in
    [ -z "$bad" ]
    say $? "$name uses all that its row allows${bad:+, but not$bad}"
    bad=
    for other in $(grep -hoE '^ *(import|from) [a-zA-Z_.]+' "$dir"*.py 2>/dev/null | awk '{ print $2 }' | sort -u); do
        room=$(room_of "$other")
        [ "$room" = "$name" ] || in_list "$room" "$(sed -n "s/^$name\.py: *//p" "$floors")" || bad="$bad $other"
    done
    [ -z "$bad" ]
    say $? "the modules of $name import what their row allows${bad:+, but also$bad}"
    lines=$(cat "$dir"*.[ch] "$dir"*.py 2>/dev/null | wc -l)
    [ $((lines * 100)) -le $((whole * 12)) ]
    say $? "$name has at most 12 % of the lines of src ($lines of $whole)"
    bad=$(sed -n 's/^tests_check_[a-z_]*_LDADD = //p' "${dir}local.mk" 2>/dev/null |
        grep -vE "^\\$\\(($(echo "$name" | tr a-z A-Z)|BASE)_LIBS\\)( \\$\\(JANSSON_LIBS\\))? \\$\\(CHECK_LIBS\\)\$")
    [ -z "$bad" ]
    say $? "the tests of $name link what it may link${bad:+, not $bad}"
    bad=
    for file in $(page "$name" | grep -v '^May touch:' | grep -oE '\b[a-z][a-z0-9_]*\.[ch]\b' | sort -u); do
        [ -f "$dir$file" ] || bad="$bad $file"
    done
    [ -n "$(page "$name")" ] && [ -z "$bad" ]
    say $? "$name has a page in src/README.md, and the files that it names${bad:+, but not$bad}"
    [ "$(page "$name" | sed -n 's/^May touch: //p')" = "$(sed -n "s/^$name: *//p" "$floors")" ]
    say $? "the page of $name says what it may touch as src/FLOORS does"
done
bad= below=" $(echo $rows) "
for name in $rows; do
    below=${below#* }
    for other in $(allowed "$name"); do
        in_list "$other" "$below" || bad="$bad $other"
    done
    [ -z "$bad" ] && [ -d "$top/src/$name" ]
    say $? "$name is a folder and its row names rows below it${bad:+, but also$bad}"
    bad=
done

# The check itself: includes and calls that no row allows are found.
mkdir "$tmp/eval" "$tmp/lib"
cat >"$tmp/eval/x.c" <<'END'
#include "config.h"
#include "value/value.h"
#include "attn/kernel.h"
 # include "view/view.h"
#	include <ncurses.h>
#include "../grad/tape.h"
END
[ "$(forbidden "$tmp/eval" "$(allowed eval)" "$(outside eval)")" = '"../grad/tape.h" <ncurses.h> attn view ' ]
say $? "forbidden includes are found"
for pair in eval:grad eval:attn view:attn view:eval value:eval torch:numpy; do
    lower=$(nm -g --defined-only "$build/libqkv_${pair#*:}.a" 2>/dev/null | awk '$2 == "T" { print $3; exit }')
    printf 'void %s(void);\nvoid forbidden(void) { %s(); }\n' "$lower" "$lower" >"$tmp/x.c"
    ${CC:-cc} -c -o "$tmp/x.o" "$tmp/x.c" 2>/dev/null
    cp "$build/libqkv_${pair%:*}.a" "$build/libqkv_${pair#*:}.a" "$tmp/lib"
    ar q "$tmp/lib/libqkv_${pair%:*}.a" "$tmp/x.o" 2>/dev/null
    nm -A -P "$tmp"/lib/libqkv_*.a 2>/dev/null | calls | grep -qx "${pair%:*} ${pair#*:}"
    say $? "a call of ${pair#*:} put into ${pair%:*} is found"
    rm -f "$tmp"/lib/*
done

# Facts that one file knows.
only() { # PATTERN ALLOWED FILE...: only files named in ALLOWED have the pattern
    pattern=$1 allowed=$2
    shift 2
    for f in $(grep -l "$pattern" "$@"); do in_list "$(basename "$f")" "$allowed" || printf ' %s' "$f"; done
}
bad=$(only 'opt\.json' out.c "$top"/src/shell/*.c)
[ -z "$bad" ]
say $? "what is shown asks for --json in out.c alone${bad:+, but also$bad}"
bad=$(only 'clock_ns' '' "$top"/tests/check_*.c)
[ -z "$bad" ]
say $? "C tests measure processor time, not the clock${bad:+, but not$bad}"

# Linking. The first function of each archive stands for its folder. A row's folders link with what
# they themselves allow, so the reach of a folder is the closure of its row.
reach() { # FOLDER: it and all below it
    todo=$1 seen=
    while [ -n "$todo" ]; do
        set -- $todo
        in_list "$1" "$seen" || seen="$seen $1" more=$(allowed "$1")
        shift
        todo=$(echo "$@" $more)
        more=
    done
    echo "$seen"
}
for name in $rows; do
    archive=$build/libqkv_$name.a
    [ -f "$archive" ] || continue
    nm -g --defined-only "$archive" 2>/dev/null | awk -v f="$name" '$2 == "T" { print f, $3; exit }'
done >"$tmp/functions"
while read -r name own; do
    can=$(reach "$name") calls= bad=
    while read -r other function; do
        [ "$other" = "$name" ] || calls="$calls $function"
    done <"$tmp/functions"
    { for f in $own $calls; do echo "void $f(void);"; done
      echo "int main(void) {"
      for f in $own $calls; do echo "    $f();"; done
      echo "}"; } >"$tmp/floor.c"
    ${MAKE:-make} -s -C "$build" floor-link FLOOR_SOURCE="$tmp/floor.c" FLOOR_OUT="$tmp/floor" \
        FLOOR_LIBS="\$($(echo "$name" | tr a-z A-Z)_LIBS)" >"$tmp/linked" 2>&1
    while read -r other function; do
        if in_list "$other" "$can"; then
            grep -q "undefined reference to \`$function'" "$tmp/linked" && bad="$bad, cannot reach $other"
        else
            grep -q "undefined reference to \`$function'" "$tmp/linked" || bad="$bad, reaches $other"
        fi
    done <"$tmp/functions"
    [ -z "$bad" ]
    say $? "$name links with$can and nothing else$bad"
done <"$tmp/functions"
[ -s "$tmp/functions" ]
say $? "there were archives to link"
echo "1..$n"
