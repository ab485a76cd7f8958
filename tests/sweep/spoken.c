/* The question and the two answers, as they are said aloud. */
#include "config.h"

#include "sweep.h"

#include <ctype.h>

static const struct SpokenPart {
    const char *title; /* its heading begins with this */
    int words;
} spoken_parts[] = {
    {"The question", 0}, {"In one breath", BREATH_WORDS}, {"In two minutes", MINUTES_WORDS}};

static void found_in(SweepFound found, void *ctx, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void found_in(SweepFound found, void *ctx, const char *fmt, ...) {
    Str s = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&s, fmt, ap);
    va_end(ap);
    found(ctx, str_cstr(&s));
    str_clear(&s);
}

/* Past what is written and not said: `code` and {{a number}}, which is one word. */
static const char *past_written(const char *p, const char *end, int *words) {
    bool number = str_starts(p, "{{");
    const char *close = number ? strstr(p, "}}") : memchr(p + 1, '`', (size_t)(end - p - 1));
    *words += number;
    return !close || close >= end ? end : close + (number ? 2 : 1);
}

static int words_of_line(const char *p, const char *end) {
    int words = 0;
    bool inside = false;
    while (p < end) {
        if (*p == '`' || str_starts(p, "{{")) {
            p = past_written(p, end, &words);
            inside = false;
            continue;
        }
        unsigned char c = (unsigned char)*p++;
        bool letter = isalnum(c) || c >= 0x80;
        if (letter && !inside) words++;
        if (letter || isspace(c)) inside = letter;
    }
    return words;
}

/* Headings, tables and formulas that stand on lines of their own are not said. */
static int words_of(const char *text) {
    int words = 0;
    for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p == '\n') {
        bool written = str_starts(p, "    ") || *p == '#' || *p == '|';
        if (!written) words += words_of_line(p, p + strcspn(p, "\n"));
    }
    return words;
}

void look_at_spoken(const Lesson *l, SweepFound found, void *ctx) {
    for (size_t i = 0; i < ARRAY_LEN(spoken_parts); i++) {
        const struct SpokenPart *want = &spoken_parts[i];
        const LessonPart *part = i < l->parts.count ? &l->parts.items[i] : NULL;
        if (!part || !str_starts(part->title, want->title)) {
            found_in(found, ctx, "part %zu should be \"# %s\", not \"%s\"", i + 1, want->title,
                     part ? part->title : "");
            return;
        }
        int words = 0;
        for (size_t k = part->from; k < part->to; k++)
            if (l->steps.items[k].kind == STEP_TEXT) words += words_of(l->steps.items[k].text);
        if (want->words && words > want->words)
            found_in(found, ctx, "\"%s\" has %d words, more than %d", want->title, words,
                     want->words);
    }
}
