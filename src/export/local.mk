noinst_LIBRARIES += libqkv_export.a
libqkv_export_a_SOURCES = \
	%D%/csv.h \
	%D%/export.c %D%/export.h \
	%D%/html.c \
	%D%/sheet.c %D%/sheet.h \
	%D%/tables.c \
	%D%/tex.c
libqkv_export_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)

if HAVE_CHECK
check_PROGRAMS += tests/check_export
TESTS += tests/check_export
tests_check_export_SOURCES = tests/check_export.c tests/check_tap.h
tests_check_export_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(JANSSON_CFLAGS)
tests_check_export_LDADD = $(EXPORT_LIBS) $(CHECK_LIBS)
endif
