/* A tree as an s-expression, for the parser's tests. */
#include "config.h"

#include <inttypes.h>

#include "check_lang.h"

static void show_list(Str *s, NodeList list) {
    for (int i = 0; i < list.count; i++) {
        str_addc(s, ' ');
        ast_text(s, list.items[i]);
    }
}

static void show_opt(Str *s, const Node *n) {
    str_addc(s, ' ');
    if (n)
        ast_text(s, n);
    else
        str_addc(s, '_');
}

static void show_body(Str *s, NodeList body) {
    str_add(s, " {");
    show_list(s, body);
    str_add(s, " }");
}

static void show_names(Str *s, const char *head, NameList names) {
    str_add(s, head);
    for (int i = 0; i < names.count; i++) str_printf(s, " %s", names.items[i]);
}

static void show_keywords(Str *s, const Keyword *kws, int n) {
    for (int i = 0; i < n; i++) {
        str_printf(s, " %s=", kws[i].name ? kws[i].name : "**");
        ast_text(s, kws[i].value);
    }
}

static void show_params(Str *s, const Param *params, int n) {
    static const char *const marks[] = {"/", "", "*", "kw:", "**"};
    str_add(s, " (");
    for (int i = 0; i < n; i++) {
        str_printf(s, "%s%s%s", i ? " " : "", marks[params[i].kind], params[i].name);
        if (params[i].annotation) str_addc(s, ':'), ast_text(s, params[i].annotation);
        if (params[i].deflt) str_addc(s, '='), ast_text(s, params[i].deflt);
    }
    str_addc(s, ')');
}

static void show_comp(Str *s, const char *head, const Node *n) {
    str_add(s, head);
    show_opt(s, n->comp.elt);
    if (n->comp.value) show_opt(s, n->comp.value);
    for (int i = 0; i < n->comp.nfors; i++) {
        str_add(s, " for");
        show_opt(s, n->comp.fors[i].target);
        show_opt(s, n->comp.fors[i].iter);
        if (n->comp.fors[i].conds.count) str_add(s, " if");
        show_list(s, n->comp.fors[i].conds);
    }
}

static void show_expr(Str *s, const Node *n) {
    switch (n->kind) {
    case EX_UNARY:
        str_add(s, op_text(n->bin.op));
        show_opt(s, n->bin.left);
        break;
    case EX_BINARY:
        str_add(s, op_text(n->bin.op));
        show_opt(s, n->bin.left);
        show_opt(s, n->bin.right);
        break;
    case EX_COMPARE:
        str_add(s, "cmp");
        show_opt(s, n->cmp.first);
        for (int i = 0; i < n->cmp.count; i++) {
            str_printf(s, " %s", op_text(n->cmp.ops[i]));
            show_opt(s, n->cmp.rights[i]);
        }
        break;
    case EX_BOOLOP:
        str_add(s, n->boolop.is_or ? "or" : "and");
        show_list(s, n->boolop.list);
        break;
    case EX_IFEXP:
        str_add(s, "?");
        show_opt(s, n->cond.test);
        show_opt(s, n->cond.then);
        show_opt(s, n->cond.other);
        break;
    case EX_NAMED:
        str_add(s, ":=");
        show_list(s, n->assign.targets);
        show_opt(s, n->assign.value);
        break;
    case EX_LAMBDA:
        str_add(s, "lambda");
        show_params(s, n->func.params, n->func.nparams);
        show_list(s, n->func.body);
        break;
    case EX_CALL:
        str_add(s, "call");
        show_opt(s, n->call.func);
        show_list(s, n->call.args);
        show_keywords(s, n->call.kws, n->call.nkws);
        break;
    case EX_ATTR:
        str_add(s, ".");
        show_opt(s, n->attr.value);
        str_printf(s, " %s", n->attr.name);
        break;
    case EX_INDEX:
        str_add(s, "[]");
        show_opt(s, n->bin.left);
        show_opt(s, n->bin.right);
        break;
    case EX_SLICE:
        str_add(s, ":");
        show_opt(s, n->slice.lower);
        show_opt(s, n->slice.upper);
        show_opt(s, n->slice.step);
        break;
    case EX_DICT:
        str_add(s, "dict");
        for (int i = 0; i < n->dict.count; i++) {
            if (n->dict.keys[i])
                show_opt(s, n->dict.keys[i]);
            else
                str_add(s, " **");
            show_opt(s, n->dict.values[i]);
        }
        break;
    case EX_LISTCOMP:
        show_comp(s, "listcomp", n);
        break;
    case EX_SETCOMP:
        show_comp(s, "setcomp", n);
        break;
    case EX_DICTCOMP:
        show_comp(s, "dictcomp", n);
        break;
    case EX_GENERATOR:
        show_comp(s, "gen", n);
        break;
    case EX_FIELD:
        str_printf(s, "field %s", n->field.debug ? n->field.text : "");
        show_opt(s, n->field.value);
        if (n->field.conv) str_printf(s, " !%c", n->field.conv);
        if (n->field.spec) show_opt(s, n->field.spec);
        break;
    default:
        BUG("expression %d has no text", (int)n->kind);
    }
}

static void show_handlers(Str *s, const Node *n) {
    for (int i = 0; i < n->tryst.nhandlers; i++) {
        const Handler *h = &n->tryst.handlers[i];
        str_add(s, " except");
        if (h->type) show_opt(s, h->type);
        if (h->name) str_printf(s, " as %s", h->name);
        show_body(s, h->body);
    }
}

static void show_flow(Str *s, const char *head, const Node *n) {
    str_add(s, head);
    if (n->flow.target) show_opt(s, n->flow.target);
    show_opt(s, n->flow.test);
    show_body(s, n->flow.body);
    if (n->flow.orelse.count) {
        str_add(s, " else");
        show_body(s, n->flow.orelse);
    }
}

static void show_import(Str *s, const Node *n) {
    if (n->kind == ST_FROM) str_printf(s, "from %d %s", n->import.level, n->import.module);
    str_add(s, n->kind == ST_FROM ? " import" : "import");
    for (int i = 0; i < n->import.count; i++) {
        str_printf(s, " %s", n->import.aliases[i].name);
        if (n->import.aliases[i].asname) str_printf(s, ":%s", n->import.aliases[i].asname);
    }
}

static void show_def(Str *s, const Node *n) {
    str_printf(s, "def %s", n->func.name);
    show_params(s, n->func.params, n->func.nparams);
    if (n->func.returns) str_add(s, " ->"), show_opt(s, n->func.returns);
    if (n->func.decorators.count) str_add(s, " @");
    show_list(s, n->func.decorators);
    if (n->func.doc) str_printf(s, " doc:%s", n->func.doc);
    show_body(s, n->func.body);
}

static void show_stmt(Str *s, const Node *n) {
    switch (n->kind) {
    case ST_ASSIGN:
        str_add(s, "=");
        show_list(s, n->assign.targets);
        show_opt(s, n->assign.value);
        break;
    case ST_AUG:
        str_printf(s, "%s=", op_text(n->bin.op));
        show_opt(s, n->bin.left);
        show_opt(s, n->bin.right);
        break;
    case ST_ANN:
        str_add(s, "ann");
        show_list(s, n->assign.targets);
        show_opt(s, n->assign.annotation);
        show_opt(s, n->assign.value);
        break;
    case ST_RAISE:
    case ST_ASSERT:
        str_add(s, n->kind == ST_RAISE ? "raise" : "assert");
        show_opt(s, n->bin.left);
        show_opt(s, n->bin.right);
        break;
    case ST_IF:
        show_flow(s, "if", n);
        break;
    case ST_WHILE:
        show_flow(s, "while", n);
        break;
    case ST_FOR:
        show_flow(s, "for", n);
        break;
    case ST_TRY:
        str_add(s, "try");
        show_body(s, n->tryst.body);
        show_handlers(s, n);
        if (n->tryst.orelse.count) str_add(s, " else"), show_body(s, n->tryst.orelse);
        if (n->tryst.final.count) str_add(s, " finally"), show_body(s, n->tryst.final);
        break;
    case ST_WITH:
        str_add(s, "with");
        for (int i = 0; i < n->with.count; i++) {
            show_opt(s, n->with.contexts[i]);
            show_opt(s, n->with.targets[i]);
        }
        show_body(s, n->with.body);
        break;
    case ST_GLOBAL:
        show_names(s, "global", n->names);
        break;
    case ST_NONLOCAL:
        show_names(s, "nonlocal", n->names);
        break;
    case ST_IMPORT:
    case ST_FROM:
        show_import(s, n);
        break;
    case ST_DEF:
        show_def(s, n);
        break;
    case ST_CLASS:
        str_printf(s, "class %s", n->klass.name);
        show_list(s, n->klass.bases);
        show_keywords(s, n->klass.kws, n->klass.nkws);
        if (n->klass.decorators.count) str_add(s, " @");
        show_list(s, n->klass.decorators);
        if (n->klass.doc) str_printf(s, " doc:%s", n->klass.doc);
        show_body(s, n->klass.body);
        break;
    default:
        show_expr(s, n);
    }
}

static const char *word_of(NodeKind kind) {
    switch (kind) {
    case EX_TUPLE:
        return "tuple";
    case EX_LIST:
        return "list";
    case EX_SET:
        return "set";
    case EX_FSTRING:
        return "f";
    case ST_DEL:
        return "del";
    case EX_STARRED:
        return "*";
    case EX_YIELD:
        return "yield";
    case EX_YIELD_FROM:
        return "yield-from";
    case ST_RETURN:
        return "return";
    case ST_PASS:
        return "pass";
    case ST_BREAK:
        return "break";
    case ST_CONTINUE:
        return "continue";
    default:
        return NULL;
    }
}

static bool show_leaf(Str *s, const Node *n) {
    switch (n->kind) {
    case EX_NONE:
        str_add(s, "None");
        return true;
    case EX_TRUE:
        str_add(s, "True");
        return true;
    case EX_FALSE:
        str_add(s, "False");
        return true;
    case EX_ELLIPSIS:
        str_add(s, "...");
        return true;
    case EX_INT:
        str_printf(s, "%" PRId64, n->i);
        return true;
    case EX_FLOAT:
        str_printf(s, "%.17g", n->f);
        return true;
    case EX_IMAG:
        str_printf(s, "%.17gj", n->f);
        return true;
    case EX_STR:
        str_printf(s, "'%.*s'", (int)n->str.len, n->str.s);
        return true;
    case EX_NAME:
        str_add(s, n->name);
        return true;
    case ST_EXPR:
        ast_text(s, n->one);
        return true;
    default:
        return false;
    }
}

void ast_text(Str *s, const Node *n) {
    if (show_leaf(s, n)) return;
    const char *word = word_of(n->kind);
    str_addc(s, '(');
    if (!word) {
        show_stmt(s, n);
    } else {
        str_add(s, word);
        bool list = n->kind == EX_TUPLE || n->kind == EX_LIST || n->kind == EX_SET ||
                    n->kind == EX_FSTRING || n->kind == ST_DEL;
        bool plain = n->kind == ST_PASS || n->kind == ST_BREAK || n->kind == ST_CONTINUE;
        if (list)
            show_list(s, n->list);
        else if (!plain && n->one)
            show_opt(s, n->one);
    }
    str_addc(s, ')');
}
