noinst_LIBRARIES += libqkv_tutor.a
libqkv_tutor_a_SOURCES = \
	%D%/check.c \
	%D%/cell.c %D%/cell.h \
	%D%/course.c \
	%D%/cut.c %D%/cut.h \
	%D%/front.c %D%/front.h \
	%D%/lesson.c %D%/lesson.h \
	%D%/param.c %D%/param.h \
	%D%/run.c %D%/run.h

if HAVE_CHECK
check_PROGRAMS += tests/check_tutor
TESTS += tests/check_tutor
tests_check_tutor_SOURCES = tests/check_tutor.c tests/check_tap.h
tests_check_tutor_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_tutor_LDADD = $(TUTOR_LIBS) $(CHECK_LIBS)
endif
