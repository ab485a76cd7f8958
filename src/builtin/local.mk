noinst_LIBRARIES += libqkv_builtin.a
libqkv_builtin_a_SOURCES = %D%/builtin.c %D%/builtin.h

if HAVE_CHECK
check_PROGRAMS += tests/check_builtin_examples tests/check_memory
TESTS += tests/check_builtin_examples tests/check_memory
tests_check_memory_SOURCES = tests/check_memory.c tests/check_tap.h
tests_check_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_memory_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
tests_check_builtin_examples_SOURCES = tests/check_builtin_examples.c tests/doctest.h tests/check_tap.h
tests_check_builtin_examples_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_builtin_examples_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)

# The types of src/value need its modules to be tested against CPython.
check_PROGRAMS += tests/check_evaltypes
TESTS += tests/check_evaltypes
tests_check_evaltypes_SOURCES = tests/check_evaltypes.c tests/doctest.h tests/check_tap.h
tests_check_evaltypes_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_evaltypes_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
endif
EXTRA_DIST += tests/refs/evaltypes.txt tests/refs/evaltypes_setup.py tests/refs/make_evaltypes.sh

if HAVE_CHECK
check_PROGRAMS += tests/check_rows
TESTS += tests/check_rows
tests_check_rows_SOURCES = tests/check_rows.c tests/doctest.h tests/check_tap.h
tests_check_rows_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_rows_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
endif

if HAVE_CHECK
check_PROGRAMS += tests/check_unread
TESTS += tests/check_unread
EXTRA_DIST += tests/unread.txt
tests_check_unread_SOURCES = tests/check_unread.c tests/check_tap.h
tests_check_unread_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_unread_LDADD = $(BUILTIN_LIBS) $(CHECK_LIBS)
endif
