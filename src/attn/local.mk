noinst_LIBRARIES += libqkv_attn.a
libqkv_attn_a_SOURCES = \
	%D%/corrupt.c %D%/corrupt.h \
	%D%/cost.c %D%/cost.h \
	%D%/mask.c %D%/mask.h \
	%D%/naive.c %D%/naive.h %D%/naive_kernel.h \
	%D%/score.c %D%/score.h
