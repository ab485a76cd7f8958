noinst_LIBRARIES += libqkv_attn.a
libqkv_attn_a_SOURCES =
