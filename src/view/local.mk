noinst_LIBRARIES += libqkv_view.a
libqkv_view_a_SOURCES =
