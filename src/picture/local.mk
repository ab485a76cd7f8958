noinst_LIBRARIES += libqkv_picture.a
libqkv_picture_a_SOURCES = \
	%D%/cairo.c %D%/cairo_abi.h \
	%D%/chart.c \
	%D%/heads.c \
	%D%/inks.c %D%/inks.h \
	%D%/page.c %D%/page.h \
	%D%/panel.c %D%/panel.h \
	%D%/picture.c %D%/picture.h \
	%D%/sketch.c %D%/sketch.h \
	%D%/svg.c

if HAVE_CHECK
check_PROGRAMS += tests/check_picture
TESTS += tests/check_picture
tests_check_picture_SOURCES = tests/check_picture.c tests/check_tap.h
tests_check_picture_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(JANSSON_CFLAGS)
tests_check_picture_LDADD = $(PICTURE_LIBS) $(CHECK_LIBS)
endif
