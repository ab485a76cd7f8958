/* See speak.h. */
#include "config.h"

#include "shell/speak.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <unistd.h>

/* Waits up to `ms` for a line: 1 it came, 0 it did not, -1 nothing more will come. */
static int await_line(int ms) {
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    char line[256];
    if (poll(&in, 1, ms) <= 0) return INTERRUPTED() ? -1 : 0;
    return read(STDIN_FILENO, line, sizeof line) > 0 ? 1 : -1;
}

static void show_left(Session *s, double left, double seconds) {
    Str text = STR_INIT;
    int whole = (int)ceil(left);
    str_printf(&text, "%d:%02d left", whole / 60, whole % 60);
    out_progress(s, str_cstr(&text), 1 - left / seconds);
    str_clear(&text);
}

bool speak_count_down(Session *s, double seconds) {
    enum { TICK_MS = 250 };
    Str line = STR_INIT;
    int64_t began = clock_ns();
    int got = 0, whole = (int)ceil(seconds);
    str_printf(&line, "Speak: %d:%02d. Enter stops the clock, Ctrl-C leaves.", whole / 60,
               whole % 60);
    out_view_take(s, view_text(STYLE_FAINT, str_cstr(&line)));
    out_flush(s);
    while (!got) {
        double left = seconds - (double)(clock_ns() - began) / 1e9;
        if (left <= 0) break;
        show_left(s, left, seconds);
        got = await_line((int)MIN(left * 1000 + 1, TICK_MS));
    }
    out_flush(s);
    if (!got) out_text(s, "The time is over.\n");
    interrupt_pending = 0;
    str_clear(&line);
    return got >= 0;
}
