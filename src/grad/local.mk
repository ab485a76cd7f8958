noinst_LIBRARIES += libqkv_grad.a
libqkv_grad_a_SOURCES =
