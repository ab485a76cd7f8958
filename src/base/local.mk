noinst_LIBRARIES += libqkv_base.a
libqkv_base_a_SOURCES = \
	%D%/arena.c %D%/arena.h \
	%D%/banned.h \
	%D%/base.c %D%/base.h \
	%D%/decimal.c %D%/decimal.h \
	%D%/err.c %D%/err.h \
	%D%/isa.c %D%/isa.h %D%/isa_avx2.h %D%/isa_avx512.h %D%/isa_end.h \
	%D%/library.c %D%/library.h \
	%D%/mt19937.c %D%/mt19937.h \
	%D%/memory.c %D%/memory.h \
	%D%/source.c %D%/source.h \
	%D%/stop.c %D%/stop.h \
	%D%/str.c %D%/str.h \
	%D%/suggest.c %D%/suggest.h \
	%D%/unicode.c %D%/unicode.h %D%/unicode_table.h \
	%D%/utf8.c %D%/utf8.h \
	%D%/whole.c %D%/whole.h

if HAVE_CHECK
check_PROGRAMS += tests/check_base
TESTS += tests/check_base
tests_check_base_SOURCES = tests/check_base.c tests/check_tap.h
tests_check_base_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_base_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
endif
