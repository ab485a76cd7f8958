/* See pcre.h. */
#include "config.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/library.h"
#include "python/pcre.h"
#include "eval/interp.h"
#include "value/seq.h"
#include "value/strobj.h"

/* ---- the library ------------------------------------------------------------------------- */

/* clang-format off */
#define FUNCTIONS(X)                                                                               \
    X(compile_context_create) X(compile_context_free) X(set_newline) X(compile) X(code_free)       \
    X(match_context_create) X(match_context_free) X(set_match_limit) X(set_depth_limit)            \
    X(set_heap_limit) X(match_data_create_from_pattern) X(match_data_free) X(match)                \
    X(get_ovector_pointer) X(get_ovector_count) X(get_error_message)
/* clang-format on */

static struct {
    bool tried;
    void *lib;
    char why[200];
#define X(name) __typeof__(&pcre2_##name##_8) name;
    FUNCTIONS(X)
#undef X
} pcre;

static bool open_library(Err *err) {
    if (!pcre.tried) {
        pcre.tried = true;
        pcre.lib = library_open(PCRE2_SONAME, pcre.why, sizeof pcre.why);
#define X(name)                                                                                    \
    if (pcre.lib && !library_find(pcre.lib, &pcre.name, "pcre2_" #name "_8")) {                    \
        snprintf(pcre.why, sizeof pcre.why, "%s has no pcre2_%s_8", PCRE2_SONAME, #name);          \
        library_close(pcre.lib);                                                                   \
        pcre.lib = NULL;                                                                           \
    }
        FUNCTIONS(X)
#undef X
    }
    if (pcre.lib) return true;
    err_set(err, ERR_RUNTIME, "re needs the library PCRE2, which is not here: %s", pcre.why);
    return err_hint(err, "install it (Debian: libpcre2-8-0), or use the methods of str");
}

/* ---- a compiled pattern as a value --------------------------------------------------------- */

typedef struct PatternObj {
    Obj head;
    pcre2_code *code;
} PatternObj;

static void pattern_destroy(Obj *o) {
    pcre2_code *code = ((PatternObj *)o)->code;
    if (code) pcre.code_free(code);
}

static Type type_pattern = {
    .name = "_pcre.Code",
    .base = &type_object,
    .size = sizeof(PatternObj),
    .destroy = pattern_destroy,
    .hash = obj_hash_identity,
};

static bool p_compile(Interp *in, Value *a, Value *out, Err *err) {
    int64_t flags;
    if (!open_library(err) || !value_to_int(in, a[1], &flags, err)) return false;
    const StrObj *text = str_of(a[0]);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C;
    if (flags & 2) options |= PCRE2_CASELESS;
    if (flags & 8) options |= PCRE2_MULTILINE;
    if (flags & 16) options |= PCRE2_DOTALL;
    pcre2_compile_context *ctx = pcre.compile_context_create(NULL);
    pcre.set_newline(ctx, PCRE2_NEWLINE_LF);
    int code;
    PCRE2_SIZE at;
    pcre2_code *made = pcre.compile((PCRE2_SPTR)text->s, text->len, options, &code, &at, ctx);
    pcre.compile_context_free(ctx);
    if (!made) {
        char said[200];
        pcre.get_error_message(code, (PCRE2_UCHAR *)said, sizeof said);
        return err_set(err, ERR_VALUE, "%s", said);
    }
    PatternObj *p = obj_new(&type_pattern);
    p->code = made;
    *out = value_obj(p);
    return true;
}

/* ---- scanning ------------------------------------------------------------------------------- */

/* A place in the subject in bytes and in code points; it moves to where it is asked for, which is
 * near to where it was. */
typedef struct Place {
    const StrObj *s;
    bool ascii;
    size_t byte;
    int64_t index;
} Place;

static int64_t index_of(Place *p, size_t byte) {
    if (p->ascii) return (int64_t)byte;
    for (; p->byte < byte; p->byte++) p->index += (p->s->s[p->byte] & 0xC0) != 0x80;
    for (; p->byte > byte; p->byte--) p->index -= (p->s->s[p->byte - 1] & 0xC0) != 0x80;
    return p->index;
}

/* The spans of one match: start and end of the whole and of every group, -1 for none. */
static Value spans_of(Place *place, const PCRE2_SIZE *ends, uint32_t groups) {
    Value t = tuple_new((int64_t)groups * 2);
    for (uint32_t i = 0; i < groups * 2; i++)
        tuple_items(t)[i] =
            value_int(ends[i] == PCRE2_UNSET ? -1 : index_of(place, (size_t)ends[i]));
    return t;
}

static bool failed(int code, Err *err) {
    if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_DEPTHLIMIT ||
        code == PCRE2_ERROR_HEAPLIMIT) {
        err_set(err, ERR_RUNTIME,
                "re: one match takes more than %d steps or %d MiB, which is where it is stopped",
                PCRE_STEPS, PCRE_HEAP_KIB / 1024);
        return err_hint(err, "nested repeats such as (a+)+ try every way to divide the text; "
                             "write the inner one without its repeat");
    }
    char said[200];
    pcre.get_error_message(code, (PCRE2_UCHAR *)said, sizeof said);
    return err_set(err, ERR_RUNTIME, "re: %s", said);
}

typedef struct Scan {
    pcre2_code *code;
    pcre2_match_context *ctx;
    pcre2_match_data *data;
    const StrObj *s;
    size_t end;       /* bytes of the subject that count */
    uint32_t options; /* of the first match */
    int64_t most;     /* matches wanted; 0: all */
} Scan;

/* As CPython scans: the next match begins where the last one ended, and behind an empty one it may
 * not be empty there. */
static bool scan(Interp *in, Scan *sc, size_t start, Value list, Err *err) {
    Place place = {.s = sc->s, .ascii = str_is_ascii((StrObj *)sc->s)};
    uint32_t options = sc->options;
    while (start <= sc->end && (!sc->most || list_count(list) < sc->most)) {
        if (!interp_poll(in, err)) return false;
        int n =
            pcre.match(sc->code, (PCRE2_SPTR)sc->s->s, sc->end, start, options, sc->data, sc->ctx);
        if (n == PCRE2_ERROR_NOMATCH) return true;
        if (n < 0) return failed(n, err);
        const PCRE2_SIZE *ends = pcre.get_ovector_pointer(sc->data);
        if ((list_count(list) & 0xfff) == 0xfff &&
            !seq_admit(2 * list_count(list), "the matches", err))
            return false;
        list_push_take(list, spans_of(&place, ends, pcre.get_ovector_count(sc->data)));
        start = (size_t)ends[1];
        options = sc->options | PCRE2_NO_UTF_CHECK |
                  (ends[0] == ends[1] ? (uint32_t)PCRE2_NOTEMPTY_ATSTART : 0);
    }
    return true;
}

/* [spans, ...] of the matches of code in string[:endpos] from pos on; how: 0 anywhere, 1 at pos,
 * 2 from pos to endpos. */
static bool p_scan(Interp *in, Value *a, Value *out, Err *err) {
    static const uint32_t hows[] = {0, PCRE2_ANCHORED, PCRE2_ANCHORED | PCRE2_ENDANCHORED};
    int64_t pos, endpos, how, most;
    if (!value_is(a[0], &type_pattern) || !value_is_str(a[1]))
        return err_set(err, ERR_TYPE, "a compiled pattern and a str are wanted");
    if (!value_to_int(in, a[2], &pos, err) || !value_to_int(in, a[3], &endpos, err) ||
        !value_to_int(in, a[4], &how, err) || !value_to_int(in, a[5], &most, err))
        return false;
    StrObj *s = str_of(a[1]);
    int64_t count = str_count(s);
    pos = MIN(MAX(pos, 0), count);
    endpos = MIN(MAX(endpos, 0), count);
    *out = list_new();
    if (pos > endpos || how < 0 || how > 2) return true;
    Scan sc = {.code = ((PatternObj *)a[0].o)->code,
               .ctx = pcre.match_context_create(NULL),
               .s = s,
               .end = str_offset(s, endpos),
               .options = hows[how],
               .most = most};
    pcre.set_match_limit(sc.ctx, PCRE_STEPS);
    pcre.set_depth_limit(sc.ctx, PCRE_DEPTH);
    pcre.set_heap_limit(sc.ctx, PCRE_HEAP_KIB);
    sc.data = pcre.match_data_create_from_pattern(sc.code, NULL);
    bool ok = scan(in, &sc, str_offset(s, pos), *out, err);
    pcre.match_data_free(sc.data);
    pcre.match_context_free(sc.ctx);
    if (!ok) value_release(*out);
    return ok;
}

const NativeRow pcre_rows[] = {
    {"compile(pattern: str, flags: int, /)", p_compile, 0, "A pattern in PCRE2's syntax.",
     ">>> import _pcre; _pcre.scan(_pcre.compile('a+', 0), 'baa', 0, 3, 0, 0)\n[(1, 3)]"},
    {"scan(code, string, pos, endpos, how, most, /)", p_scan, 0, "The spans of all matches.",
     ">>> import _pcre; _pcre.scan(_pcre.compile('(a)?b', 0), 'b', 0, 1, 1, 1)\n[(0, 1, -1, -1)]"},
    {0},
};
