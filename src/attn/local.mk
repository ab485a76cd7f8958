noinst_LIBRARIES += libqkv_attn.a
libqkv_attn_a_SOURCES = \
	%D%/corrupt.h \
	%D%/cost.h \
	%D%/mask.h \
	%D%/naive.h \
	%D%/score.h
