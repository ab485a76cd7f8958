# Python's builtins and standard modules
noinst_LIBRARIES += libqkv_python.a
libqkv_python_a_SOURCES = \
	%D%/builtins.c \
	%D%/copy.c \
	%D%/deque.c \
	%D%/math.c \
	%D%/numbers.c \
	%D%/operator.c \
	%D%/pcre.c %D%/pcre.h \
	%D%/python.c %D%/python.h \
	%D%/random.c \
	%D%/time.c \
	%D%/unicode.c

# What is written in the dialect: FILE.py is the module FILE
python_PY = \
	%D%/__future__.py \
	%D%/_dates.py \
	%D%/_records.py \
	%D%/_repattern.py \
	%D%/abc.py \
	%D%/argparse.py \
	%D%/bisect.py \
	%D%/collections.abc.py \
	%D%/collections.py \
	%D%/contextlib.py \
	%D%/dataclasses.py \
	%D%/distutils.py \
	%D%/distutils.version.py \
	%D%/enum.py \
	%D%/functools.py \
	%D%/heapq.py \
	%D%/inspect.py \
	%D%/itertools.py \
	%D%/json.py \
	%D%/keyword.py \
	%D%/logging.py \
	%D%/numbers.py \
	%D%/operator.py \
	%D%/packaging.py \
	%D%/packaging.version.py \
	%D%/re.py \
	%D%/statistics.py \
	%D%/string.py \
	%D%/traceback.py \
	%D%/types.py \
	%D%/typing.py \
	%D%/warnings.py
EXTRA_DIST += $(python_PY)
CLEANFILES += %D%/texts.c
nodist_libqkv_python_a_SOURCES = %D%/texts.c
%D%/texts.c: $(python_PY) $(TEXTS) %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) $(@D) && here=`pwd` && cd $(top_srcdir) && \
	$(SHELL) $(TEXTS) python $(python_PY) >$$here/$@.tmp && mv $$here/$@.tmp $$here/$@
