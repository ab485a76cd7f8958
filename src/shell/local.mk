noinst_LIBRARIES += libqkv_shell.a
# Where a program that is not installed finds the lessons: session.c
libqkv_shell_a_CPPFLAGS = $(AM_CPPFLAGS) -DBUILD_DIR='"$(abs_builddir)"' -DSOURCE_DIR='"$(abs_top_srcdir)"'
libqkv_shell_a_SOURCES = \
	%D%/ahead.c %D%/ahead.h \
	%D%/asking.c %D%/asking.h \
	%D%/block.c %D%/block.h \
	%D%/blockkeys.c %D%/blockkeys.h \
	%D%/brief.c %D%/brief.h \
	%D%/cmd_bench.c \
	%D%/cmd_check.c \
	%D%/cmd_edit.c \
	%D%/cmd_export.c \
	%D%/cmd_file.c \
	%D%/cmd_help.c \
	%D%/cmd_interview.c \
	%D%/cmd_lesson.c \
	%D%/cmd_notes.c \
	%D%/cmd_practice.c \
	%D%/cmd_progress.c \
	%D%/cmd_run.c \
	%D%/cmd_set.c \
	%D%/cmd_show.c \
	%D%/cmd_train.c \
	%D%/cmd_vars.c \
	%D%/command.c %D%/command.h \
	%D%/complete.c \
	%D%/days.c %D%/days.h \
	%D%/describe.c %D%/describe.h \
	%D%/drill.c %D%/drill.h \
	%D%/due.c %D%/due.h \
	%D%/edit.h \
	%D%/editor.c %D%/editor.h \
	%D%/ending.c %D%/ending.h \
	%D%/entry.c %D%/entry.h \
	%D%/file.c %D%/file.h \
	%D%/folders.c \
	%D%/history.c \
	%D%/interview.c %D%/interview.h \
	%D%/keys.c %D%/keys.h \
	%D%/loop.c %D%/loop.h \
	%D%/masks.c %D%/masks.h \
	%D%/modules.c \
	%D%/names.c %D%/names.h \
	%D%/options.c %D%/options.h \
	%D%/out.c %D%/out.h \
	%D%/out_json.c \
	%D%/out_people.c \
	%D%/pages.c %D%/pages.h \
	%D%/pager.c %D%/pager.h \
	%D%/places.c %D%/places.h \
	%D%/reading.c \
	%D%/report.c %D%/report.h \
	%D%/scroll.c %D%/scroll.h \
	%D%/scorecard.c %D%/scorecard.h \
	%D%/session.c %D%/session.h \
	%D%/shell.c %D%/shell.h \
	%D%/shown.c %D%/shown.h \
	%D%/sitting.c %D%/sitting.h \
	%D%/speak.c %D%/speak.h \
	%D%/standing.c %D%/standing.h \
	%D%/topics.c %D%/topics.h \
	%D%/transcript.c %D%/transcript.h \
	%D%/verdict.c %D%/verdict.h \
	%D%/wish.c %D%/wish.h \
	%D%/words.c %D%/words.h

if HAVE_CHECK
check_PROGRAMS += tests/check_json
TESTS += tests/check_json
tests_check_json_SOURCES = tests/check_json.c tests/check_tap.h
tests_check_json_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_json_LDADD = $(BASE_LIBS) $(JANSSON_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/check_scroll
TESTS += tests/check_scroll
tests_check_scroll_SOURCES = tests/check_scroll.c tests/check_tap.h
tests_check_scroll_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_scroll_LDADD = $(SHELL_LIBS) $(CHECK_LIBS)
endif
