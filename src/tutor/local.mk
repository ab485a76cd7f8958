noinst_LIBRARIES += libqkv_tutor.a
libqkv_tutor_a_SOURCES =
