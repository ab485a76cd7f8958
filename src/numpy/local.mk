# numpy on the engine's tensors
noinst_LIBRARIES += libqkv_numpy.a
libqkv_numpy_a_SOURCES = \
	%D%/binary.c \
	%D%/core.c \
	%D%/draws.c %D%/draws.h \
	%D%/index.c \
	%D%/legacy_random.c \
	%D%/nest.c %D%/nest.h \
	%D%/numpy.h \
	%D%/pcg.c \
	%D%/sum.c \
	%D%/types.c

# What is written in the dialect: FILE.py is the module FILE
numpy_PY = \
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
EXTRA_DIST += $(numpy_PY)
CLEANFILES += %D%/texts.c
nodist_libqkv_numpy_a_SOURCES = %D%/texts.c
%D%/texts.c: $(numpy_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) numpy $(numpy_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@
