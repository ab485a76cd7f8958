noinst_LIBRARIES += libqkv_compile.a
libqkv_compile_a_SOURCES = \
	%D%/call.c \
	%D%/code.c %D%/code.h \
	%D%/comp.h \
	%D%/compile.c %D%/compile.h \
	%D%/comprehension.c \
	%D%/def.c \
	%D%/emit.c \
	%D%/expr.c \
	%D%/flow.c \
	%D%/function.c \
	%D%/name.c \
	%D%/scope.c %D%/scope.h \
	%D%/stmt.c \
	%D%/unit.c

if HAVE_CHECK
check_PROGRAMS += tests/check_compile
TESTS += tests/check_compile
tests_check_compile_SOURCES = tests/check_compile.c tests/check_tap.h
tests_check_compile_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_compile_LDADD = $(COMPILE_LIBS) $(CHECK_LIBS)
endif
