# Small tensors that the project made, for `load` at the prompt. NAME.qkv beside each says how, and
# makes it again (tests/data.sh).
dataqkvdir = $(pkgdatadir)/data
dist_dataqkv_DATA = data/attend.npz data/attend.qkv

# How the shipped models are trained, in the dialect; `train` and lessons import it.
traindir = $(dataqkvdir)/train
dist_train_DATA = \
	data/train/lab_induction.py \
	data/train/scores.py \
	data/train/trainer.py \
	data/train/twins.py
