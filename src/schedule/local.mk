noinst_LIBRARIES += libqkv_schedule.a
libqkv_schedule_a_SOURCES = \
	%D%/card.c %D%/card.h \
	%D%/fsrs.c %D%/fsrs.h \
	%D%/plan.c %D%/plan.h

if HAVE_CHECK
check_PROGRAMS += tests/check_schedule
TESTS += tests/check_schedule
tests_check_schedule_SOURCES = tests/check_schedule.c tests/check_tap.h
tests_check_schedule_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_schedule_LDADD = $(SCHEDULE_LIBS) $(CHECK_LIBS)
endif
