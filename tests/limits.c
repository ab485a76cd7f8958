/* What --memory and time limits promise, held against whole processes: a table of requests for too
 * much and programs composed at random of what makes large things. Each runs by itself; its exit
 * status, its message, its processor time and the most that it ever held are looked at.
 *
 *     tests/limits             the table and a few composed programs, as in `make check`
 *     tests/limits 500 7       the table at its full size and 500 composed programs from seed 7
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

#ifdef __SANITIZE_ADDRESS__
enum { SLOWER = 8, WATCHED = 1 };
#else
enum { SLOWER = 1, WATCHED = 0 };
#endif
enum {
    MEGABYTES = 256, /* the limit of requests that are refused at a glance, and of all by itself */
    FILLED_MB = WATCHED ? 32 : 64, /* ... of those that fill it first, in the suite */
    START_MB = 16,    /* code, libraries, stacks: what a process holds that was asked nothing */
    COMPOSED_MB = 64, /* the limit of composed programs: they are many */
    COMPOSED = WATCHED ? 3 : 12, /* ... of which so many run in the suite */
    DEPTH = 5,
    /* N of the table: steps of a text that grows in place. ASan's realloc copies: a square. */
    GROWN = WATCHED ? 20000 : 500000,
};

typedef struct Outcome {
    int status;     /* of exit; 128 + the signal's number */
    double seconds; /* of the processor */
    long megabytes; /* at the most */
    Str err;        /* what came on stderr */
} Outcome;

static int number, failures;

/* ---- a process ----------------------------------------------------------------------------- */

/* ASan's memmem looks at all of the text before it searches: for many hits that is a square. */
static void search_as_without_asan(void) {
    const char *had = getenv("ASAN_OPTIONS");
    Str options = STR_INIT;
    str_printf(&options, "%s%sintercept_memmem=0", had ? had : "", had ? ":" : "");
    setenv("ASAN_OPTIONS", str_cstr(&options), 1);
    str_clear(&options);
}

static void child(const char *qkv, const char *memory, const char *code, int err_fd) {
    int null = open("/dev/null", O_RDWR);
    struct rlimit cpu = {60, 60};
    setrlimit(RLIMIT_CPU, &cpu);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(err_fd, STDERR_FILENO);
    if (WATCHED) search_as_without_asan();
    Str sized = STR_INIT;
    str_printf(&sized, "N = %d\n%s", GROWN, code);
    execl(qkv, qkv, "--norc", "--memory", memory, "-c", str_cstr(&sized), (char *)NULL);
    _exit(127);
}

static void run(const char *code, int megabytes, Outcome *o) {
    const char *qkv = getenv("QKV");
    char memory[32], bytes[4096];
    int ends[2], status = 0;
    struct rusage use = {0};
    snprintf(memory, sizeof memory, "%dM", megabytes);
    if (pipe(ends) != 0) exit(1);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(qkv ? qkv : "src/qkv", memory, code, ends[1]);
    }
    close(ends[1]);
    *o = (Outcome){0};
    for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) != 0;) {
        if (n < 0 && errno != EINTR) break;
        if (n > 0 && o->err.len < 1 << 20) str_addn(&o->err, bytes, (size_t)n);
    }
    close(ends[0]);
    while (wait4(pid, &status, 0, &use) < 0 && errno == EINTR) {
    }
    o->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    o->seconds = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
                 (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
    o->megabytes = use.ru_maxrss >> 10;
}

static void report(bool ok, const char *name, const char *code, const Outcome *o) {
    printf("%sok %d - %s\n", ok ? "" : "not ", ++number, name);
    if (ok) return;
    failures++;
    printf("# exit %d, %.2f s, %ld MB\n", o->status, o->seconds, o->megabytes);
    const char *last = str_cstr(&o->err);
    for (const char *p = last; *p; p++)
        if (p[0] == '\n' && p[1] && p[1] != ' ') last = p + 1;
    printf("# %.200s\n", last);
    for (const char *p = code; *p;) {
        int n = (int)strcspn(p, "\n");
        printf("# > %.*s\n", n, p);
        p += n + (p[n] != '\0');
    }
}

static bool within(const Outcome *o, int megabytes, double seconds) {
    bool fits = WATCHED || o->megabytes <= megabytes * 6 / 5 + START_MB;
    return fits && o->seconds <= seconds * SLOWER;
}

/* ---- the table ------------------------------------------------------------------------------ */

#include "limits_table.h"

static void run_row(const Request *r, bool suite) {
    int megabytes = suite && r->seconds >= 0.5 ? FILLED_MB : MEGABYTES;
    Outcome o;
    char name[100];
    snprintf(name, sizeof name, "%.90s", r->code);
    for (char *p = name; *p; p++)
        if (*p == '\n' || *p == '#') *p = ';';
    run(r->code, megabytes, &o);
    bool said = r->wanted ? o.status == 1 && strstr(str_cstr(&o.err), r->wanted) : o.status == 0;
    report(said && within(&o, megabytes, r->seconds), name, r->code, &o);
    str_clear(&o.err);
}

/* ---- composed programs ---------------------------------------------------------------------- */

/* Each line makes a new x of the old one. */
static const char *const builders[] = {
    "x = str(x) * 7",
    "x = [x] * 5",
    "x = (x, str(x) + '1')",
    "x = {'k': x, 'l': str(x)[1:]}",
    "x = repr(x)",
    "x = f'{x}{x!r:>10}'",
    "x = '{} {!r} {}'.format(x, x, x)",
    "x = '%s %r' % (x, [x])",
    "x = ','.join(map(str, [x] * 5))",
    "x = ','.join([str(x) + str(i) for i in range(20)])",
    "x = str(x)[::2]",
    "x = str(x)[::-1] + 'é'",
    "x = str(x).replace('a', 'bcd')",
    "x = str(x).translate({97: 'aaaa'})",
    "x = str(x).split('b')",
    "x = str(x).split()",
    "x = str(x).splitlines(True) + [str(x)]",
    "x = str(x).partition('b')",
    "x = list(str(x))",
    "x = set(enumerate(str(x)))",
    "x = dict(enumerate(str(x)))",
    "x = str(x).upper().title().center(10**6)",
    "x = copy.deepcopy([x, (str(x) + '2', x)])",
    "x = copy.copy([x]) * 3",
    "x = sorted([str(x) + str(i) for i in range(8)], key=len)",
    "x = [str(x) + str(i) for i in range(40)]",
    "x = {i: str(x) + str(i) for i in range(20)}",
    "x = deque([str(x) + 'a'] * 4)",
    "x = list(zip(str(x), str(x)))",
    "x = list(map(str, range(len(str(x)))))",
    "x = ValueError(x)",
    "x = str(KeyError(x)) + repr(ValueError(x, x))",
    "x = [lambda y=str(x) + str(i): y for i in range(10)]",
    "x = list(itertools.accumulate([str(x)] * 6))",
    "x = list(itertools.product(str(x)[:3000], repeat=2))",
    "x = torch.ones(len(str(x)) // 8 + 1)",
    "x = torch.arange(len(str(x)) // 16 + 1).tolist()",
    "x = np.arange(len(str(x)) // 16 + 1) * 2.5",
    "x = [torch.ones(100) * i for i in range(len(str(x)) // 100)]",
    ("y = torch.ones(len(str(x)) // 64 + 1, requires_grad=True)\n"
     "for i in range(20): y = y * 1.5\nx = str(y)"),
    "print(x)",
    "print(x, [x], sep=str(x)[:100])",
};

static uint64_t random_next(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void compose(uint64_t seed, Str *code) {
    uint64_t state = seed * 2654435761u + 12345;
    str_add(code,
            "import copy, itertools, torch\nimport numpy as np\nfrom collections import deque\n"
            "x = 'ab' * 10**6\n");
    int depth = 2 + (int)(random_next(&state) % (DEPTH - 1));
    for (int i = 0; i < depth; i++)
        str_printf(code, "%s\n", builders[random_next(&state) % ARRAY_LEN(builders)]);
}

/* It is done, or the memory (or what may be printed) is full; anything else is a fault. */
static void run_composed(uint64_t seed) {
    static const char *const full[] = {"MemoryError", "were printed in one run", "too long"};
    Str code = STR_INIT;
    Outcome o;
    char name[40];
    bool said = false;
    compose(seed, &code);
    run(str_cstr(&code), COMPOSED_MB, &o);
    for (size_t i = 0; i < ARRAY_LEN(full); i++) said |= strstr(str_cstr(&o.err), full[i]) != NULL;
    snprintf(name, sizeof name, "composed %llu", (unsigned long long)seed);
    report((o.status == 0 || (o.status == 1 && said)) && within(&o, COMPOSED_MB, 5), name,
           str_cstr(&code), &o);
    str_clear(&code);
    str_clear(&o.err);
}

int main(int argc, char **argv) {
    bool suite = argc < 2;
    long n = suite ? COMPOSED : strtol(argv[1], NULL, 10);
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) * 1000000 : 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t i = 0; i < ARRAY_LEN(requests); i++) run_row(&requests[i], suite);
    for (long i = 0; i < n; i++) run_composed(seed + (uint64_t)i);
    printf("1..%d\n", number);
    return failures > 0;
}
