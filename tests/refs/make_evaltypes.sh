#!/bin/sh
# Writes evaltypes.txt anew: what CPython 3.11 says to every expression in it. Each is a line
# ">>> expression" and below it the repr of its value, or "! Type: message".
here=$(cd "$(dirname "$0")" && pwd)
"$(command -v -p python3)" -W ignore - "$here/evaltypes.txt" "$here/evaltypes_setup.py" <<'END'
import sys
path, setup = sys.argv[1:]
lines = open(path, encoding='utf-8').read().split('\n')
scope = {}
exec(open(setup).read(), scope)
with open(path, 'w', encoding='utf-8') as out:
    for line in lines:
        if line.startswith('#'):
            print(line, file=out)
        if not line.startswith('>>> '):
            continue
        try:
            got = repr(eval(line[4:], scope))
        except Exception as e:
            got = f'! {type(e).__name__}: {e}'
        print(line, got, sep='\n', file=out)
END
