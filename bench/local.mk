# Programs that measure; `make bench` builds them, and `make check`, so that they go on compiling.
EXTRA_DIST += bench/interp bench/start.sh bench/torch bench/compare.py bench/peer.py bench/peer_onnx.cjs \
	bench/train.py bench/RESULTS.md bench/NOTES.md
check_PROGRAMS += bench/attn_bench
bench_attn_bench_SOURCES = bench/attn_bench.c
bench_attn_bench_LDADD = $(ATTN_LIBS)
.PHONY: bench
bench: bench/attn_bench
