noinst_LIBRARIES += libqkv_attn.a
libqkv_attn_a_SOURCES = \
	%D%/blas.c \
	%D%/backward.c %D%/backward.h %D%/backward_kernel.h \
	%D%/backward_blocks.c %D%/backward_blocks.h %D%/backward_blocks_kernel.h \
	%D%/corrupt.c %D%/corrupt.h \
	%D%/cost.c %D%/cost.h \
	%D%/gauge.c %D%/gauge.h \
	%D%/grid.c %D%/grid.h \
	%D%/kernel.c %D%/kernel.h \
	%D%/lanes.c %D%/lanes.h %D%/lanes4.c %D%/lanes8.c %D%/lanes16.c %D%/lanes_kernel.h \
	%D%/decode_kernel.h %D%/narrow_kernel.h %D%/rows_kernel.h %D%/tiled_kernel.h %D%/vec_kernel.h \
	%D%/mask.c %D%/mask.h \
	%D%/naive.c %D%/naive.h %D%/naive_kernel.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/pool.c %D%/pool.h \
	%D%/problem.c %D%/problem.h \
	%D%/score.c %D%/score.h \
	%D%/shape.c %D%/shape.h \
	%D%/tiled.c %D%/tiled.h \
	%D%/tilemap.c %D%/tilemap.h

if HAVE_CHECK
check_PROGRAMS += tests/check_attn
TESTS += tests/check_attn
tests_check_attn_SOURCES = tests/check_attn.c tests/check_attn.h tests/check_tap.h \
	tests/check_attn_mask.c tests/check_attn_tables.c
tests_check_attn_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_attn_LDADD = $(ATTN_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/attn.py tests/refs/attn.txt

if HAVE_CHECK
check_PROGRAMS += tests/check_kernel tests/check_backward
TESTS += tests/check_kernel tests/check_backward
tests_check_backward_SOURCES = tests/check_backward.c tests/check_kernel.h \
	tests/check_kernel_ref.c tests/check_tap.h
tests_check_backward_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_backward_LDADD = $(ATTN_LIBS) $(CHECK_LIBS)
tests_check_kernel_SOURCES = tests/check_kernel.c tests/check_kernel.h tests/check_kernel_ref.c \
	tests/check_tap.h
tests_check_kernel_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_kernel_LDADD = $(ATTN_LIBS) $(CHECK_LIBS)
endif
