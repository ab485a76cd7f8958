noinst_LIBRARIES += libqkv_term.a
libqkv_term_a_SOURCES = \
	%D%/ascii.c %D%/ascii.h \
	%D%/canvas.c %D%/canvas.h \
	%D%/color.c %D%/color.h \
	%D%/emit.c \
	%D%/ground.c %D%/ground.h \
	%D%/term.c %D%/term.h

if HAVE_CHECK
check_PROGRAMS += tests/check_term
TESTS += tests/check_term
tests_check_term_SOURCES = tests/check_term.c tests/check_tap.h
tests_check_term_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_term_LDADD = $(TERM_LIBS) $(CHECK_LIBS)
endif
