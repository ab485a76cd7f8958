noinst_LIBRARIES += libqkv_lang.a
libqkv_lang_a_SOURCES = \
	%D%/ast.c %D%/ast.h \
	%D%/diag.c %D%/diag.h \
	%D%/fstring.c \
	%D%/gist.c %D%/gist.h \
	%D%/lex.c %D%/lex.h \
	%D%/literal.c \
	%D%/parse.c %D%/parse.h \
	%D%/parse_atom.c \
	%D%/parse_block.c \
	%D%/parse_call.c \
	%D%/parse_expr.c \
	%D%/parse_stmt.c \
	%D%/parser.c \
	%D%/paste.c %D%/paste.h \
	%D%/string.c \
	%D%/target.c \
	%D%/teach.c \
	%D%/token.h

if HAVE_CHECK
check_PROGRAMS += tests/check_lang
TESTS += tests/check_lang
tests_check_lang_SOURCES = tests/check_lang.c tests/check_lang.h tests/check_tap.h \
	tests/ast_text.c tests/check_diag.c tests/check_gist.c tests/check_limits.c tests/check_teach.c
tests_check_lang_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_lang_LDADD = $(LANG_LIBS) $(CHECK_LIBS)
endif
