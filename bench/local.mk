# Programs that measure; built by `make bench`, not by default.
EXTRA_DIST += bench/interp bench/start.sh bench/torch bench/compare.py bench/peer.py bench/peer_onnx.cjs \
	bench/train.py bench/RESULTS.md bench/NOTES.md
EXTRA_PROGRAMS += bench/attn_bench
bench_attn_bench_SOURCES = bench/attn_bench.c
bench_attn_bench_LDADD = $(ATTN_LIBS)
.PHONY: bench
bench: $(EXTRA_PROGRAMS)
CLEANFILES += $(EXTRA_PROGRAMS)
