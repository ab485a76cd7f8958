noinst_LIBRARIES += libqkv_lang.a
libqkv_lang_a_SOURCES =
