noinst_LIBRARIES += libqkv_eval.a
libqkv_eval_a_SOURCES =

# The built-in types
libqkv_eval_a_SOURCES += \
	%D%/callargs.c %D%/callargs.h \
	%D%/dict.c %D%/dict.h \
	%D%/dictobj.c %D%/dictobj.h \
	%D%/dictview.c \
	%D%/format.c %D%/format.h \
	%D%/format_text.c \
	%D%/iterators.c %D%/iterators.h \
	%D%/list.c \
	%D%/list_methods.c \
	%D%/number.c %D%/number.h \
	%D%/numtypes.c \
	%D%/range.c %D%/range.h \
	%D%/seq.c %D%/seq.h \
	%D%/set.c %D%/set.h \
	%D%/set_methods.c \
	%D%/singletons.c \
	%D%/slice.c \
	%D%/sort.c \
	%D%/str.c %D%/strobj.h \
	%D%/str_case.c \
	%D%/str_methods.c %D%/str_methods.h \
	%D%/str_split.c \
	%D%/tuple.c
