/* What a function accepts it reads: a parameter that nothing looks at is a keyword that
 * does nothing, and the result silently another than was asked for. tests/unread.txt lists those
 * that cannot change a result, each with its reason; a line there that fits none fails too. */
#include "config.h"

#include <check.h>
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builtin/builtin.h"
#include "check_tap.h"
#include "eval/interp.h"
#include "value/obj.h"
#include "compile/scope.h"
#include "eval/sig.h"
#include "lang/ast.h"

typedef struct Allowed {
    char name[200];
    int line, fits;
} Allowed;

static VEC(Allowed) allowed;
static Str report;

/* "NAME  reason": module.Class.function(parameter), or file:function(parameter) of a row. */
static void read_allowed(void) {
    const char *top = getenv("abs_top_srcdir");
    char path[500], line[400];
    snprintf(path, sizeof path, "%s/tests/unread.txt", top ? top : ".");
    FILE *f = fopen(path, "r");
    if (!f) BUG("no %s", path);
    for (int n = 1; fgets(line, sizeof line, f); n++) {
        Allowed a = {.line = n};
        if (line[0] == '#' || sscanf(line, "%199s", a.name) != 1) continue;
        if (strlen(line) < strlen(a.name) + 3) BUG("unread.txt:%d gives no reason", n);
        if (strpbrk(a.name, "*?["))
            BUG("unread.txt:%d: each parameter stands there by its name", n);
        vec_push(&allowed, a);
    }
    fclose(f);
}

static bool is_allowed(const char *name) {
    bool found = false;
    for (size_t i = 0; i < allowed.count; i++) {
        if (strcmp(allowed.items[i].name, name) != 0) continue;
        allowed.items[i].fits++;
        found = true;
    }
    return found;
}

/* module.Class.function of a scope. */
static void add_name(Str *out, const Scope *s) {
    if (s->parent) add_name(out, s->parent);
    if (!s->node) return;
    const Node *n = s->node;
    if (n->kind == ST_DEF) str_printf(out, ".%s", n->func.name);
    if (n->kind == ST_CLASS) str_printf(out, ".%s", n->klass.name);
    if (n->kind == EX_LAMBDA) str_add(out, ".lambda");
}

/* A body that only refuses, or does nothing at all, reads nothing. */
static bool only_refuses(const Node *f) {
    for (int i = 0; f->kind == ST_DEF && i < f->func.body.count; i++) {
        NodeKind kind = f->func.body.items[i]->kind;
        const Node *text = kind == ST_EXPR ? f->func.body.items[i]->one : NULL;
        if (text && (text->kind == EX_STR || text->kind == EX_ELLIPSIS)) continue;
        if (kind != ST_RAISE && kind != ST_PASS) return false;
    }
    return f->kind == ST_DEF;
}

/* Read by the function itself, by one inside it, or in a comprehension of it. */
static bool is_read(const Scope *s, const char *name) {
    for (const Scope *in = s; in; in = in->next) {
        const Symbol *symbol = in->frame == s ? scope_symbol(in, name) : NULL;
        if (!symbol) continue;
        if (symbol->flags & (SYM_USED | SYM_CELL)) return true;
    }
    return false;
}

static int check_scope(const char *module, const Scope *s) {
    int bad = 0;
    if (s->kind != SCOPE_FUNC || !s->node || only_refuses(s->node)) return 0;
    if (s->node->kind != ST_DEF && s->node->kind != EX_LAMBDA) return 0;
    bool method = s->parent && s->parent->kind == SCOPE_CLASS;
    for (int i = method ? 1 : 0; i < s->node->func.nparams; i++) {
        if (is_read(s, s->node->func.params[i].name)) continue;
        Str name = STR_INIT;
        str_add(&name, module);
        add_name(&name, s);
        str_printf(&name, "(%s)", s->node->func.params[i].name);
        if (!is_allowed(str_cstr(&name))) {
            str_printf(&report, "\n# never read: %s", str_cstr(&name));
            bad++;
        }
        str_clear(&name);
    }
    return bad;
}

static int check_module(const char *name, const char *text) {
    Source *src = source_new(name, text, strlen(text), 1);
    Arena *arena = arena_new();
    Ast ast;
    Err err = {0};
    ScopeMap map;
    Scope *top;
    int bad = 0;
    if (parse(src, PARSE_FILE, arena, &ast, &err) != PARSE_OK ||
        !scope_analyse(&ast, src, arena, &map, &top, &err))
        BUG("%s does not parse", name);
    for (const Scope *s = top; s; s = s->next) bad += check_scope(name, s);
    arena_free(arena);
    source_release(src);
    return bad;
}

/* ---- rows: the C text of a body that takes its slots by number ------------------------------ */

static char *file_text(const char *path) {
    FILE *f = fopen(path, "r");
    if (!f) return NULL;
    Str s = STR_INIT;
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) str_addn(&s, part, n);
    fclose(f);
    return str_detach(&s);
}

/* The body of fn, from its brace on; *end where it ends. NULL where a macro makes it. */
static const char *body_of(const char *text, const char *fn, const char **end) {
    char head[200];
    snprintf(head, sizeof head, "static bool %s(Interp *in, Value *args", fn);
    const char *body = strstr(text, head);
    *end = body ? strstr(body, "\n}\n") : NULL;
    return *end ? strchr(body, '{') : NULL;
}

/* The names of the slots, which a body may begin with: "enum { INPUT, DIM };". NULL: it uses
 * numbers. */
static const char *slot_names(const char *body) {
    static const char begin[] = "{\n    enum { ";
    return strncmp(body, begin, sizeof begin - 1) == 0 ? body + sizeof begin - 1 : NULL;
}

static size_t word_length(const char *p) {
    size_t n = 0;
    while (p[n] == '_' || isalnum((unsigned char)p[n])) n++;
    return n;
}

/* The slot that stands at p, a number or one of the body's names; -1: something else. */
static long slot_at(const char *p, const char *body) {
    size_t n = word_length(p);
    if (isdigit((unsigned char)*p)) return strtol(p, NULL, 10);
    const char *name = slot_names(body);
    for (long slot = 0; name && *name != '}' && n; slot++) {
        if (word_length(name) == n && strncmp(name, p, n) == 0) return slot;
        name += word_length(name);
        name += strspn(name, ", \n");
    }
    return -1;
}

/* Which slots the body of fn reads, as bits; all where it hands args on or counts through them,
 * or is made by a macro. */
static uint64_t slots_read(const char *text, const char *fn) {
    uint64_t read = 0;
    const char *end, *body = body_of(text, fn, &end);
    if (!body) return UINT64_MAX;
    for (const char *p = body; p < end; p++) {
        bool macro = strncmp(p, "ARG_", 4) == 0 || strncmp(p, "OPTIONAL(", 9) == 0;
        if (!macro && strncmp(p, "args", 4) != 0) continue;
        p += macro ? strcspn(p, "(") : 4;
        if (!macro && p[0] == ')' && strncmp(p - 11, "UNUSED(args)", 11) == 0) continue;
        if (!macro && *p != '[') return UINT64_MAX;
        long slot = slot_at(p + 1, body);
        if (slot < 0 || slot > 63) return UINT64_MAX;
        read |= UINT64_C(1) << slot;
    }
    return read;
}

/* The names that a body gives its slots are the parameters of its row, in their order. */
static void check_names(const char *text, const char *fn, const Signature *s, const char *file,
                        int *bad) {
    const char *end, *body = body_of(text, fn, &end), *name = body ? slot_names(body) : NULL;
    for (int i = 0; name && *name != '}'; i++) {
        const char *want = i < s->count ? s->p[i].name->s : "";
        size_t n = word_length(name);
        bool same = strlen(want) == n;
        for (size_t k = 0; same && k < n; k++) same = toupper((unsigned char)want[k]) == name[k];
        if (!same) {
            str_printf(&report, "\n# %s:%s calls slot %d %.*s, which is '%s' in its row", file, fn,
                       i, (int)n, name, want);
            ++*bad;
            return;
        }
        name += n;
        name += strspn(name, ", \n");
    }
}

/* The parameters of a signature's text, each a name. */
static void check_row(const char *text, const char *file, const char *sig, const char *fn,
                      int *bad) {
    uint64_t read = slots_read(text, fn);
    const char *end;
    Signature *s = body_of(text, fn, &end) ? sig_parse(sig) : NULL;
    if (s) check_names(text, fn, s, file, bad);
    for (int i = 0; s && i < s->count && i < 64; i++) {
        if (read >> i & 1 || strcmp(s->p[i].name->s, "self") == 0) continue;
        Str name = STR_INIT;
        str_printf(&name, "%s:%s(%s)", file, s->name->s, s->p[i].name->s);
        if (!is_allowed(str_cstr(&name))) {
            str_printf(&report, "\n# never read: %s", str_cstr(&name));
            ++*bad;
        }
        str_clear(&name);
    }
    sig_free(s);
}

/* {"name(...) -> T", do_name, at p: both, or false. */
static bool read_row(const char *p, Str *sig, char fn[100]) {
    str_reset(sig);
    while (*p == '"') {
        for (p++; *p && *p != '"'; p++) {
            if (*p == '\\') return false;
            str_addc(sig, *p);
        }
        p += *p == '"';
        p += strspn(p, " \n");
    }
    size_t n = 0;
    if (*p++ != ',' || !strchr(str_cstr(sig), '(') || !strchr(str_cstr(sig), ')')) return false;
    for (p += strspn(p, " \n"); (*p == '_' || isalnum((unsigned char)*p)) && n < 99; p++)
        fn[n++] = *p;
    fn[n] = '\0';
    return n > 0 && *p == ',';
}

static int check_rows(void) {
    const char *top = getenv("abs_top_srcdir");
    int bad = 0, rows = 0;
    char path[600];
    glob_t found;
    size_t n = (size_t)snprintf(path, sizeof path, "%s/src/", top ? top : ".");
    snprintf(path + n, sizeof path - n, "*/*.c");
    ck_assert(glob(path, 0, NULL, &found) == 0);
    for (size_t k = 0; k < found.gl_pathc; k++) {
        char *text = file_text(found.gl_pathv[k]), fn[100];
        Str sig = STR_INIT;
        for (const char *p = text; (p = strstr(p, "{\"")); p++) {
            if (!read_row(p + 1, &sig, fn)) continue;
            rows++;
            check_row(text, found.gl_pathv[k] + n, str_cstr(&sig), fn, &bad);
        }
        str_clear(&sig);
        mem_free(text);
    }
    globfree(&found);
    ck_assert_msg(rows > 300, "only %d rows found", rows);
    return bad;
}

START_TEST(parameters_are_read)
{
    Interp *in = interp_new(&(InterpConfig){0});
    const ModuleDef *const *defs;
    int n, bad = 0;
    builtin_install(in);
    n = interp_module_defs(in, &defs);
    for (int i = 0; i < n; i++)
        if (defs[i]->prelude) bad += check_module(defs[i]->name, defs[i]->prelude);
    interp_free(in);
    bad += check_rows();
    for (size_t i = 0; i < allowed.count; i++) {
        if (allowed.items[i].fits) continue;
        str_printf(&report, "\n# unread.txt:%d: %s is read, or is not there", allowed.items[i].line,
                   allowed.items[i].name);
        bad++;
    }
    if (bad) fputs(str_cstr(&report), stderr); /* more than Check takes as a message */
    ck_assert_msg(bad == 0, "%d parameters and lines are not as unread.txt has them", bad);
}
END_TEST

int main(void) {
    Suite *s = suite_create("unread");
    TCase *t = tcase_create("prelude");
    read_allowed();
    tcase_set_timeout(t, 60);
    tcase_add_test(t, parameters_are_read);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    vec_clear(&allowed);
    return rc;
}
