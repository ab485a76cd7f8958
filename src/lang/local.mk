noinst_LIBRARIES += libqkv_lang.a
libqkv_lang_a_SOURCES = \
	%D%/ast.c %D%/ast.h \
	%D%/fstring.c \
	%D%/lex.c %D%/lex.h \
	%D%/literal.c \
	%D%/parse.c %D%/parse.h \
	%D%/parse_atom.c \
	%D%/parse_block.c \
	%D%/parse_call.c \
	%D%/parse_expr.c \
	%D%/parse_stmt.c \
	%D%/string.c \
	%D%/teach.c \
	%D%/token.h
