noinst_LIBRARIES += libqkv_value.a
libqkv_value_a_SOURCES = \
	%D%/arith.h \
	%D%/builtin_types.c %D%/builtin_types.h \
	%D%/callargs.c %D%/callargs.h \
	%D%/complex.c %D%/complex.h \
	%D%/dict.c %D%/dict.h \
	%D%/dictobj.c %D%/dictobj.h \
	%D%/dictproxy.c \
	%D%/dictview.c \
	%D%/format.c %D%/format.h \
	%D%/format_text.c \
	%D%/gc.c %D%/gc.h \
	%D%/iterators.c %D%/iterators.h \
	%D%/list.c \
	%D%/list_methods.c \
	%D%/machine.c %D%/machine.h \
	%D%/number.c %D%/number.h \
	%D%/number_digits.c \
	%D%/number_text.c \
	%D%/numtypes.c \
	%D%/obj.h \
	%D%/ops.c %D%/ops.h \
	%D%/range.c %D%/range.h \
	%D%/row.h \
	%D%/seq.c %D%/seq.h \
	%D%/set.c %D%/set.h \
	%D%/set_methods.c \
	%D%/singletons.c \
	%D%/slice.c \
	%D%/sort.c \
	%D%/str.c \
	%D%/str_case.c \
	%D%/str_methods.c %D%/str_methods.h \
	%D%/str_split.c \
	%D%/strobj.h \
	%D%/tuple.c \
	%D%/type.c \
	%D%/value.h

if HAVE_CHECK
check_PROGRAMS += tests/check_value
TESTS += tests/check_value
tests_check_value_SOURCES = tests/check_value.c tests/check_tap.h
tests_check_value_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_value_LDADD = $(VALUE_LIBS) $(CHECK_LIBS)
endif
