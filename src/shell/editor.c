/* Reading an entry with readline: by its callback interface, so that a signal or a closed terminal
 * is seen between keys. The whole entry, of however many lines, is readline's one buffer, so that
 * all of it can be edited until it is run. See editor.h. */
#include "config.h"

#include "shell/editor.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/utf8.h"
#include "shell/block.h"
#include "shell/ending.h"
#include "shell/blockkeys.h"
#include "term/ground.h"

volatile sig_atomic_t editor_hung_up;

static volatile sig_atomic_t resized, stopped, continued;

/* readline has one global state, so has the editor. */
static struct {
    Session *s;
    const char *prompt, *more; /* of the entry being read */
    Str more_plain;            /* as it is drawn in front of further lines */
    Ending ending;
    char *line;  /* what Enter gave; NULL at the end of input */
    Str drawn;   /* the prompt that stands on the screen */
    bool got;    /* the entry has ended */
    bool below;  /* a terminal without cursor moves shows a line below the first */
    size_t row;  /* which one, counted from 0 */
    char *found; /* what the search in the history showed last, and where its cursor was */
    int found_point;
    char **words; /* completions of the word under the cursor */
    size_t nwords;
} editor;

static void on_resize(int sig) {
    UNUSED(sig);
    resized = 1;
}
static void on_stop(int sig) {
    UNUSED(sig);
    stopped = 1;
}
static void on_continue(int sig) {
    UNUSED(sig);
    continued = 1;
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
    if (at >= editor.nwords) return NULL;
    return strdup(editor.words[at++]); /* readline frees it */
}

/* readline replaces what stands behind its own word break, which may lie inside a word of ours
 * ("kind=ca", "dir/file"): the completions lose what stands before it. */
static char **attempt(const char *text, int start, int end) {
    VEC(char *) list = {0};
    size_t word_start;
    complete_words(editor.s, rl_line_buffer, (size_t)end, keep_completion, &list, &word_start);
    for (size_t i = 0, n; i < list.count && (size_t)start > word_start; i++) {
        n = MIN((size_t)start - word_start, strlen(list.items[i]));
        memmove(list.items[i], list.items[i] + n, strlen(list.items[i] + n) + 1);
    }
    rl_attempted_completion_over = 1;
    rl_completion_append_character = '\0';
    editor.words = list.items;
    editor.nwords = list.count;
    char **matches = rl_completion_matches(text, next_completion);
    for (size_t i = 0; i < list.count; i++) mem_free(list.items[i]);
    vec_clear(&list);
    editor.words = NULL;
    editor.nwords = 0;
    return matches;
}

/* ---- the screen ---------------------------------------------------------------------------- */

/* A prompt without its colours: readline draws what stands in its buffer as text. */
static void plain_prompt(const char *prompt, Str *out) {
    for (const char *p = prompt; *p; p++) {
        if (*p != '\001') {
            str_addc(out, *p);
            continue;
        }
        while (*p && *p != '\002') p++;
        if (!*p) return;
    }
}

static void remember_found(void) {
    if (!RL_ISSTATE(RL_STATE_ISEARCH)) return;
    mem_free(editor.found);
    editor.found = mem_strdup(rl_line_buffer);
    editor.found_point = rl_point;
}

/* The first prompt, or that of further lines, where the cursor cannot go up to it. */
static void prompt_of_line(bool below) {
    if (editor.below == below || rl_display_prompt != rl_prompt) return;
    editor.below = below;
    rl_set_prompt(below ? editor.more : editor.prompt);
}

/* readline draws its buffer; it is lent one that looks as the block is to look. */
static void draw(const BlockArea *a, size_t point) {
    BlockView v = {0};
    block_view(a, rl_line_buffer, point, (size_t)MIN(MAX(rl_mark, 0), rl_end), &v);
    str_reserve(&v.text, 1);
    char *buffer = rl_line_buffer;
    int old_point = rl_point, end = rl_end, mark = rl_mark;
    rl_line_buffer = v.text.buf;
    rl_point = (int)v.point;
    rl_end = (int)v.text.len;
    rl_mark = (int)v.mark;
    rl_redisplay();
    rl_line_buffer = buffer;
    rl_point = old_point;
    rl_end = end;
    rl_mark = mark;
    block_view_clear(&v);
}

static void next_row(void) {
    rl_crlf();
    rl_on_new_line();
    editor.row++;
}

/* A terminal whose cursor cannot go up: the cursor's line alone, and in front of it, once, what
 * came with it. */
static void draw_single(BlockArea *a) {
    size_t row = 0, at = 0, next;
    for (; (next = block_line_end(rl_line_buffer, at) + 1) <= (size_t)rl_point; at = next, row++) {
        if (row != editor.row) continue;
        prompt_of_line(row > 0);
        draw(a, at);
        next_row();
    }
    editor.row = row;
    prompt_of_line(row > 0);
    draw(a, (size_t)rl_point);
}

/* Behind another prompt (a search) everything is drawn anew: readline would not see that the block
 * moved with it. */
static void take_prompt(const Str *prompt) {
    if (strcmp(str_cstr(prompt), str_cstr(&editor.drawn)) == 0) return;
    if (editor.drawn.len && editor.s->facts.cursor) {
        rl_clear_visible_line();
        rl_on_new_line();
    }
    str_reset(&editor.drawn);
    str_addn(&editor.drawn, str_cstr(prompt), prompt->len);
}

static void redisplay(void) {
    remember_found();
    const TermFacts *f = &editor.s->facts;
    Str prompt = STR_INIT;
    plain_prompt(rl_display_prompt ? rl_display_prompt : "", &prompt);
    take_prompt(&prompt);
    BlockArea a = {.columns = f->columns,
                   .rows = f->lines,
                   .prompt = utf8_columns(str_cstr(&prompt), prompt.len),
                   .more = f->cursor ? str_cstr(&editor.more_plain) : "",
                   .utf8 = f->utf8,
                   .single = !f->cursor};
    if (a.single)
        draw_single(&a);
    else
        draw(&a, (size_t)rl_point);
    str_clear(&prompt);
}

/* ---- keys ---------------------------------------------------------------------------------- */

/* Is there something to read within so many milliseconds? A paste without brackets comes as keys
 * that are there at once, or in parts a little later. */
static bool input_waits(int ms) {
    struct pollfd p = {.fd = fileno(rl_instream), .events = POLLIN};
    return editor.s->typed_ahead.len || poll(&p, 1, ms) > 0;
}

/* readline's own question, with its timeout in microseconds. */
static int input_available(void) {
    return input_waits(rl_set_keyboard_input_timeout(-1) / 1000);
}

/* A key: one that came while the terminal was asked for its ground, or before the entry could be
 * read, stands before those that the terminal has now. */
static int next_key(FILE *in) {
    Str *keys = &editor.s->typed_ahead;
    if (!keys->len) return rl_getc(in);
    int key = (unsigned char)keys->buf[0];
    memmove(keys->buf, keys->buf + 1, --keys->len);
    return key;
}

/* Ends the line that the cursor is in and goes on below it. */
static void begin_line(void) {
    ending_look(&editor.ending);
    int indent = ending_indent(&editor.ending, rl_line_buffer, (size_t)rl_point);
    bool last = !strchr(rl_line_buffer + rl_point, '\n');
    if (!editor.s->facts.cursor && last) next_row();
    rl_begin_undo_group();
    rl_insert_text("\n");
    for (int i = 0; i < indent; i++) rl_insert_text(" ");
    rl_end_undo_group();
    if (last || editor.ending.typing) ending_went_on(&editor.ending, rl_line_buffer);
}

/* Has the cursor a line of the block below it? Blank ones at the end are none. */
static bool inside_block(void) {
    const char *rest = rl_line_buffer + block_line_end(rl_line_buffer, (size_t)rl_point);
    return rest[strspn(rest, " \t\n")] != '\0';
}

static bool just_found(void) {
    return editor.found && rl_point == editor.found_point &&
           strcmp(editor.found, rl_line_buffer) == 0;
}

/* The line behind the entry begins the next one: it comes back as keys. */
static void give_back(size_t from) {
    Str keys = STR_INIT;
    str_printf(&keys, "%s\r", rl_line_buffer + from + 1);
    str_addn(&keys, editor.s->typed_ahead.buf, editor.s->typed_ahead.len);
    str_clear(&editor.s->typed_ahead);
    editor.s->typed_ahead = keys;
    rl_delete_text((int)from, rl_end);
}

/* Enter. Inside of a block it makes a line; at the end it runs what is whole. */
static int enter_key(int count, int key) {
    bool paste = editor.ending.pasted || input_waits(0);
    editor.ending.pasted = editor.ending.pasted || (paste && editor.ending.typing);
    if (!paste && inside_block() && !just_found()) {
        begin_line();
        return 0;
    }
    EndingKind kind = ending_at(&editor.ending, rl_line_buffer);
    if (kind == ENDING_GOES_ON) {
        begin_line();
        return 0;
    }
    if (kind == ENDING_BEFORE) give_back(editor.ending.closed);
    rl_point = rl_end;
    redisplay();
    return rl_newline(count, key);
}

/* Alt-Enter: a new line wherever the cursor is. */
static int new_line_key(int count, int key) {
    UNUSED(count), UNUSED(key);
    begin_line();
    return 0;
}

/* Before the first letter of a block's line a tab is indentation, in a paste as it is; elsewhere it
 * completes. */
static int tab_key(int count, int key) {
    int start = (int)block_line_start(rl_line_buffer, (size_t)rl_point);
    bool waits = input_waits(0), indents = start > 0 || waits || editor.ending.pasted;
    for (int i = start; i < rl_point; i++)
        indents = indents && isspace((unsigned char)rl_line_buffer[i]);
    if (!indents) {
        if (rl_last_func == tab_key) rl_last_func = rl_complete; /* the second lists */
        return rl_complete(count, key);
    }
    if (waits || editor.ending.pasted) return rl_insert(count, key);
    do rl_insert_text(" ");
    while ((rl_point - start) % 4);
    return 0;
}

/* Ctrl-D: at the end of a block what is there is run. */
static int end_key(int count, int key) {
    if (rl_end == 0 || rl_point < rl_end || !editor.ending.typing) return rl_delete(count, key);
    return rl_newline(count, key);
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
    editor.s->answered = ground_of_color(color);
    session_facts_read(editor.s);
    return 0;
}

static int late_attributes(int count, int key) {
    UNUSED(count), UNUSED(key);
    for (int c; (c = rl_read_key()) > 0 && (isdigit(c) || c == ';');) {
    }
    return 0;
}

/* ---- one entry ------------------------------------------------------------------------------ */

static void on_line(char *line) {
    editor.line = line;
    editor.got = true;
    rl_callback_handler_remove();
}

static void cancel_line(void) {
    rl_callback_sigcleanup();
    rl_point = rl_end; /* what is written next stands behind the block */
    redisplay();
    fputs("^C\n", rl_outstream);
    fflush(rl_outstream);
    rl_free_line_state();
    rl_callback_handler_remove();
}

static bool signalled(void) {
    return INTERRUPTED() || resized || stopped || continued;
}

/* Waits for a key or a signal. Signals are blocked except in here, so that none can come
 * between the look at its flag and the wait. One that came with a key comes first. */
static int wait_for_key(const sigset_t *outside) {
    struct pollfd p = {.fd = fileno(rl_instream), .events = POLLIN};
    if (editor.s->typed_ahead.len) return 1;
    int n = ppoll(&p, 1, NULL, outside);
    sigset_t inside;
    sigprocmask(SIG_SETMASK, outside, &inside);
    sigprocmask(SIG_SETMASK, &inside, NULL);
    return signalled() ? 0 : n;
}

/* readline draws anew only where the size changed, which the second of two signals no longer finds.
 */
static void take_resize(void) {
    if (!resized) return;
    resized = 0;
    session_facts_read(editor.s);
    bool clear = !editor.got && editor.s->facts.cursor;
    int rows, columns, rows_now, columns_now;
    rl_get_screen_size(&rows, &columns);
    if (clear) rl_clear_visible_line();
    rl_resize_terminal();
    rl_get_screen_size(&rows_now, &columns_now);
    if (clear && rows == rows_now && columns == columns_now) rl_forced_update_display();
}

/* Ctrl-Z: the terminal is handed over as it was found, and taken again when qkv comes back, also
 * from a stop that could not be seen coming. */
static void take_stop(void) {
    if (stopped) {
        stopped = 0;
        rl_deprep_terminal();
        sigset_t stop, before;
        sigemptyset(&stop);
        sigaddset(&stop, SIGTSTP);
        signal(SIGTSTP, SIG_DFL);
        raise(SIGTSTP);
        sigprocmask(SIG_UNBLOCK, &stop, &before); /* it stops here */
        sigprocmask(SIG_SETMASK, &before, NULL);
        continued = 1;
    }
    if (!continued) return;
    continued = 0;
    rl_deprep_terminal();
    struct sigaction sa = {.sa_handler = on_stop};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGTSTP, &sa, NULL);
    rl_prep_terminal(1);
    block_keys_install(enter_key, new_line_key);
    session_facts_read(editor.s);
    rl_reset_screen_size();
    rl_forced_update_display();
}

static void take_signals(void) {
    take_stop();
    take_resize();
}

/* The signals that are looked at between keys. While code runs a stop is the system's. */
static void watch(bool on) {
    struct sigaction sa = {.sa_handler = on ? on_stop : SIG_DFL};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGTSTP, &sa, NULL);
    sa.sa_handler = on ? on_continue : SIG_DFL;
    sigaction(SIGCONT, &sa, NULL);
}

/* False when Ctrl-C cancelled; editor.line is NULL at the end of input or of the terminal. */
static bool read_keys(void) {
    static const int watched[] = {SIGINT, SIGHUP, SIGTERM, SIGWINCH, SIGTSTP, SIGCONT};
    sigset_t ours, outside;
    sigemptyset(&ours);
    for (size_t i = 0; i < ARRAY_LEN(watched); i++) sigaddset(&ours, watched[i]);
    sigprocmask(SIG_BLOCK, &ours, &outside);
    watch(true);
    rl_callback_handler_install(editor.prompt, on_line);
    block_keys_install(enter_key, new_line_key); /* the terminal's own keys were bound just now */
    bool cancelled = false;
    while (!editor.got && !cancelled) {
        int n = signalled() ? 0 : wait_for_key(&outside);
        bool broken = n < 0 && errno != EINTR;
        take_signals();
        if (INTERRUPTED()) {
            interrupt_pending = 0;
            cancel_line();
            cancelled = true;
        } else if (n > 0)
            rl_callback_read_char();
        else if (broken)
            break;
    }
    watch(false);
    sigprocmask(SIG_SETMASK, &outside, NULL);
    take_resize(); /* keys that were ready came first */
    return !cancelled;
}

Entry editor_read(Session *s, const char *prompt, const char *more, Str *text) {
    editor.prompt = prompt;
    editor.more = more;
    str_reset(&editor.more_plain);
    plain_prompt(more, &editor.more_plain);
    str_reset(&editor.drawn);
    editor.ending = ending_begin(s, input_waits);
    editor.got = editor.below = false;
    editor.row = 0;
    editor.line = NULL;
    bool ok = read_keys();
    if (ok && editor.line) str_add(text, editor.line);
    if (ok && !editor.line) fputc('\n', rl_outstream);
    Entry e = !ok ? ENTRY_CANCELLED : editor.line ? ENTRY_TEXT : ENTRY_END;
    free(editor.line);
    mem_free(editor.found);
    editor.found = NULL;
    return e;
}

void editor_open(Session *s) {
    editor.s = s;
    rl_readline_name = "qkv";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_attempted_completion_function = attempt;
    rl_basic_word_break_characters = " \t\n\"'`@$><=;|&{([,+-*/%^~:!";
    rl_completer_quote_characters = "";
    rl_initialize();
    rl_getc_function = next_key;
    rl_input_available_hook = input_available;
    rl_redisplay_function = redisplay; /* behind it: it asks no terminal for others' drawing */
    if (rl_function_of_keyseq("\t", NULL, NULL) == rl_complete) rl_bind_key('\t', tab_key);
    if (rl_function_of_keyseq("\x04", NULL, NULL) == rl_delete) rl_bind_key('\x04', end_key);
    rl_bind_keyseq(GROUND_ANSWER, late_ground);
    rl_bind_keyseq(ATTRIBUTES_ANSWER, late_attributes);
    struct sigaction sa = {.sa_handler = on_resize};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGWINCH, &sa, NULL);
}
