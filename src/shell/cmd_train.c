/* train: the small models of data/train learn in front of one's eyes. */
#include "config.h"

#include <unistd.h>

#include "shell/command.h"
#include "value/obj.h"

typedef struct Model {
    const char *name, *module, *what;
} Model;

static const Model models[] = {
    {"induction", "train.lab_induction",
     "two layers of attention learn to go on with what they saw before: about a minute"},
};

/* What the command is told beside the model's name. */
typedef struct Plan {
    const Model *model;
    int64_t steps, seed; /* steps 0: the model's own */
    bool resume;
} Plan;

static void list_models(Session *s) {
    static const char *const head[] = {"model", "what happens"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < ARRAY_LEN(models); i++) {
        view_cell(&t, "%s", models[i].name);
        view_cell(&t, "%s", models[i].what);
    }
    out_view_take(s, view_table_end(&t, NULL));
}

static bool whole_number(const char *text, int64_t least, int64_t most, int64_t *out) {
    char *end = NULL;
    long long n = strtoll(text, &end, 10);
    if (end == text || *end || n < least || n > most) return false;
    *out = n;
    return true;
}

static bool read_word(const char *word, Plan *p, Err *err) {
    enum { STEPS_MAX = 1000000 };
    if (!strcmp(word, "resume")) return p->resume = true;
    if (str_starts(word, "steps=")) {
        if (whole_number(word + 6, 1, STEPS_MAX, &p->steps)) return true;
        err_set(err, ERR_VALUE, "train: steps must be 1..%d, got '%s'", STEPS_MAX, word + 6);
        return err_hint(err, "train induction steps=600");
    }
    if (str_starts(word, "seed=")) {
        if (whole_number(word + 5, 0, INT32_MAX, &p->seed)) return true;
        err_set(err, ERR_VALUE, "train: seed must be 0..%d, got '%s'", INT32_MAX, word + 5);
        return err_hint(err, "train induction seed=1");
    }
    for (size_t i = 0; !p->model && i < ARRAY_LEN(models); i++)
        if (!strcmp(models[i].name, word)) {
            p->model = &models[i];
            return true;
        }
    err_set(err, ERR_VALUE, "train: '%s' is no model to train and none of steps=, seed=, resume",
            word);
    return err_hint(err, "`train` alone lists the models");
}

/* Where a training that was stopped waits: the folder of the user's state, else this one; owned. */
static char *checkpoint(const Session *s, const Model *m) {
    char *dir = state_dir(s, true);
    Str path = STR_INIT;
    str_printf(&path, "%s%slab-%s.checkpoint.safetensors", dir ? dir : "", dir ? "/" : "", m->name);
    mem_free(dir);
    return str_detach(&path);
}

static bool run_plan(Session *s, const Plan *p, const char *path, Err *err) {
    Str code = STR_INIT, literal = STR_INIT;
    Value v = str_value_cstr(path);
    bool ok = value_repr(s->in, v, &literal, err);
    str_printf(&code, "from %s import main\nmain(%s, seed=%lld, resume=%s", p->model->module,
               str_cstr(&literal), (long long)p->seed, p->resume ? "True" : "False");
    if (p->steps) str_printf(&code, ", steps=%lld", (long long)p->steps);
    str_add(&code, ")\n");
    Value before = s->scope, own = interp_module_new(s->in, "__train__");
    s->scope = own;
    ok = ok && session_code(s, "train", str_cstr(&code), code.len, FROM_FILE);
    s->scope = before;
    value_release(own);
    value_release(v);
    str_clear(&literal);
    str_clear(&code);
    return ok;
}

static bool run_train(Session *s, const Call *c, Err *err) {
    Plan p = {0};
    if (c->argc == 1) {
        list_models(s);
        return true;
    }
    for (int i = 1; i < c->argc; i++)
        if (!read_word(c->argv[i], &p, err)) return false;
    if (!p.model) return command_usage(&cmd_train, err);
    char *path = checkpoint(s, p.model);
    bool ok = !p.resume || access(path, R_OK) == 0;
    if (!ok) {
        err_set(err, ERR_FILENOTFOUND, "there is no stopped training to go on with (%s)", path);
        err_hint(err, "train %s begins one; Ctrl-C stops and keeps it", p.model->name);
    }
    ok = ok && run_plan(s, &p, path, err);
    mem_free(path);
    return ok;
}

static void complete_train(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(s);
    if (c->argc <= 2)
        for (size_t i = 0; i < ARRAY_LEN(models); i++) offer(ctx, models[i].name);
    static const char *const words[] = {"steps=", "seed=", "resume"};
    for (size_t i = 0; c->argc > 2 && i < ARRAY_LEN(words); i++) offer(ctx, words[i]);
}

const Command cmd_train = {
    .name = "train",
    .usage = "train [MODEL] [steps=N] [seed=N] [resume]",
    .summary = "a small model learns in front of your eyes: loss, speed, its heads appearing",
    .help = "`train induction` trains two layers of attention on repeated sequences and draws the "
            "loss and\n"
            "the induction head as it appears. Ctrl-C stops it and keeps where it was; `train "
            "induction\n"
            "resume` goes on from there, to the bit. `train` lists the models.\n",
    .run = run_train,
    .complete = complete_train,
};
