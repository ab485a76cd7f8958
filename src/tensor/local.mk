noinst_LIBRARIES += libqkv_tensor.a
libqkv_tensor_a_SOURCES =
