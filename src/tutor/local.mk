noinst_LIBRARIES += libqkv_tutor.a
libqkv_tutor_a_SOURCES = \
	%D%/check.c \
	%D%/cell.c %D%/cell.h \
	%D%/course.c \
	%D%/cut.c %D%/cut.h \
	%D%/fill.c %D%/fill.h \
	%D%/follow.c %D%/follow.h \
	%D%/front.c %D%/front.h \
	%D%/hand.c %D%/hand.h \
	%D%/lesson.c %D%/lesson.h \
	%D%/param.c %D%/param.h \
	%D%/place.c %D%/place.h \
	%D%/quiet.c %D%/quiet.h \
	%D%/run.c %D%/run.h \
	%D%/typed.c %D%/typed.h \
	%D%/yaml_in.c %D%/yaml_in.h

if HAVE_CHECK
check_PROGRAMS += tests/check_tutor tests/check_place
TESTS += tests/check_tutor tests/check_place
tests_check_tutor_SOURCES = tests/check_tutor.c tests/check_tap.h
tests_check_tutor_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_tutor_LDADD = $(TUTOR_LIBS) $(CHECK_LIBS)
tests_check_place_SOURCES = tests/check_place.c tests/check_tap.h
tests_check_place_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_place_LDADD = $(TUTOR_LIBS) $(CHECK_LIBS)
endif
