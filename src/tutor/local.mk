noinst_LIBRARIES += libqkv_tutor.a
libqkv_tutor_a_SOURCES = \
	%D%/check.c \
	%D%/front.c %D%/front.h \
	%D%/lesson.c %D%/lesson.h \
	%D%/param.c %D%/param.h \
	%D%/run.c %D%/run.h
