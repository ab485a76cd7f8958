/* See quiet.h. */
#include "config.h"

#include "tutor/quiet.h"

static void drop_text(Sink *s, const char *bytes, size_t n) {
    UNUSED(s), UNUSED(bytes), UNUSED(n);
}
static void drop_view(Sink *s, struct View *view) {
    UNUSED(s), UNUSED(view);
}
static void pass_progress(Sink *s, const char *text, double fraction) {
    quiet_progress((Quiet *)s, text, fraction);
}

void quiet_begin(Quiet *q, Interp *in) {
    *q = (Quiet){.sink = {.text = drop_text, .show = drop_view, .progress = pass_progress},
                 .in = in,
                 .before = interp_sink(in)};
    if (q->before) q->sink.masked = q->before->masked;
    interp_sink_set(in, &q->sink);
}

void quiet_end(Quiet *q) {
    interp_sink_set(q->in, q->before);
}

void quiet_progress(Quiet *q, const char *text, double fraction) {
    if (q->before && q->before->progress) q->before->progress(q->before, text, fraction);
}
