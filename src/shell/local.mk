noinst_LIBRARIES += libqkv_shell.a
libqkv_shell_a_SOURCES =
