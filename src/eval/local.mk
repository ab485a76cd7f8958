noinst_LIBRARIES += libqkv_eval.a
libqkv_eval_a_SOURCES =
