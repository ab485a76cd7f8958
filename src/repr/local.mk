noinst_LIBRARIES += libqkv_repr.a
libqkv_repr_a_SOURCES = \
	%D%/number.c %D%/digits.h \
	%D%/numpy.c \
	%D%/torch.c %D%/repr.h

if HAVE_CHECK
check_PROGRAMS += tests/check_repr
TESTS += tests/check_repr
tests_check_repr_SOURCES = tests/check_repr.c tests/check_tap.h
tests_check_repr_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_repr_LDADD = $(REPR_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/repr.py tests/refs/repr.txt tests/refs/numpy.py tests/refs/numpy.txt
