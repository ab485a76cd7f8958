noinst_LIBRARIES += libqkv_term.a
libqkv_term_a_SOURCES =
