#!/bin/sh
# Names against the tree: a file that a comment names is there, and a header's guard says its folder
# and file. Speaks TAP.
top=${abs_top_srcdir:-.}
cd "$top" || exit 1
n=0
empty() { # WHAT FOUND: FOUND lists what breaks the rule
    n=$((n + 1))
    if [ -z "$2" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1, but not"
        echo "$2" | sed 's/^/#   /'
    fi
}

# Files that no part of the tree is: others' headers, and what make writes.
outside='ncurses.h math.h tgmath.h cmark-gfm-core-extensions.h config.h texts.c tests/op_table.c'
commented() { find src tests bench build-aux -name "*.[ch]" -o -name '*.py' -o -name '*.sh' -o -name '*.mk'; }
named=$(commented | grep -vE '^tests/(cases|claims|golden)/' | sort | awk -v outside="$outside" '
    # The tree: each path and its ends.
    function learn(path) {
        known[path]
        while (sub(/^[^\/]*\//, "", path)) known[path]
    }
    # NAME.py, FILE.py and NN-slug.py stand for any name.
    function check(text) {
        gsub(/[^A-Za-z0-9_.\/*-]+/, " ", text)
        count = split(text, word, " ")
        for (i = 1; i <= count; i++) {
            sub(/[.]+$/, "", word[i])
            if (word[i] ~ /^[A-Za-z0-9_][A-Za-z0-9_.\/-]*\.(c|h|py|sh|mk)$/ && !(word[i] in known) &&
                word[i] !~ /(NAME|FILE|NN-slug)[a-z_]*\.[a-z]+$/)
                print FILENAME ":" FNR ": " word[i]
        }
    }
    function c_line(line,    at) {
        for (;;) {
            if (!inside) {
                gsub(/"([^"\\]|\\.)*"/, "", line)
                at = index(line, "/*")
                if (!at) return
                line = substr(line, at + 2)
                inside = 1
            }
            at = index(line, "*/")
            check(at ? substr(line, 1, at - 1) : line)
            if (!at) return
            line = substr(line, at + 2)
            inside = 0
        }
    }
    function py_line(line) {
        marks = gsub(/"""/, "&", line)
        if (inside || marks) check(line)
        else if (match(line, /(^|[ \t])#.*/)) check(substr(line, RSTART))
        if (marks % 2) inside = !inside
    }
    BEGIN {
        split(outside, word, " ")
        for (i in word) known[word[i]]
        while (("find src tests bench build-aux -type f" | getline path) > 0) learn(path)
        while ((getline file < "-") > 0) ARGV[ARGC++] = file
    }
    FNR == 1 { inside = 0 }
    FILENAME ~ /\.[ch]$/ { c_line($0); next }
    FILENAME ~ /\.py$/ { py_line($0); next }
    match($0, /(^|[ \t])#.*/) { check(substr($0, RSTART)) }')
empty "the files that comments name are there" "$named"

# Headers that are read more than once say nothing to the second reading, by this name.
guards=$(find src tests bench -name '*.h' | sort | while read -r file; do
    want=QKV_$(echo "${file#src/}" | tr 'a-z/.' 'A-Z__')
    guard=$(sed -n '/^#ifndef [A-Z0-9_]*_H$/{s/^#ifndef //p;q;}' "$file")
    [ -z "$guard" ] || [ "$guard" = "$want" ] || echo "$file: $guard"
done)
empty "a header's guard is QKV_FOLDER_FILE_H" "$guards"
echo "1..$n"
