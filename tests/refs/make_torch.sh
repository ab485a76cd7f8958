#!/bin/sh
# A developer's tool: writes tests/cases/torch/*.out, the output of every case under PyTorch 1.13
# and CPython 3.11 (Debian's python3-torch), each case in a process of its own. What is newer than
# 1.13 has no case here. Run it from the top folder after changing a case; read the diff.
PYTHON=${PYTHON:-$(command -v -p python3)}
export PYTHON
$PYTHON -c 'import sys, torch; sys.exit(not torch.__version__.startswith("1.13"))' 2>/dev/null ||
    { echo "the expected outputs are PyTorch 1.13's; $PYTHON has another or none" >&2; exit 1; }
PYTHONPATH=$(cd "$(dirname "$0")" && pwd)/stand_in # einops
export PYTHONPATH
# Debian's OpenBLAS does not know newer CPUs and takes its oldest kernels there.
OPENBLAS_CORETYPE=${OPENBLAS_CORETYPE:-SkylakeX} OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
export OPENBLAS_CORETYPE OPENBLAS_NUM_THREADS OMP_NUM_THREADS
exec "$(dirname "$0")/make_lang.sh" ${*:-tests/cases/torch/*.py}
