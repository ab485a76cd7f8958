# Small tensors that the project made, for `load` at the prompt. NAME.qkv beside each says how, and
# makes it again (tests/data.sh).
dataqkvdir = $(pkgdatadir)/data
dist_dataqkv_DATA = data/attend.npz data/attend.qkv

# The corpus and how the shipped models are trained, in the dialect; `train` and lessons import them.
corpusdir = $(dataqkvdir)/corpus
dist_corpus_DATA = data/corpus/frames.py data/corpus/grammar.py
traindir = $(dataqkvdir)/train
dist_train_DATA = \
	data/train/gates.py \
	data/train/lab.py \
	data/train/lab_induction.py \
	data/train/scores.py \
	data/train/ship.py \
	data/train/trainer.py \
	data/train/twins.py
labinductiondir = $(dataqkvdir)/models/lab-induction
dist_labinduction_DATA = \
	data/models/lab-induction/config.json \
	data/models/lab-induction/model.safetensors \
	data/models/lab-induction/vocab.txt
EXTRA_DIST += data/README.md data/train/make.sh

# make models trains them again from the seed, about half an hour; stopped by Ctrl-C it goes on when
# asked again. make models-check holds what is in data/models against the gates.
MODELS = lab-induction lab-gpt lab-bert
SHIPPED = lab-induction
.PHONY: models models-check
models: src/qkv
	OPENBLAS_NUM_THREADS=1 QKV_DATA='$(abs_top_srcdir)' $(SHELL) '$(srcdir)/data/train/make.sh' \
	  '$(abs_builddir)/src/qkv' '$(abs_top_srcdir)/data/models' '$(abs_builddir)/models' $(MODELS)
models-check: src/qkv
	OPENBLAS_NUM_THREADS=1 QKV_DATA='$(abs_top_srcdir)' src/qkv --norc --quiet -c \
	  'import train.gates as gates; gates.check("$(abs_top_srcdir)/data/models", "$(SHIPPED)".split())'
