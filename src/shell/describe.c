/* See describe.h. */
#include "config.h"

#include "shell/describe.h"

#include "eval/native.h"
#include "shell/masks.h"
#include "tensorobj/array.h"
#include "value/obj.h"

/* Of a value's text and of a picture in help: more is asked for by the name itself. */
enum { TEXT_LINES = 12, PICTURE_ELEMENTS = 144 };

/* A signature in lines of at most `width` columns, broken behind commas and set under its
 * first parameter. */
static void add_signature(Str *out, const char *sig, size_t width) {
    const char *open = strchr(sig, '(');
    size_t indent = open && (size_t)(open - sig) < width / 2 ? (size_t)(open - sig) + 1 : 4;
    for (size_t column = 0; *sig;) {
        size_t n = strcspn(sig, ",");
        n += sig[n] == ',';
        if (column > indent && column + n > width) {
            str_addc(out, '\n');
            str_fill(out, ' ', indent);
            column = indent;
            if (*sig == ' ') sig++, n--;
        }
        str_addn(out, sig, n);
        column += n;
        sig += n;
    }
}

static void row_page(Session *s, const char *name, const NativeRow *row) {
    Str t = STR_INIT;
    str_add(&t, "```\n");
    add_signature(&t, row->sig, (size_t)MAX(out_width(s) - 4, 20));
    str_printf(&t, "\n```\n\n%s\n", row->doc ? row->doc : "");
    if (row->example) str_printf(&t, "\n```\n%s\n```\n", row->example);
    if (strcmp(name, "qkv.mask") == 0) str_addc(&t, '\n'), masks_list(&t);
    out_markdown(s, str_cstr(&t));
    str_clear(&t);
}

bool signature_of(Session *s, Value v, Str *out) {
    Value sig = VALUE_UNSET;
    Err no = {0}; /* what cannot be called has no signature */
    bool ok = import_call(s->in, "inspect", "signature", &v, 1, &sig, &no) &&
              value_str(s->in, sig, out, &no);
    Source *src;
    Span span;
    if (!ok && value_kind(v) == KIND_TYPE && value_source(v, &src, &span))
        ok = (str_add(out, "()"), true); /* a class without __init__ */
    value_release(sig);
    err_clear(&no);
    return ok;
}

/* ---- tensors -------------------------------------------------------------------------------- */

static void tensor_facts(const char *name, Value v, const Tensor *t, Str *out) {
    size_t numel = (size_t)tensor_numel(t);
    str_printf(out, "`%s`: %s of shape `", name, value_type(v)->name);
    shape_str(out, t->ndim, t->shape);
    str_printf(out, "`, %s, %zu element%s, %zu bytes", dtype_name((DType)t->dtype), numel,
               numel == 1 ? "" : "s", numel * dtype_size((DType)t->dtype));
}

/* `requires_grad`, `is_leaf` and grad_fn, as the tensor says them. */
static void gradient_facts(Session *s, Value v, Str *out) {
    Value wanted = VALUE_UNSET, fn = VALUE_UNSET;
    Err no = {0};
    bool grad = false;
    if (value_lookup(s->in, v, "requires_grad", &wanted, &no) && wanted.tag == VT_BOOL) {
        grad = wanted.b;
        str_printf(out, ", requires_grad=%s", grad ? "True" : "False");
    }
    if (grad && value_lookup(s->in, v, "grad_fn", &fn, &no) && fn.tag == VT_OBJ)
        str_printf(out, ", grad_fn %s", value_type(fn)->name);
    value_release(wanted);
    value_release(fn);
    err_clear(&no);
}

static bool add_text(Session *s, Value v, Str *out, Err *err) {
    Str text = STR_INIT;
    bool ok = value_repr(s->in, v, &text, err);
    const char *p = str_cstr(&text);
    int lines = 0;
    for (; ok && *p && lines < TEXT_LINES; lines++) {
        size_t n = strcspn(p, "\n");
        str_printf(out, "%.*s\n", (int)MIN(n, (size_t)2000), p);
        p += n + (p[n] == '\n');
    }
    if (*p && lines == TEXT_LINES) str_add(out, "...\n");
    str_clear(&text);
    return ok;
}

static bool tensor_page(Session *s, const char *name, Value v, Tensor *t, Err *err) {
    Str facts = STR_INIT;
    tensor_facts(name, v, t, &facts);
    gradient_facts(s, v, &facts);
    out_markdown(s, str_cstr(&facts));
    str_clear(&facts);
    View *picture = tensor_numel(t) <= PICTURE_ELEMENTS ? value_view(v, name) : NULL;
    Str text = STR_INIT;
    bool ok = picture || add_text(s, v, &text, err);
    if (picture)
        out_view_take(s, picture);
    else if (ok)
        out_view_take(s, view_code(str_cstr(&text)));
    str_clear(&text);
    if (ok) out_markdown(s, "`help torch.Tensor` lists what a tensor can do.\n");
    return ok;
}

/* ---- everything else ------------------------------------------------------------------------ */

typedef struct Listing {
    Str text;
    int count;
} Listing;

static void list_name(void *ctx, const char *name) {
    Listing *l = ctx;
    if (name[0] == '_') return;
    str_printf(&l->text, "%s`%s`", l->count++ ? " " : "", name);
}

static void add_members(Session *s, Value v, Str *page) {
    Listing members = {0};
    value_dir(s->in, v, list_name, &members);
    if (members.count) str_printf(page, "\nMembers: %s\n", str_cstr(&members.text));
    str_clear(&members.text);
}

static bool is_code_object(Value v) {
    return value_kind(v) == KIND_TYPE || value_is(v, &type_function) || value_is(v, &type_method) ||
           value_is(v, &type_native);
}

/* The value itself, unless its type's name says it as well. */
static bool add_value(Session *s, const char *name, Value v, Str *page, Err *err) {
    str_printf(page, "`%s`: %s\n\n", name, value_type(v)->name);
    if (is_code_object(v) || value_is(v, &type_module)) return true;
    str_add(page, "```\n");
    bool ok = add_text(s, v, page, err);
    str_add(page, "```\n\n");
    return ok;
}

/* How it is called, for what is there to be called. */
static bool add_call(Session *s, const char *name, Value v, Str *page) {
    Str sig = STR_INIT, whole = STR_INIT;
    bool called = signature_of(s, v, &sig);
    if (called) {
        str_printf(&whole, "%s%s", name, str_cstr(&sig));
        str_add(page, "```\n");
        add_signature(page, str_cstr(&whole), (size_t)MAX(out_width(s) - 4, 20));
        str_add(page, "\n```\n\n");
    }
    str_clear(&sig);
    str_clear(&whole);
    return called;
}

/* Spaces that every line behind the first begins with. */
static size_t margin(const char *doc) {
    size_t least = SIZE_MAX;
    for (const char *p = doc; (p = strchr(p, '\n'));) {
        size_t n = strspn(++p, " ");
        if (p[n] && p[n] != '\n') least = MIN(least, n);
    }
    return least;
}

static void add_doc(Value doc, Str *page) {
    if (!value_is(doc, &type_str)) return;
    const char *p = str_of(doc)->s;
    size_t left = margin(p);
    p += strspn(p, "\n ");
    while (*p) {
        size_t n = strcspn(p, "\n");
        str_printf(page, "%.*s\n", (int)n, p);
        p += n + (p[n] == '\n');
        p += MIN(strspn(p, " "), left);
    }
}

static bool value_page(Session *s, const char *name, Value v, Err *err) {
    Value doc = VALUE_UNSET;
    Str page = STR_INIT;
    bool ok = value_lookup(s->in, v, "__doc__", &doc, err);
    bool called = ok && add_call(s, name, v, &page);
    if (ok && !(called && is_code_object(v))) ok = add_value(s, name, v, &page, err);
    if (ok) add_doc(doc, &page);
    bool plain = value_is(v, &type_str) || value_is_number(v) || value_is(v, &type_function);
    if (ok && !plain) add_members(s, v, &page);
    if (ok) out_markdown(s, str_cstr(&page));
    value_release(doc);
    str_clear(&page);
    return ok;
}

bool describe(Session *s, const char *name, Value v, Err *err) {
    const NativeRow *row = native_row(v);
    Tensor *t = row ? NULL : tensor_peek(v);
    if (row) row_page(s, name, row);
    if (t) return tensor_page(s, name, v, t, err);
    return row || value_page(s, name, v, err);
}
