/* Asking for the ground; see ground.h. */
#include "config.h"

#include "term/ground.h"

#include <ctype.h>
#include <poll.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "term/color.h"

/* One channel of one to four hexadecimal digits, on 0..255; moves *s on. */
static bool channel(const char **s, uint8_t *out) {
    unsigned long v = 0, most = 0;
    for (; isxdigit((unsigned char)**s) && most < 0xffff; ++*s) {
        int c = **s;
        v = v * 16 + (unsigned)(isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        most = most * 16 + 15;
    }
    if (!most) return false;
    *out = (uint8_t)(v * 255 / most);
    return true;
}

Ground ground_of_color(const char *color) {
    Rgb c;
    if (strncmp(color, "rgb", 3) != 0) return GROUND_UNKNOWN;
    color += color[3] == 'a' ? 4 : 3;
    bool read = *color++ == ':' && channel(&color, &c.r) && *color++ == '/' &&
                channel(&color, &c.g) && *color++ == '/' && channel(&color, &c.b);
    if (!read) return GROUND_UNKNOWN;
    return rgb_wants_black(c) ? GROUND_LIGHT : GROUND_DARK;
}

static const char *const names[] = {"auto", "dark", "light"};

bool ground_parse(const char *s, Ground *out) {
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(s, names[i]) == 0) {
            *out = (Ground)i;
            return true;
        }
    return false;
}

const char *ground_name(Ground g) {
    return names[g];
}

/* ---- the answer among the keys -------------------------------------------------------------- */

/* Takes the bytes from start up to the end of an answer out of s; NULL: it is not whole yet.
 * The text between prefix and end, owned. */
static char *take(Str *s, const char *prefix, bool (*ends)(const char *p, size_t *n)) {
    const char *at = strstr(str_cstr(s), prefix);
    if (!at) return NULL;
    for (const char *p = at + strlen(prefix); *p; p++) {
        size_t n, from = (size_t)(at - s->buf);
        if (!ends(p, &n)) continue;
        char *text = mem_strndup(at + strlen(prefix), (size_t)(p - at) - strlen(prefix));
        memmove(s->buf + from, p + n, s->len - (size_t)(p + n - s->buf));
        s->len -= (size_t)(p - at) + n;
        return text;
    }
    return NULL;
}

static bool ends_osc(const char *p, size_t *n) {
    *n = *p == '\a' ? 1 : 2;
    return *p == '\a' || (p[0] == '\x1b' && p[1] == '\\');
}

static bool ends_attributes(const char *p, size_t *n) {
    *n = 1;
    return *p == 'c';
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads until both answers came, or time is up. */
static Ground wait_for_answer(int in, int ms, Str *came) {
    Ground ground = GROUND_UNKNOWN;
    int64_t end = now_ms() + ms;
    for (int64_t left; (left = end - now_ms()) > 0;) {
        struct pollfd p = {.fd = in, .events = POLLIN};
        char bytes[64], *text;
        if (poll(&p, 1, (int)left) <= 0) continue; /* a signal: what is left of the time */
        ssize_t n = read(in, bytes, sizeof bytes);
        if (n <= 0) break;
        str_addn(came, bytes, (size_t)n);
        if ((text = take(came, GROUND_ANSWER, ends_osc))) {
            ground = ground_of_color(text);
            mem_free(text);
        }
        if ((text = take(came, ATTRIBUTES_ANSWER, ends_attributes))) {
            mem_free(text);
            break;
        }
    }
    return ground;
}

Ground ground_ask(int in, int out, int ms, Str *typed) {
    static const char question[] = "\x1b]11;?\a\x1b[c";
    struct pollfd waiting = {.fd = in, .events = POLLIN};
    struct termios was, raw;
    if (!isatty(out) || tcgetattr(in, &was) != 0 || tcgetpgrp(in) != getpgrp())
        return GROUND_UNKNOWN;
    raw = was;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(in, TCSANOW, &raw) != 0) return GROUND_UNKNOWN;
    Ground ground = GROUND_UNKNOWN;
    if (poll(&waiting, 1, 0) == 0 &&
        write(out, question, sizeof question - 1) == sizeof question - 1)
        ground = wait_for_answer(in, ms, typed);
    tcsetattr(in, TCSANOW, &was);
    return ground;
}
