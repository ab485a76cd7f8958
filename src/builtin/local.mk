noinst_LIBRARIES += libqkv_builtin.a
libqkv_builtin_a_SOURCES = \
	%D%/builtin.c %D%/builtin.h
