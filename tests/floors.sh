#!/bin/sh
# src/FLOORS against the code, three times: every folder includes only what its row allows; rows name
# only rows below them; and what check_FOLDER links (its FOLDER_LIBS) leaves a call of any other folder
# undefined. Speaks TAP.
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

# What the files of folder $1 include and its row does not allow.
forbidden() {
    for inc in $(cat "$1"/*.[ch] 2>/dev/null | grep -oE '^#include "[a-z0-9_]+/' | sed 's/.*"//; s|/||' | sort -u); do
        [ "$inc" = "$(basename "$1")" ] || in_list "$inc" "$2" || printf ' %s' "$inc"
    done
    for header in $(cat "$1"/*.[ch] 2>/dev/null | grep -oE '^ *# *include <[^>]+>' | sed 's/.*<//; s/>//' | sort -u); do
        in_list "${header%.h}" "$(echo $standard)" || in_list "$header" "$3" || printf ' <%s>' "$header"
    done
}

rows=$(sed -n 's/^\([a-z0-9_]*\):.*/\1/p' "$floors")
for dir in "$top"/src/*/; do
    name=$(basename "$dir")
    in_list "$name" "$(echo $rows)"
    say $? "$name has a row in src/FLOORS"
    bad=$(forbidden "${dir%/}" "$(allowed "$name")" "$(outside "$name")")
    [ -z "$bad" ]
    say $? "$name includes what its row allows${bad:+, but also$bad}"
    grep -qE "^(### .*\\b$name\\b|- \\*\\*$name\\*\\*:)" "$top/src/README.md"
    say $? "$name has a page in src/README.md"
done
bad=
for file in $(sed -n '/^## Rooms/,/^## Dec/p' "$top/src/README.md" | grep -oE '\b[a-z][a-z0-9_]*\.[ch]\b' | sort -u); do
    [ -n "$(find "$top/src" -name "$file" -print -quit)" ] || bad="$bad $file"
done
[ -z "$bad" ]
say $? "the files that the pages name are there${bad:+, but not$bad}"
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

# The check itself: an include that no row allows is found.
mkdir "$tmp/eval"
printf '#include "attn/kernel.h"\n#include <ncurses.h>\n' >"$tmp/eval/x.c"
[ "$(forbidden "$tmp/eval" "$(allowed eval)" "$(outside eval)")" = ' attn <ncurses.h>' ]
say $? "a forbidden include is found"

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
