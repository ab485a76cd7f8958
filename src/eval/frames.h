/* The running frames and the parameters of functions as the dialect's own library sees them:
 * what inspect, warnings, logging and traceback are written on. The rows are the module
 * `_frames`; see frames.c for what each gives.
 */
#ifndef QKV_EVAL_FRAMES_H
#define QKV_EVAL_FRAMES_H

#include "eval/vm.h"

/* The names of a frame with what they stand for now: a dict of its own; owned. */
Value frame_locals(const Frame *f);

extern const NativeRow frames_rows[];

#endif
