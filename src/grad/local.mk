noinst_LIBRARIES += libqkv_grad.a
libqkv_grad_a_SOURCES = \
	%D%/op.h \
	%D%/oplist.h \
	%D%/ops.h \
	%D%/tape.h \
	%D%/trace.h
