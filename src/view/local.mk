noinst_LIBRARIES += libqkv_view.a
libqkv_view_a_SOURCES = \
	%D%/bars.c \
	%D%/digits.c \
	%D%/draw.c \
	%D%/flow.c %D%/flow.h \
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
	%D%/view.c %D%/view.h
libqkv_view_a_CFLAGS = $(AM_CFLAGS) $(CMARK_CFLAGS) $(JANSSON_CFLAGS)
