# Sourced by ./run and ./check: installs what is missing, configures, builds.
# Plain POSIX sh over the ordinary autotools steps; $top is the project's root.

say() { printf '%s\n' "$*" >&2; }

# The Debian names of what is not here, one a line.
missing_packages() {
    for pair in cc:gcc make:make autoreconf:autoconf automake:automake pkg-config:pkg-config; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || echo "${pair#*:}"
    done
    for pair in readline:libreadline-dev ncursesw:libncurses-dev libcmark-gfm:libcmark-gfm-dev \
        yaml-0.1:libyaml-dev jansson:libjansson-dev libutf8proc:libutf8proc-dev zlib:zlib1g-dev \
        libpcre2-8:libpcre2-dev sqlite3:libsqlite3-dev; do
        pkg-config --exists "${pair%%:*}" 2>/dev/null || echo "${pair#*:}"
    done
    echo '#include <stdlib.h>
#include <cmark-gfm-core-extensions.h>' | cc -E -x c - >/dev/null 2>&1 || echo libcmark-gfm-extensions-dev
    echo '#include <libstemmer.h>' | cc -E -x c - >/dev/null 2>&1 || echo libstemmer-dev
    ls /usr/lib*/libopenblas.so* /usr/lib/*/libopenblas.so* /usr/local/lib*/libopenblas.so* 2>/dev/null |
        grep -q . || echo libopenblas0-pthread
    ls /usr/lib*/libpangocairo-1.0.so* /usr/lib/*/libpangocairo-1.0.so* /usr/local/lib*/libpangocairo-1.0.so* 2>/dev/null |
        grep -q . || echo libpangocairo-1.0-0
    case $1 in test | clang) pkg-config --exists check 2>/dev/null || echo check ;; esac
    case $1 in clang)
        for tool in clang clang-format; do command -v $tool >/dev/null 2>&1 || echo $tool; done
    esac
}

install_missing() { # build | test | clang: test, the other compiler and its formatter
    missing=$(missing_packages "$1" | sort -u | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    if ! command -v apt-get >/dev/null 2>&1 || { [ -n "$as_root" ] && ! command -v sudo >/dev/null 2>&1; }; then
        say "qkv: missing here (by their Debian names): $missing"
        say "     install them with your system's package manager, then run this again."
        return 1
    fi
    say "qkv: installing $missing"
    apt_install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing"
    if ! $apt_install >/dev/null 2>&1; then
        $as_root apt-get -qq update && $apt_install >/dev/null || {
            say "qkv: apt-get could not install: $missing"
            return 1
        }
    fi
}

# Configures and builds in $1 with the remaining arguments for configure; anew when a package has come or gone
# since configure looked (./run needs no Check, ./check does).
build_in() {
    dir=$1
    shift
    (
        cd "$top" || exit 1
        if [ ! -x configure ] || [ configure.ac -nt configure ] ||
            [ -n "$(find . -name local.mk -newer Makefile.in -print -quit 2>/dev/null)" ] || [ Makefile.am -nt Makefile.in ]; then
            mkdir -p build-aux
            autoreconf -fi || exit 1
        fi
        mkdir -p "$dir" && cd "$dir" || exit 1
        missing_packages test >.missing.now
        if [ ! -f Makefile ] || ! cmp -s .missing .missing.now; then
            ../configure "$@" && cp .missing.now .missing || exit 1
        fi
        make -j"$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)" all || exit 1
    ) >"$top/.build.log" 2>&1 || {
        grep -E '(error|Error|undefined reference|configure: error)' "$top/.build.log" | head -n 20 >&2
        say "qkv: the build failed; the whole log is in .build.log"
        return 1
    }
    rm -f "$top/.build.log"
}
