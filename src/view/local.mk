noinst_LIBRARIES += libqkv_view.a
libqkv_view_a_SOURCES = \
	%D%/axis.c %D%/axis.h \
	%D%/bars.c \
	%D%/cell.c \
	%D%/digits.c \
	%D%/draw.c \
	%D%/flow.c %D%/flow.h \
	%D%/foot.c \
	%D%/grid.c %D%/grid.h \
	%D%/heat.c \
	%D%/json.c \
	%D%/markdown.c %D%/markdown.h \
	%D%/matrix.c %D%/matrix.h \
	%D%/matrix_plan.c \
	%D%/node.h \
	%D%/number.c %D%/number.h \
	%D%/plot.c \
	%D%/table.c \
	%D%/thumbs.c \
	%D%/view.c %D%/view.h
libqkv_view_a_CFLAGS = $(AM_CFLAGS) $(CMARK_CFLAGS) $(JANSSON_CFLAGS)

EXTRA_DIST += tests/golden/view
if HAVE_CHECK
check_PROGRAMS += tests/check_view
TESTS += tests/check_view
tests_check_view_SOURCES = tests/check_view.c tests/check_view.h \
	tests/check_view_matrix.c tests/check_view_text.c \
	tests/check_view_numbers.c tests/check_view_thumbs.c
tests_check_view_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(CMARK_CFLAGS) $(JANSSON_CFLAGS)
tests_check_view_LDADD = $(VIEW_LIBS) $(CHECK_LIBS)
endif
