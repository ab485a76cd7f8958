noinst_LIBRARIES += libqkv_view.a
libqkv_view_a_SOURCES = \
	%D%/markdown.h \
	%D%/view.h
libqkv_view_a_CPPFLAGS = $(AM_CPPFLAGS)
libqkv_view_a_CFLAGS = $(AM_CFLAGS) $(CMARK_CFLAGS) $(JANSSON_CFLAGS)
