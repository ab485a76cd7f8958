/* Memory that runs out, and code that asks for too much of it: through whole scripts, from the
 * parser to the kernels. */
#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "builtin/builtin.h"
#include "check_tap.h"

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = true };
#else
enum { SANITIZED = false };
#endif
#include "eval/interp.h"
#include "grad/tape.h"
#include "tensor/tensor.h"

static const char script[] =
    "import torch\n"
    "import torch.nn.functional as F\n"
    "torch.manual_seed(0)\n"
    "net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.GELU(), torch.nn.LayerNorm(8))\n"
    "opt = torch.optim.AdamW(net.parameters(), lr=0.1)\n"
    "q = k = v = torch.randn(1, 2, 6, 4)\n"
    "for step in range(2):\n"
    "    a = torch.softmax(q @ k.transpose(-2, -1) / 2.0 + torch.ones(6, 6).tril().log(), dim=-1)\n"
    "    b = F.scaled_dot_product_attention(q, k, v, is_causal=True)\n"
    "    loss = F.cross_entropy(net((a @ v + b).view(12, 4)), torch.arange(12) % 8)\n"
    "    opt.zero_grad()\n"
    "    loss.backward()\n"
    "    opt.step()\n"
    "d = {str(i): [x, x[0], x.topk(2).values] for i, x in enumerate(a.unbind(1))}\n"
    "t = torch.einsum('bhij->bhji', a)[..., ::2].contiguous()\n"
    "t[t > 0.5] = torch.tensor(7.0)\n"
    "text = repr(t) + f'{loss:.4f} {sorted(d)}'\n";

static Interp *in;

static void setup(void) {
    in = interp_new(&(InterpConfig){0});
    builtin_install(in);
    Value m = VALUE_UNSET;
    Err err = {0};
    ck_assert(interp_import(in, "torch", &m, &err)); /* the prelude's own work is done before */
    value_release(m);
}

static void teardown(void) {
    interp_free(in);
    ck_assert_uint_eq(tensor_memory_used(), 0);
    ck_assert_int_eq(grad_live_nodes(), 0);
}

/* Runs a text in a scope of its own; *text takes over what its variable `text` holds. */
static bool run(const char *code, Str *text, Err *err) {
    Source *src = source_new("script", code, strlen(code), 1);
    Value scope = interp_module_new(in, "__main__"), v = VALUE_UNSET;
    bool ok = interp_run(in, src, scope, 0, NULL, NULL, err);
    if (ok && text && module_get(scope, "text", &v)) ok = value_str(in, v, text, err);
    value_release(v);
    value_release(scope);
    source_release(src);
    return ok;
}

/* ---- an allocation of a tensor that fails --------------------------------------------------- */

START_TEST(a_tensor_that_finds_no_memory_is_an_error)
{
    Str want = STR_INIT;
    Err err = {0};
    bool done = false;
    ck_assert_msg(run(script, &want, &err), "%s", err.msg);
    long n = 1;
    for (; !done; n++) {
        Str got = STR_INIT;
        mem_fail_answered_after(n);
        done = run(script, &got, &err);
        mem_fail_answered_after(0);
        ck_assert_msg(done || err.kind == ERR_MEMORY, "allocation %ld: %s: %s", n,
                      err_kind_name(err.kind), err.msg ? err.msg : "");
        if (done) ck_assert_str_eq(str_cstr(&got), str_cstr(&want));
        err_clear(&err);
        if (n % 32 == 0) { /* nothing is left behind that would change what comes after */
            str_reset(&got);
            ck_assert_msg(run(script, &got, &err), "after %ld: %s", n, err.msg);
            ck_assert_str_eq(str_cstr(&got), str_cstr(&want));
        }
        str_clear(&got);
    }
    ck_assert_int_gt(n, 100); /* the script does allocate */
    str_clear(&want);
}
END_TEST

/* ---- any allocation that fails -------------------------------------------------------------- */

/* In a process of its own: 0 done, 2 a MemoryError, 1 the line of mem_alloc. */
static int run_failing(long n, int err_fd) {
    pid_t pid = fork();
    if (pid == 0) {
        Err err = {0};
        dup2(err_fd, STDERR_FILENO);
        mem_fail_after(n);
        bool ok = run(script, NULL, &err);
        mem_fail_after(0);
        _exit(ok ? 0 : err.kind == ERR_MEMORY ? 2 : 3);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    ck_assert_msg(WIFEXITED(status), "allocation %ld: signal %d", n, WTERMSIG(status));
    return WEXITSTATUS(status);
}

/* One in 31 of all allocations, so that the test takes seconds: the script makes thousands. */
START_TEST(any_allocation_that_fails_ends_in_one_line)
{
    char path[] = "/tmp/qkv-memory-XXXXXX", text[200];
    int fd = mkstemp(path), lines = 0, errors = 0;
    unlink(path);
    for (long n = 1;; n += 31) {
        ck_assert_int_eq(ftruncate(fd, 0), 0);
        lseek(fd, 0, SEEK_SET);
        int status = run_failing(n, fd);
        if (status == 0) break;
        ssize_t got = pread(fd, text, sizeof text - 1, 0);
        text[MAX(got, 0)] = '\0';
        ck_assert_msg(status == 1 || status == 2, "allocation %ld: status %d", n, status);
        errors += status == 2;
        lines += status == 1;
        if (status == 1)
            ck_assert_msg(strncmp(text, "qkv: out of memory (", 20) == 0 &&
                              strchr(text, '\n') == text + strlen(text) - 1,
                          "allocation %ld said '%s'", n, text);
    }
    close(fd);
    ck_assert_int_gt(lines, 50);
    ck_assert_int_gt(errors, 2);
}
END_TEST

/* ---- too much ------------------------------------------------------------------------------- */

static const char *const hostile[] = {
    "torch.zeros(10**6, 10**6)",
    "'a' * 10**12",
    "b = [0] * 10**12",
    "(0,) * 10**11",
    "torch.einsum('i,j,k,l->ijkl', *[torch.ones(1000)] * 4)",
    "torch.ones(10**6, 1) + torch.ones(1, 10**6)",
    "torch.ones(3).expand(10**9, 3).contiguous()",
    "torch.arange(10**9)",
    "torch.linspace(0, 1, 10**9)",
    "torch.eye(10**6)",
    "torch.randn(10**5, 10**5)",
    "torch.ones(10**5).repeat(10**7)",
    "torch.ones(10**5).repeat_interleave(10**5)",
    "torch.ones(10**4, 1) @ torch.ones(1, 10**5)",
    "torch.nn.Linear(10**6, 10**6)",
    "torch.nn.Embedding(10**9, 10**3)",
    "torch.nn.functional.one_hot(torch.tensor([10**10]))",
    "torch.nn.functional.pad(torch.ones(1), (0, 10**10))",
    "torch.bincount(torch.tensor([10**11]))",
    "torch.tril_indices(10**6, 10**6)",
    "torch.randperm(10**10)",
    "x = torch.ones(8)\nwhile True: x = torch.cat([x, x])",
    "x = torch.ones(64, 64)\nwhile True: x = torch.cat([x @ x, x])[:, :64]",
    "s = 'ab'\nwhile True: s += s",
    "a = [1]\nwhile True: a = a + a",
    "f'{1:1000000000}'",
    "f'{1.5:.1000000000f}'",
    "'%1000000000d' % 1",
    "'x'.ljust(10**12)",
    "'x'.join(['a' * 10**6] * 10**6)",
    "'a'.replace('a', 'b' * 10**7) * 10**5",
    "list(range(10**12))",
    "sorted(range(10**11))",
    "[i for i in range(10**4)] * 10**9",
    "print('a' * 10**8 * 100)",
    "x = []\nfor i in range(10**5): x = [x]\nrepr(x)",
    "def f(n): return f(n + 1)\nf(0)",
};

/* By a sanitizer or by valgrind, which have times and memory of their own. */
static bool watched(void) {
    return SANITIZED || getenv("QKV_TEST_SLOWER");
}

static double processor_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long resident_kb(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

/* Each in a process of its own (Check forks): a clear error, soon, under the limit. */
START_TEST(too_much_is_refused_at_once)
{
    enum { LIMIT = 128 << 20 };
    Str code = STR_INIT;
    Err err = {0};
    str_printf(&code, "import torch\n%s\n", hostile[_i]);
    memory_limit_set(LIMIT);
    double start = processor_ms();
    long before = resident_kb();
    bool ok = run(str_cstr(&code), NULL, &err);
    double took = processor_ms() - start;
    long grown = resident_kb() - before;
    ck_assert_msg(!ok, "%s was done", hostile[_i]);
    ck_assert_msg(err.kind == ERR_MEMORY || err.kind == ERR_RUNTIME || err.kind == ERR_VALUE ||
                      err.kind == ERR_RECURSION || err.kind == ERR_OVERFLOW,
                  "%s: %s: %s", hostile[_i], err_kind_name(err.kind), err.msg);
    ck_assert_msg(err.msg && *err.msg, "%s: no text", hostile[_i]);
    bool grows = strstr(hostile[_i], "\n") != NULL; /* fills the memory it may have first */
    ck_assert_msg(watched() || took < (grows ? 1000 : 100), "%s took %.0f ms", hostile[_i], took);
    ck_assert_msg(watched() || grown < (LIMIT + LIMIT / 8) >> 10, "%s took %ld kB", hostile[_i],
                  grown);
    err_clear(&err);
    str_clear(&code);
}
END_TEST

/* ---- too long ------------------------------------------------------------------------------- */

/* x, a, b and i have 10^12 elements and the storage of one. */
static const char wide[] = "import torch, numpy as np\n"
                           "x = torch.zeros(1).expand(10**6, 10**6)\n"
                           "a = np.broadcast_to(np.float64(0), (10**6, 10**6))\n"
                           "b = torch.zeros(1, dtype=torch.bool).expand(10**6, 10**6)\n"
                           "i = torch.zeros(1, dtype=torch.int64).expand(10**12)\n"
                           "one = torch.zeros(1)\n";
static const char *const endless[] = {
    "x.sum()",
    "x.sum(0)",
    "x.sum(1)",
    "x.mean()",
    "x.t().mean(1)",
    "x[:, ::2].sum()",
    "x.prod()",
    "x.amax()",
    "x.max()",
    "x.std()",
    "x.var(0)",
    "x.norm()",
    "x.logsumexp(0)",
    "x.logsumexp(1)",
    "x.all()",
    "b.any()",
    "b.all(0)",
    "x.count_nonzero()",
    "x.topk(1)",
    "x.kthvalue(1)",
    "x.mode()",
    "x @ x[0]",
    "x @ x[:, :1]",
    "torch.einsum('ij->', x)",
    "torch.linalg.norm(x)",
    "i.sum()",
    "i.max()",
    "i.prod()",
    "i.unfold(0, 3, 1).sum()",
    "one.half().expand(10**12).sum()",
    "one.double().expand(10**12).sum()",
    "one.bfloat16().expand(10**12).mean()",
    "one.to(torch.complex64).expand(10**12).sum()",
    "one.expand(10**12).unfold(0, 3, 1).sum()",
    "a.sum()",
    "a.sum(0)",
    "a.sum(1)",
    "a.T.sum(1)",
    "a.mean()",
    "a.max()",
    "a.std()",
    "np.broadcast_to(np.float32(0), (10**12,)).sum()",
    "a @ a[0]",
    "max(i)",
    "sum(x)",
    "sum(a)",
    "[r.sum() for r in x]",
};

/* Time limits and Ctrl-C are one flag. */
START_TEST(what_is_long_ends_in_time)
{
    Err err = {0};
    Str code = STR_INIT;
    memory_limit_set(512 << 20);
    ck_assert_msg(run(wide, NULL, &err), "%s", err.msg); /* loads what it imports */
    for (size_t i = 0; i < ARRAY_LEN(endless); i++) {
        str_clear(&code);
        str_printf(&code, "%s%s\n", wide, endless[i]);
        interp_time_limit_set(in, 20000000);
        double start = processor_ms();
        bool ok = run(str_cstr(&code), NULL, &err);
        double took = processor_ms() - start;
        ck_assert_msg(!ok && err.kind == ERR_TIMEOUT, "%s: %s", endless[i], ok ? "done" : err.msg);
        ck_assert_msg(took < (watched() ? 5000 : 1000), "%s took %.0f ms", endless[i], took);
        err_clear(&err);
    }
    str_clear(&code);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("memory");
    TCase *tc = tcase_create("memory");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_tensor_that_finds_no_memory_is_an_error);
    if (!watched()) /* a fork of such a process takes a second */
        tcase_add_test(tc, any_allocation_that_fails_ends_in_one_line);
    tcase_add_loop_test(tc, too_much_is_refused_at_once, 0, (int)ARRAY_LEN(hostile));
    tcase_add_test(tc, what_is_long_ends_in_time);
    suite_add_tcase(s, tc);
    return s;
}

int main(void) {
    return check_tap(suite());
}
