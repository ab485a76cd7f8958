noinst_LIBRARIES += libqkv_linalg.a
libqkv_linalg_a_SOURCES = \
	%D%/addmm.c %D%/product.h \
	%D%/blas.c %D%/blas.h \
	%D%/factor.c \
	%D%/gemm.c %D%/gemm.h %D%/gemm_dots.h %D%/gemm_kernels.h %D%/gemm_tiles.h \
	%D%/lapack.c %D%/lapack.h \
	%D%/linalg.c %D%/linalg.h \
	%D%/matmul.c %D%/matmul.h

if HAVE_CHECK
check_PROGRAMS += tests/check_linalg
TESTS += tests/check_linalg
tests_check_linalg_SOURCES = tests/check_linalg.c tests/check_tap.h
tests_check_linalg_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_linalg_LDADD = $(LINALG_LIBS) $(CHECK_LIBS)
endif
