noinst_LIBRARIES += libqkv_store.a
libqkv_store_a_SOURCES = \
	%D%/db.c %D%/db.h \
	%D%/lines.c \
	%D%/replay.c \
	%D%/store.c %D%/store.h %D%/store_in.h
libqkv_store_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS) $(JANSSON_CFLAGS)

if HAVE_CHECK
check_PROGRAMS += tests/check_store
TESTS += tests/check_store
tests_check_store_SOURCES = tests/check_store.c tests/check_tap.h
tests_check_store_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_store_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
endif
