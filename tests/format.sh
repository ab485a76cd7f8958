#!/bin/sh
# Every C file is as .clang-format says. By version 14, Debian 12's: others put some lines otherwise.
# Speaks TAP.
top=${abs_top_srcdir:-.}
formatter=
for f in clang-format-14 clang-format; do
    case $("$f" --version 2>/dev/null) in *"version 14."*) formatter=$f && break ;; esac
done
[ -z "$QKV_SANITIZED" ] || formatter= # once is enough
if [ -z "$formatter" ]; then
    echo "1..0 # SKIP clang-format 14 is not here, or the build is sanitized"
    exit 0
fi
bad=$(cd "$top" && find src tests bench -name '*.[ch]' -exec "$formatter" --dry-run -Werror {} + 2>&1 |
    sed -n 's/^\([^:]*:[0-9]*\):.*error: code should be clang-formatted.*/\1/p' | sort -u)
if [ -z "$bad" ]; then
    echo "ok 1 - C files are formatted"
else
    echo "not ok 1 - C files are formatted: clang-format -i them"
    echo "$bad" | head -n 20 | sed 's/^/# /'
fi
# The check itself.
if printf 'int  x ;\n' | "$formatter" --style="file:$top/.clang-format" --dry-run -Werror >/dev/null 2>&1; then
    echo "not ok 2 - what is not formatted is found"
else
    echo "ok 2 - what is not formatted is found"
fi
echo "1..2"
