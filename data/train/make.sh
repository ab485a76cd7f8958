#!/bin/sh
# make.sh QKV FOLDER WORK NAME...: trains models from their seed and puts them into FOLDER/NAME.
# Checkpoints stay in WORK, so that it goes on where it was stopped.
qkv=$1 folder=$2 work=$3
shift 3
run() { "$qkv" --norc --quiet -c "from train.ship import *
$1"; }
mkdir -p "$work" || exit 1
for name in "$@"; do
    checkpoint=$work/$name.checkpoint.safetensors
    run "train('$name', '$checkpoint')" || exit 1
    mkdir -p "$folder/$name" || exit 1
    run "weights('$checkpoint', '$folder/$name/model.safetensors')" || exit 1
    run "config('$name')" >"$work/config.json" && mv "$work/config.json" "$folder/$name" || exit 1
    run "vocabulary('$name')" >"$work/vocab.txt" && mv "$work/vocab.txt" "$folder/$name" || exit 1
done
