noinst_LIBRARIES += libqkv_term.a
libqkv_term_a_SOURCES = \
	%D%/canvas.h \
	%D%/color.h \
	%D%/term.h
