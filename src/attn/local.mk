noinst_LIBRARIES += libqkv_attn.a
libqkv_attn_a_SOURCES = \
	%D%/corrupt.c %D%/corrupt.h \
	%D%/cost.c %D%/cost.h \
	%D%/mask.c %D%/mask.h \
	%D%/naive.c %D%/naive.h %D%/naive_kernel.h \
	%D%/score.c %D%/score.h

if HAVE_CHECK
check_PROGRAMS += tests/check_attn
TESTS += tests/check_attn
tests_check_attn_SOURCES = tests/check_attn.c tests/check_attn.h tests/check_tap.h \
	tests/check_attn_mask.c tests/check_attn_tables.c
tests_check_attn_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_attn_LDADD = $(ATTN_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/attn.py tests/refs/attn.txt
