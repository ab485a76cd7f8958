# Tests that are scripts; every check_FOLDER program is named in its folder's fragment.
SCRIPT_TESTS = tests/goldens.sh tests/hostile.sh tests/cases.sh tests/commands.sh tests/typed.sh tests/help.sh tests/practice.sh tests/floors.sh \
	tests/recipes.sh tests/circles.sh tests/format.sh tests/docs.sh tests/shell.sh tests/data.sh \
	tests/masks.sh tests/places.sh tests/names.sh tests/echo.sh tests/train.sh
TESTS += $(SCRIPT_TESTS)
dist_check_SCRIPTS += $(SCRIPT_TESTS)
EXTRA_DIST += tests/cases tests/refs

# What the lessons' text claims, held against what their cells compute
EXTRA_DIST += tests/claims tests/practice tests/prose tests/train
if HAVE_CHECK
check_PROGRAMS += tests/check_lessons
TESTS += tests/check_lessons
tests_check_lessons_SOURCES = tests/check_lessons.c tests/claim.c tests/claim.h tests/check_tap.h
tests_check_lessons_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_check_lessons_LDADD = $(SHELL_LIBS) $(CHECK_LIBS)
endif

# Lessons at settings that nobody chose: short in make check, long here
check_PROGRAMS += tests/sweep/sweep
TESTS += tests/sweep/sweep
tests_sweep_sweep_SOURCES = tests/sweep/sweep.c tests/sweep/draw.c tests/sweep/look.c tests/sweep/spoken.c \
	tests/sweep/sweep.h tests/claim.c tests/claim.h
tests_sweep_sweep_LDADD = $(SHELL_LIBS)
EXTRA_DIST += tests/sweep/waiting.txt
N = 40
SEED = $$(date +%s)
sweep: tests/sweep/sweep
	abs_top_srcdir=$(abs_top_srcdir) QKV_DATA=$(abs_top_srcdir) tests/sweep/sweep --runs $(N) --seed $(SEED)
.PHONY: sweep

# Fuzz targets: libFuzzer drives them with --enable-fuzz (CC=clang), else a replay of the corpus.
FUZZ_TARGETS = tests/fuzz/fuzz_parse tests/fuzz/fuzz_eval tests/fuzz/fuzz_lesson \
	tests/fuzz/fuzz_npy tests/fuzz/fuzz_npz tests/fuzz/fuzz_safetensors
check_PROGRAMS += $(FUZZ_TARGETS)
tests_fuzz_fuzz_parse_SOURCES = tests/fuzz/fuzz_parse.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_parse_LDADD = $(LANG_LIBS)
tests_fuzz_fuzz_eval_SOURCES = tests/fuzz/fuzz_eval.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_eval_LDADD = $(BUILTIN_LIBS)
tests_fuzz_fuzz_lesson_SOURCES = tests/fuzz/fuzz_lesson.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_lesson_LDADD = $(TUTOR_LIBS)
tests_fuzz_fuzz_npy_SOURCES = tests/fuzz/fuzz_npy.c tests/fuzz/fuzz.h tests/fuzz/tensors.h
tests_fuzz_fuzz_npy_LDADD = $(MODEL_LIBS)
tests_fuzz_fuzz_npz_SOURCES = tests/fuzz/fuzz_npz.c tests/fuzz/fuzz.h tests/fuzz/tensors.h
tests_fuzz_fuzz_npz_LDADD = $(MODEL_LIBS)
tests_fuzz_fuzz_safetensors_SOURCES = tests/fuzz/fuzz_safetensors.c tests/fuzz/fuzz.h tests/fuzz/tensors.h
tests_fuzz_fuzz_safetensors_LDADD = $(MODEL_LIBS)
if FUZZ
tests_fuzz_fuzz_parse_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_eval_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_lesson_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_npy_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_npz_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_safetensors_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
else
TESTS += $(FUZZ_TARGETS)
tests_fuzz_fuzz_parse_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_eval_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_lesson_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_npy_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_npz_SOURCES += tests/fuzz/replay.c
tests_fuzz_fuzz_safetensors_SOURCES += tests/fuzz/replay.c
endif

# Everything that can be called, with arguments that nobody meant: short in make check, long here
check_PROGRAMS += tests/fuzz/fuzz_calls
TESTS += tests/fuzz/fuzz_calls
tests_fuzz_fuzz_calls_SOURCES = tests/fuzz/fuzz_calls.c tests/fuzz/calls_list.c tests/fuzz/calls_pool.c \
	tests/fuzz/calls_program.c tests/fuzz/calls.h
tests_fuzz_fuzz_calls_LDADD = $(BUILTIN_LIBS)
SECONDS = 600
fuzz-calls: tests/fuzz/fuzz_calls
	tests/fuzz/fuzz_calls --seconds $(SECONDS) --seed $$(date +%s) $(top_srcdir)/tests/cases/*/*.py
.PHONY: fuzz-calls

EXTRA_DIST += tests/fuzz/parse.dict tests/fuzz/corpus

# qkv on a pseudo-terminal
check_PROGRAMS += tests/tty/ttyrun
TESTS += tests/tty/ttyrun
tests_tty_ttyrun_SOURCES = tests/tty/ttyrun.c tests/tty/screen.c tests/tty/screen.h
tests_tty_ttyrun_LDADD = $(BASE_LIBS) -lutil

# How much of the lessons fits the screen
check_PROGRAMS += tests/tty/screens
TESTS += tests/tty/screens
tests_tty_screens_SOURCES = tests/tty/screens.c
tests_tty_screens_LDADD = $(BASE_LIBS) -lutil
EXTRA_DIST += tests/tty tests/golden

# Limits of memory and time, by whole processes
check_PROGRAMS += tests/limits
TESTS += tests/limits
tests_limits_SOURCES = tests/limits.c tests/limits_table.h
tests_limits_LDADD = $(BASE_LIBS)
