/* The prompt: entries are read (editor.h), kept in the history and run, or they move in the lesson
 * that is being read. */
#include "config.h"

#include <ctype.h>
#include <signal.h>

#include "shell/asking.h"
#include "shell/due.h"
#include "shell/editor.h"
#include "shell/keys.h"
#include "shell/loop.h"
#include "shell/session.h"

static void on_sigint(int sig) {
    UNUSED(sig);
    interrupt_pending = 1;
}
static void on_sighup(int sig) {
    UNUSED(sig);
    editor_hung_up = 1;
    interrupt_pending = 1;
}

void signals_install(void) {
    struct sigaction sa = {.sa_handler = on_sigint}; /* no SA_RESTART: poll must return */
    sigemptyset(&sa.sa_mask);
    sigaction(SIGINT, &sa, NULL);
    sa.sa_handler = on_sighup;
    sa.sa_flags = SA_RESETHAND; /* a second one ends what the first could not */
    sigaction(SIGHUP, &sa, NULL);
    sigaction(SIGTERM, &sa, NULL);
}

static bool blank(const char *s) {
    while (isspace((unsigned char)*s)) s++;
    return !*s;
}

/* "\001" and "\002" bracket what takes no columns, for readline. */
static void make_prompt(const Session *s, bool more, Str *out) {
    Str label = STR_INIT, styled = STR_INIT;
    if (asking_now(s)) {
        asking_prompt(s, &label);
    } else if (s->lesson) {
        const Lesson *l = lesson_run_lesson(s->lesson);
        if (s->playing)
            str_printf(&label, "%s play", l->command);
        else
            str_printf(&label, "%s %zu/%zu", l->command, place_number(lesson_run_place(s->lesson)),
                       place_count(lesson_run_place(s->lesson)));
    } else
        str_add(&label, "qkv");
    size_t width = label.len;
    if (more) {
        str_reset(&label);
        str_fill(&label, '.', width);
    }
    str_addc(&label, '>');
    style_emit(STYLE_PROMPT, str_cstr(&label), &s->facts, &styled);
    for (size_t i = 0; i < styled.len; i++) {
        bool escape = styled.buf[i] == '\x1b';
        if (escape) str_addc(out, '\001');
        str_addc(out, styled.buf[i]);
        if (!escape) continue;
        while (i + 1 < styled.len && styled.buf[i] != 'm') str_addc(out, styled.buf[++i]);
        str_addc(out, '\002');
    }
    str_addc(out, ' ');
    str_clear(&label);
    str_clear(&styled);
}

/* One line, or a block up to its end. */
static Entry read_entry(Session *s, Str *text) {
    Str first = STR_INIT, more = STR_INIT;
    make_prompt(s, false, &first);
    make_prompt(s, true, &more);
    Entry e = editor_read(s, str_cstr(&first), str_cstr(&more), text);
    str_clear(&first);
    str_clear(&more);
    return e;
}

/* What the first minute may be spent with: what to type, and what it does. */
static const struct {
    const char *typed, *does;
} first_lines[] = {
    {"torch.randn(3, 4).softmax(-1)", "a matrix is drawn"},
    {"attend text=\"the cat sat\"", "scores, weights, output"},
    {"36", "a lesson; lessons lists them"},
    {"help", "all commands; quit leaves"},
};

static void greet(Session *s) {
    if (s->opt.quiet) return;
    bool narrow = out_width(s) < 64;
    out_print(s, "qkv %s: attention, live.%sType PyTorch code or a command:\n", PACKAGE_VERSION,
              narrow ? "\n" : " ");
    for (size_t i = 0; i < ARRAY_LEN(first_lines); i++)
        out_print(s, narrow ? "  %s\n    %s\n" : "  %-31s %s\n", first_lines[i].typed,
                  first_lines[i].does);
    due_tell(s);
    out_flush(s);
}

static void remember(Session *s, const Str *text) {
    session_typed(s, str_cstr(text));
    history_add(s, s->typed.items[s->typed.count - 1]);
}

static void answer(Session *s, const Str *text) {
    size_t n = text->len;
    while (n && strchr(" \n", text->buf[n - 1])) n--;
    char *kept = mem_strndup(str_cstr(text), n);
    history_add_answer(kept);
    mem_free(kept);
    asking_entry(s, str_cstr(text));
}

/* Ctrl-D: out of practice or the lesson first, then out of qkv. */
static void end_typed(Session *s) {
    if (asking_now(s))
        asking_close(s);
    else
        s->quit = !reader_key_typed(s, ".q");
}

int loop_run(Session *s) {
    editor_open(s);
    history_open(s);
    if (!s->lesson && !asking_now(s)) greet(s);
    bool stay = (!s->lesson && !asking_now(s)) || s->opt.interactive;
    s->prompt = s->typing = true;
    while (!s->quit && !editor_hung_up && (stay || s->lesson || asking_now(s))) {
        Str text = STR_INIT;
        history_answers(asking_now(s));
        Entry e = read_entry(s, &text);
        if (e == ENTRY_END)
            end_typed(s);
        else if (e == ENTRY_TEXT && asking_now(s))
            answer(s, &text);
        else if (e == ENTRY_TEXT && !reader_key_typed(s, str_cstr(&text)) &&
                 !blank(str_cstr(&text))) {
            remember(s, &text);
            reader_entry(s, str_cstr(&text));
        }
        interrupt_pending = 0;
        str_clear(&text);
    }
    history_close(s);
    return editor_hung_up ? EXIT_ERROR : EXIT_DONE;
}
