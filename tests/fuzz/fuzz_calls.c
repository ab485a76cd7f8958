/* Calls everything that a user can reach with arguments that nobody meant: of the wrong type, size
 * and dtype, extreme, empty, overlapping, the same twice. Each call is a small program of its own;
 * it ends in a value or an error, never in a signal, a sanitizer's report or "a defect in qkv", and
 * in time. Speaks TAP: one line for the walk, one for each finding.
 *
 *     tests/fuzz/fuzz_calls                    the short walk of make check
 *     tests/fuzz/fuzz_calls --seconds 600      until time is up; --seed S begins elsewhere
 *     tests/fuzz/fuzz_calls --print N          the program of call N; --only N runs it
 *     tests/fuzz/fuzz_calls --list             what is called
 *     tests/fuzz/fuzz_calls FILE...            examples to vary, besides the rows' own: Python
 * programs, cut at lines "### name"
 *
 * `make fuzz-calls` runs it for SECONDS (600). A finding shows its program: run it with qkv. Calls
 * run in child processes, some hundreds in each, so that the walk goes on behind a crash; memory
 * that is still in use at a child's end is a finding too. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lang/diag.h"

#include "calls.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1, SHORT_CALLS = 9000 };
#else
enum { SANITIZED = 0, SHORT_CALLS = 30000 };
#endif

enum {
    IN_ONE_CHILD = 400,
    CALL_MS = 150,                     /* the interpreter's own limit */
    HANG_MS = SANITIZED ? 5000 : 1500, /* processor time */
    HANG_WALL_MS = 60000,
    MEMORY_LIMIT = 64 << 20, /* the interpreter's own */
    MEMORY_PEAK = 300 << 20, /* what the process may grow by, unsanitized */
};

/* What a child leaves to its parent. */
typedef struct Board {
    int64_t at;
    int64_t calls, values, errors;
    bool too_large, leaking;
    char what[200];
} Board;

typedef struct Finding {
    char *key;
    int64_t times;
} Finding;

static Board *board;
static VEC(Finding) findings;
static int tap_lines;

/* ---- one call -------------------------------------------------------------------------------- */

static void drop_text(Sink *s, const char *bytes, size_t n) {
    UNUSED(s), UNUSED(bytes), UNUSED(n);
}

static void draw_view(Sink *s, View *view) {
    UNUSED(s);
    ViewStyle style = view_style(&(TermFacts){0});
    canvas_free(view_draw(view, 80, &style));
}

static Sink sink = {.text = drop_text, .show = draw_view};

static void show_error(Err *err) {
    Diag d = {0};
    diag_build(&d, err, NULL, 80);
    if (memchr(d.text.buf, '\x1b', d.text.len)) BUG("an escape in a diagnostic");
    diag_clear(&d);
    err_clear(err);
}

/* A tensor's hooks and attributes are not seen by the cycle collector, but a module's names are. */
static void clear_names(Value module) {
    while (module_count(module)) {
        Value held;
        char *name = mem_strdup(module_name_at(module, 0, &held));
        module_del(module, name);
        mem_free(name);
    }
}

static void run_program(Interp *in, const Str *text) {
    Source *src = source_new("fuzz", text->buf, text->len, 1);
    Value module = interp_module_new(in, "__main__"), last = VALUE_UNSET;
    Err err = {0};
    bool ok = interp_run(in, src, module, RUN_ECHO, &last, NULL, &err);
    if (ok && last.tag != VT_UNSET) {
        Str shown = STR_INIT;
        ok = value_repr(in, last, &shown, &err);
        str_clear(&shown);
    }
    if (!ok) show_error(&err);
    board->calls++;
    ok ? board->values++ : board->errors++;
    value_release(last);
    source_release(src);
    clear_names(module);
    value_release(module);
}

static void set_timers(int cpu_ms, int wall_ms) {
    struct itimerval cpu = {.it_value = {cpu_ms / 1000, cpu_ms % 1000 * 1000}};
    struct itimerval wall = {.it_value = {wall_ms / 1000, wall_ms % 1000 * 1000}};
    setitimer(ITIMER_VIRTUAL, &cpu, NULL);
    setitimer(ITIMER_REAL, &wall, NULL);
}

static int64_t peak_bytes(void) {
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (int64_t)use.ru_maxrss * 1024;
}

/* ---- children ------------------------------------------------------------------------------- */

static void child_run(Interp *in, CallList *list, uint64_t seed, int64_t from, int64_t to) {
    Str text = STR_INIT;
    int64_t before = peak_bytes();
    for (int64_t n = from; n < to; n++) {
        const char *what = call_program(list, seed, n, &text);
        board->at = n;
        snprintf(board->what, sizeof board->what, "%.*s", (int)strcspn(what, "\n"), what);
        set_timers(HANG_MS, HANG_WALL_MS);
        run_program(in, &text);
        if (!SANITIZED && peak_bytes() - before > MEMORY_PEAK) {
            board->too_large = true;
            _exit(1);
        }
    }
    set_timers(HANG_MS * 4, HANG_WALL_MS);
    board->at = to;
    str_clear(&text);
    interp_free(in);
    call_list_clear(list);
    board->leaking = tensor_memory_used() != 0;
    exit(board->leaking ? 1 : 0); /* LeakSanitizer looks here */
}

/* What the child's standard error says, in one line: the same for the same place in the code. */
static void name_finding(FILE *log, int status, Str *key) {
    static const char *const signs[] = {"SUMMARY: ", "runtime error: ", "a defect in qkv itself"};
    char line[1000];
    rewind(log);
    while (fgets(line, sizeof line, log))
        for (size_t i = 0; i < ARRAY_LEN(signs); i++)
            if (strstr(line, signs[i])) {
                str_reset(key);
                str_addn(key, line, strcspn(line, "\n"));
            }
    if (key->len && !strstr(str_cstr(key), "byte(s) leaked")) return;
    if (board->too_large)
        str_printf(key, "memory far above the limit: %s", board->what);
    else if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGVTALRM || WTERMSIG(status) == SIGALRM))
        str_printf(key, "no answer in %d ms: %s", HANG_MS, board->what);
    else if (WIFSIGNALED(status))
        str_printf(key, "%s: %s", strsignal(WTERMSIG(status)), board->what);
    else
        str_printf(key, "%s: %s", board->leaking ? "a tensor is left" : "exit", board->what);
}

static void quote(const char *text) {
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        printf("#     %.*s\n", (int)MIN(n, 400), p);
        p += n + (p[n] == '\n');
    }
}

static void quote_log(FILE *log) {
    char line[400];
    rewind(log);
    for (int i = 0; i < 30 && fgets(line, sizeof line, log); i++) printf("#   | %s", line);
}

/* Runs calls [from, to) in a child; returns the number of the call behind the last that ended. */
static int64_t run_child(Interp *in, CallList *list, uint64_t seed, int64_t from, int64_t to) {
    FILE *log = tmpfile();
    if (!log) BUG("no temporary file");
    board->too_large = board->leaking = false;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fileno(log), STDERR_FILENO);
        child_run(in, list, seed, from, to);
    }
    int status;
    waitpid(pid, &status, 0);
    if (status == 0) {
        fclose(log);
        return to;
    }
    Str key = STR_INIT, text = STR_INIT;
    name_finding(log, status, &key);
    size_t i = 0;
    while (i < findings.count && strcmp(findings.items[i].key, str_cstr(&key)) != 0) i++;
    if (i == findings.count) {
        vec_push(&findings, (Finding){mem_strdup(str_cstr(&key)), 0});
        printf("not ok %d - call %lld: %s\n", ++tap_lines, (long long)board->at, str_cstr(&key));
        if (board->at < to) call_program(list, seed, board->at, &text);
        if (board->at == to)
            printf("# at the end of calls %lld to %lld\n", (long long)from, (long long)to - 1);
        quote(str_cstr(&text));
        quote_log(log);
    }
    findings.items[i].times++;
    str_clear(&key);
    str_clear(&text);
    fclose(log);
    return MIN(board->at + 1, to);
}

/* ---- the walk ------------------------------------------------------------------------------- */

typedef struct Options {
    uint64_t seed;
    int64_t from, calls;
    double seconds;
    bool list;
    int64_t print, only;
} Options;

static void add_file(CallList *list, const char *path) {
    FILE *f = fopen(path, "r");
    char line[4000];
    Str text = STR_INIT;
    if (!f) return;
    while (fgets(line, sizeof line, f)) {
        if (!str_starts(line, "### ")) {
            str_add(&text, line);
        } else if (text.len) {
            vec_push(&list->seeds, str_detach(&text));
        }
    }
    if (text.len) vec_push(&list->seeds, str_detach(&text));
    str_clear(&text);
    fclose(f);
}

static Options read_options(int argc, char **argv, CallList *list) {
    Options o = {.seed = 1, .calls = SHORT_CALLS, .print = -1, .only = -1};
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "0";
        if (strncmp(argv[i], "--", 2) != 0) {
            add_file(list, argv[i]);
            continue;
        }
        if (!strcmp(argv[i], "--list")) {
            o.list = true;
            continue;
        }
        if (!strcmp(argv[i], "--seed")) o.seed = strtoull(value, NULL, 10);
        if (!strcmp(argv[i], "--from")) o.from = strtoll(value, NULL, 10);
        if (!strcmp(argv[i], "--calls")) o.calls = strtoll(value, NULL, 10);
        if (!strcmp(argv[i], "--print")) o.print = strtoll(value, NULL, 10);
        if (!strcmp(argv[i], "--only")) o.only = strtoll(value, NULL, 10);
        if (!strcmp(argv[i], "--seconds")) {
            o.seconds = strtod(value, NULL);
            o.calls = INT64_MAX;
        }
        i++;
    }
    return o;
}

static void print_list(const CallList *list) {
    for (size_t i = 0; i < list->calls.count; i++) {
        const Callable *c = &list->calls.items[i];
        printf("%s%s", c->text, c->property ? "" : c->known ? "(" : "(?");
        for (size_t k = 0; k < c->params.count; k++)
            printf("%s%s", k ? ", " : "", c->params.items[k].name);
        printf("%s\n", c->property ? "" : ")");
    }
}

static void walk(Interp *in, CallList *list, const Options *o) {
    int64_t n = o->from, end = o->calls > INT64_MAX - n ? INT64_MAX : n + o->calls;
    int64_t stop = o->seconds > 0 ? clock_ns() + (int64_t)(o->seconds * 1e9) : INT64_MAX;
    while (n < end && clock_ns() < stop)
        n = run_child(in, list, o->seed, n, MIN(end, n + IN_ONE_CHILD));
    printf("%s %d - %lld calls of %zu callables, %zu examples: %lld values, %lld errors, %zu "
           "findings\n",
           findings.count ? "not ok" : "ok", ++tap_lines, (long long)board->calls,
           list->calls.count, list->seeds.count, (long long)board->values, (long long)board->errors,
           findings.count);
    for (size_t i = 0; i < findings.count; i++)
        printf("# %6lld  %s\n", (long long)findings.items[i].times, findings.items[i].key);
    printf("1..%d\n", tap_lines);
}

int main(int argc, char **argv) {
    Str text = STR_INIT;
    board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED) BUG("no shared memory");
    memory_limit_set(MEMORY_LIMIT);
    Interp *in = interp_new(&(InterpConfig){
        .sink = &sink, .output_limit = 1u << 20, .time_limit_ns = CALL_MS * INT64_C(1000000)});
    builtin_install(in);
    CallList list = call_list_make(in);
    Options o = read_options(argc, argv, &list);
    if (o.list) {
        print_list(&list);
    } else if (o.print >= 0 || o.only >= 0) {
        call_program(&list, o.seed, MAX(o.print, o.only), &text);
        fputs(str_cstr(&text), stdout);
        if (o.only >= 0) run_program(in, &text);
    } else {
        walk(in, &list, &o);
    }
    str_clear(&text);
    for (size_t i = 0; i < findings.count; i++) mem_free(findings.items[i].key);
    vec_clear(&findings);
    interp_free(in);
    call_list_clear(&list);
    munmap(board, sizeof *board);
    return 0;
}
