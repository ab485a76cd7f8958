noinst_LIBRARIES += libqkv_rng.a
libqkv_rng_a_SOURCES = \
	%D%/fill.c \
	%D%/multinomial.c \
	%D%/normal.c %D%/normal.h \
	%D%/rng.c %D%/rng.h

if HAVE_CHECK
check_PROGRAMS += tests/check_rng
TESTS += tests/check_rng
tests_check_rng_SOURCES = tests/check_rng.c tests/check_tap.h
tests_check_rng_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_rng_LDADD = $(RNG_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/rng.py tests/refs/rng.txt
