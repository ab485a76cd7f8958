# Small tensors that the project made, for `load` at the prompt. NAME.qkv beside each says how, and
# makes it again (tests/data.sh).
dataqkvdir = $(pkgdatadir)/data
dist_dataqkv_DATA = data/attend.npz data/attend.qkv
