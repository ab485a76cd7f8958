/* The prompt: readline by its callback interface, so that a signal or a closed
 * terminal is seen between keys. Ctrl-C cancels the line, Ctrl-D leaves on an
 * empty one. A block of several lines is read line by line with its indentation
 * carried on, or pasted at once. */
#include "config.h"

#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "shell/entry.h"
#include "shell/keys.h"
#include "shell/loop.h"
#include "shell/session.h"
#include "term/ground.h"

/* readline has one global state, so has the loop. */
static struct {
    Session *s;
    char *line; /* what Enter gave; NULL at the end of input */
    bool got;
    bool waiting; /* more had come by the time the line ended */
    char *carry;  /* a line that ended the entry before it and begins the next; owned */
    int indent;   /* spaces that the next line begins with */
    bool further; /* the line is not the first of its entry */
    char **found; /* completions of the word under the cursor */
    size_t nfound;
} loop;

static volatile sig_atomic_t resized, hung_up;

static void on_sigint(int sig) {
    UNUSED(sig);
    interrupt_pending = 1;
}
static void on_sigwinch(int sig) {
    UNUSED(sig);
    resized = 1;
}
static void on_sighup(int sig) {
    UNUSED(sig);
    hung_up = 1;
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

/* ---- completion through readline ----------------------------------------------------- */

static void keep_completion(void *ctx, const char *word) {
    VEC(char *) *list = ctx;
    vec_push(list, mem_strdup(word));
}

static char *next_completion(const char *text, int state) {
    UNUSED(text);
    static size_t at;
    if (state == 0) at = 0;
    if (at >= loop.nfound) return NULL;
    return strdup(loop.found[at++]); /* readline frees it */
}

/* readline replaces what stands behind its own word break, which may lie inside a word of ours
 * ("kind=ca", "dir/file"): the completions lose what stands before it. */
static char **attempt(const char *text, int start, int end) {
    VEC(char *) list = {0};
    size_t word_start;
    complete_words(loop.s, rl_line_buffer, (size_t)end, keep_completion, &list, &word_start);
    for (size_t i = 0, n; i < list.count && (size_t)start > word_start; i++) {
        n = MIN((size_t)start - word_start, strlen(list.items[i]));
        memmove(list.items[i], list.items[i] + n, strlen(list.items[i] + n) + 1);
    }
    rl_attempted_completion_over = 1;
    rl_completion_append_character = '\0';
    loop.found = list.items;
    loop.nfound = list.count;
    char **matches = rl_completion_matches(text, next_completion);
    for (size_t i = 0; i < list.count; i++) mem_free(list.items[i]);
    vec_clear(&list);
    loop.found = NULL;
    loop.nfound = 0;
    return matches;
}

/* ---- reading one line ------------------------------------------------------------------- */

/* Is there something to read within so many milliseconds? A paste without brackets comes as keys
 * that are there at once, or in parts a little later. */
static bool input_waits(int ms) {
    struct pollfd p = {.fd = fileno(rl_instream), .events = POLLIN};
    return poll(&p, 1, ms) > 0;
}

/* A tab before the first letter is indentation in a block and in a paste; elsewhere it completes.
 */
static int tab_key(int count, int key) {
    bool indents = loop.further || input_waits(0);
    for (int i = 0; i < rl_point; i++)
        indents = indents && isspace((unsigned char)rl_line_buffer[i]);
    return indents ? rl_insert(count, key) : rl_complete(count, key);
}

static void on_line(char *line) {
    loop.line = line;
    loop.got = true;
    loop.waiting = input_waits(0);
    rl_callback_handler_remove();
}

/* Between the lines of one entry the terminal stays as readline set it, so that what comes
 * meanwhile is neither shown twice nor kept back until a line of it is whole. */
static void keep_terminal(void) {}

static int begin_with_indent(void) {
    for (int i = 0; i < loop.indent; i++) rl_insert_text(" ");
    return 0;
}

static void cancel_line(void) {
    rl_callback_sigcleanup();
    fputs("^C\n", rl_outstream);
    fflush(rl_outstream);
    rl_free_line_state();
    rl_callback_handler_remove();
}

/* A key that came while the terminal was asked for its ground. */
static bool take_typed_ahead(Str *keys) {
    if (!keys->len) return false;
    rl_stuff_char((unsigned char)keys->buf[0]);
    memmove(keys->buf, keys->buf + 1, --keys->len);
    return true;
}

/* Waits for a key or a signal. Signals are blocked except in here, so that none can come
 * between the look at its flag and the wait. */
static int wait_for_key(const sigset_t *outside) {
    struct pollfd p = {.fd = fileno(rl_instream), .events = POLLIN};
    if (take_typed_ahead(&loop.s->typed_ahead)) return 1;
    return ppoll(&p, 1, NULL, outside);
}

static void take_resize(void) {
    if (!resized) return;
    resized = 0;
    rl_resize_terminal();
    session_facts_read(loop.s);
}

/* False when Ctrl-C cancelled; *line is NULL at the end of input or of the terminal. */
static bool read_line(const char *prompt, char **line) {
    sigset_t ours, outside;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGWINCH);
    sigprocmask(SIG_BLOCK, &ours, &outside);
    loop.got = false;
    loop.line = NULL;
    rl_callback_handler_install(prompt, on_line);
    bool cancelled = false;
    while (!loop.got && !cancelled) {
        int n = INTERRUPTED() || resized ? 0 : wait_for_key(&outside);
        bool broken = n < 0 && errno != EINTR;
        take_resize();
        if (INTERRUPTED()) {
            interrupt_pending = 0;
            cancel_line();
            cancelled = true;
        } else if (n > 0)
            rl_callback_read_char();
        else if (broken)
            break;
    }
    sigprocmask(SIG_SETMASK, &outside, NULL);
    take_resize(); /* keys that were ready came first */
    *line = loop.line;
    return !cancelled;
}

/* ---- a whole entry ------------------------------------------------------------------------ */

/* Spaces that the line after `line` begins with: as deep, one deeper after a colon, one less
 * after a statement that leaves the block. */
static int next_indent(const char *line) {
    int depth = 0;
    while (line[depth] == ' ') depth++;
    size_t n = strlen(line);
    while (n && isspace((unsigned char)line[n - 1])) n--;
    if (n && line[n - 1] == ':') return depth + 4;
    static const char *const leaving[] = {"return", "pass", "break", "continue", "raise"};
    for (size_t i = 0; i < ARRAY_LEN(leaving); i++) {
        size_t w = strlen(leaving[i]);
        if (strncmp(line + depth, leaving[i], w) == 0 &&
            !isalnum((unsigned char)line[depth + (int)w]))
            return MAX(depth - 4, 0);
    }
    return depth;
}

static bool blank(const char *s) {
    while (isspace((unsigned char)*s)) s++;
    return !*s;
}

/* "\001" and "\002" bracket what takes no columns, for readline. */
static void make_prompt(const Session *s, bool more, Str *out) {
    Str label = STR_INIT, styled = STR_INIT;
    if (s->lesson) {
        const Lesson *l = lesson_run_lesson(s->lesson);
        if (s->playing)
            str_printf(&label, "%s play", l->command);
        else
            str_printf(&label, "%s %zu/%zu", l->command, lesson_run_at(s->lesson),
                       lesson_run_count(s->lesson));
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

typedef enum Entry { ENTRY_TEXT, ENTRY_CANCELLED, ENTRY_END } Entry;

/* Milliseconds that the next part of a paste may take: before one is known, and within one. */
enum { FIRST_WAIT = 10, NEXT_WAIT = 80 };

/* An entry while it is read. */
typedef struct Reading {
    Session *s;
    Str *text;
    bool pasted;   /* keys were waiting: no person types this */
    bool session;  /* a paste of a session, prompts and output: all of it is one entry */
    size_t closed; /* pasted: bytes up to a blank line that may end the block; 0: none */
} Reading;

static bool whole(const Reading *r, const char *end) {
    Str text = STR_INIT;
    str_printf(&text, "%s%s", str_cstr(r->text), end);
    bool yes = !session_incomplete(r->s, str_cstr(&text));
    str_clear(&text);
    return yes;
}

/* Columns that the line is deeper than the entry's first. */
static bool at_margin(const Reading *r, const char *line) {
    size_t first = strspn(str_cstr(r->text), " \t"), deep = strspn(line, " \t");
    return deep <= first;
}

/* A statement that belongs to the block above it although it stands at the margin. */
static bool goes_on(const char *line) {
    static const char *const words[] = {"else", "elif", "except", "finally", "case"};
    line += strspn(line, " \t");
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_starts(line, words[i])) return true;
    return *line == ')' || *line == ']' || *line == '}' || *line == '#';
}

/* The first line: is that all? */
static bool first_line(Reading *r, const char *line) {
    bool several = strchr(line, '\n') != NULL;
    if (entry_is_session(line) && !several && (loop.waiting || input_waits(FIRST_WAIT))) {
        r->session = r->pasted = true;
        return false;
    }
    return whole(r, several ? "\n\n" : "");
}

/* A blank line ends a block; in a paste only where the next line does not go on with it. */
static bool blank_line(Reading *r) {
    if (!whole(r, "\n")) return false;
    if (!r->pasted || !(loop.waiting || input_waits(NEXT_WAIT))) return true;
    r->closed = r->text->len;
    return false;
}

/* Behind a blank line of a paste: a line at the margin begins the next entry. */
static bool next_statement(Reading *r, const char *line) {
    bool next = r->closed && at_margin(r, line) && !goes_on(line);
    if (next) {
        loop.carry = strdup(line);
        r->text->len = r->closed;
        r->text->buf[r->closed] = '\0';
    }
    r->closed = 0;
    return next;
}

static bool further_line(Reading *r, const char *line) {
    if (r->session) return !loop.waiting && !input_waits(NEXT_WAIT) && whole(r, "\n\n");
    if (blank(line)) return blank_line(r);
    if (next_statement(r, line)) return true;
    if (strchr(line, '\n')) return whole(r, "\n\n");
    if (at_margin(r, line) && next_indent(line) <= (int)strspn(line, " ") && whole(r, ""))
        return true;
    return r->pasted && !loop.waiting && !input_waits(NEXT_WAIT) && whole(r, "\n\n");
}

static Entry read_lines(Session *s, Str *text) {
    Reading r = {.s = s, .text = text};
    loop.indent = 0;
    for (bool more = false;; more = true) {
        char *line = loop.carry;
        bool ok = true;
        loop.carry = NULL;
        if (line) {
            r.pasted = true;
        } else {
            Str prompt = STR_INIT;
            loop.further = more;
            make_prompt(s, more, &prompt);
            ok = read_line(str_cstr(&prompt), &line);
            str_clear(&prompt);
        }
        if (!ok) return ENTRY_CANCELLED;
        if (!line) {
            if (!more) return ENTRY_END;
            fputc('\n', rl_outstream);
            return ENTRY_TEXT; /* Ctrl-D in a block: what is there is what is run */
        }
        if (more) str_addc(text, '\n');
        str_add(text, line);
        bool done = more ? further_line(&r, line) : first_line(&r, line);
        loop.indent = next_indent(line);
        free(line);
        if (done) return ENTRY_TEXT;
        r.pasted = r.pasted || loop.waiting || input_waits(FIRST_WAIT);
        if (r.pasted) loop.indent = 0; /* it brings its own */
    }
}

/* One line, or a block up to its blank line. */
static Entry read_entry(Session *s, Str *text) {
    rl_deprep_term_function = keep_terminal;
    Entry e = read_lines(s, text);
    rl_deprep_term_function = rl_deprep_terminal;
    rl_deprep_terminal();
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
    out_flush(s);
}

/* An answer of the terminal that came after the wait for it (term/ground.h): read up to its end. */
static int late_ground(int count, int key) {
    UNUSED(count), UNUSED(key);
    char color[64];
    size_t n = 0;
    int last;
    while ((last = rl_read_key()) != '\a' && last != '\x1b' && last > 0 && n < sizeof color - 1)
        color[n++] = (char)last;
    color[n] = '\0';
    if (last == '\x1b') rl_read_key(); /* the \ of ESC \ */
    loop.s->answered = ground_of_color(color);
    session_facts_read(loop.s);
    return 0;
}

static int late_attributes(int count, int key) {
    UNUSED(count), UNUSED(key);
    for (int c; (c = rl_read_key()) > 0 && (isdigit(c) || c == ';');) {
    }
    return 0;
}

static void setup_readline(Session *s) {
    loop.s = s;
    rl_readline_name = "qkv";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_attempted_completion_function = attempt;
    rl_basic_word_break_characters = " \t\n\"'`@$><=;|&{([,+-*/%^~:!";
    rl_completer_quote_characters = "";
    rl_startup_hook = begin_with_indent;
    rl_initialize();
    if (rl_function_of_keyseq("\t", NULL, NULL) == rl_complete) rl_bind_key('\t', tab_key);
    rl_bind_keyseq(GROUND_ANSWER, late_ground);
    rl_bind_keyseq(ATTRIBUTES_ANSWER, late_attributes);
    struct sigaction sa = {.sa_handler = on_sigwinch};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGWINCH, &sa, NULL);
}

static void remember(Session *s, const Str *text) {
    session_typed(s, str_cstr(text));
    history_add(s, s->typed.items[s->typed.count - 1]);
}

int loop_run(Session *s) {
    setup_readline(s);
    history_open(s);
    if (!s->lesson) greet(s);
    bool stay = !s->lesson || s->opt.interactive;
    s->prompt = s->typing = true;
    while (!s->quit && !hung_up && (stay || s->lesson)) {
        Str text = STR_INIT;
        Entry e = read_entry(s, &text);
        if (e == ENTRY_END) {
            fputc('\n', rl_outstream);
            s->quit = true;
        } else if (e == ENTRY_TEXT && !reader_key_typed(s, str_cstr(&text)) &&
                   !blank(str_cstr(&text))) {
            remember(s, &text);
            session_line(s, str_cstr(&text));
        }
        interrupt_pending = 0;
        str_clear(&text);
    }
    free(loop.carry);
    history_close(s);
    return hung_up ? EXIT_ERROR : EXIT_DONE;
}
