# numpy on the engine's tensors
noinst_LIBRARIES += libqkv_numpy.a
libqkv_numpy_a_SOURCES = \
	%D%/binary.c \
	%D%/core.c \
	%D%/index.c \
	%D%/legacy_random.c \
	%D%/nest.c %D%/nest.h \
	%D%/numpy.h \
	%D%/pcg.c \
	%D%/sum.c \
	%D%/types.c
PRELUDE_PY += \
	%D%/numpy._base.py \
	%D%/numpy._create.py \
	%D%/numpy._more.py \
	%D%/numpy._product.py \
	%D%/numpy._reduce.py \
	%D%/numpy._shape.py \
	%D%/numpy._ufunc.py \
	%D%/numpy.linalg.py \
	%D%/numpy.py \
	%D%/numpy.random.py \
	%D%/numpy.testing.py
