/* Commands of those who write lessons: check, new. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>

#include "practice/check.h"
#include "shell/asking.h"
#include "shell/command.h"
#include "shell/file.h"

/* ---- check -------------------------------------------------------------------------------- */

static void check_report(void *ctx, const char *message, bool is_error) {
    Session *s = ctx;
    UNUSED(is_error);
    out_print(s, "%s\n", message);
    out_flush(s);
}

static bool run_check(Session *s, const Call *c, Err *err) {
    if (c->argc > 2) return command_usage(&cmd_check, err);
    const char *dir = c->argc == 2 ? c->argv[1] : s->lessons_dir;
    if (!dir) return err_set(err, ERR_FILENOTFOUND, "which folder? no lessons were found");
    int64_t cell_ns = s->opt.time_ns == TIME_AUTO ? LESSON_CELL_NS : 0;
    int defects = lesson_check(s->in, dir, cell_ns, check_report, s);
    asking_ready(s);
    if (!INTERRUPTED()) defects += items_check(s->in, dir, check_report, s);
    if (defects == 0) return true;
    err_set(err, ERR_RUNTIME, "%d defect%s in %s", defects, defects == 1 ? "" : "s", dir);
    return false;
}

const Command cmd_check = {
    .name = "check",
    .usage = "check [DIR]",
    .summary =
        "run every cell and question of a folder of lessons; name file and line of what fails",
    .help =
        "Each question is drawn at 20 seeds, and its own answer is graded; model answers, sample "
        "answers and mistakes of code and prose go through their graders, too.",
    .run = run_check,
};

/* ---- new ------------------------------------------------------------------------------------ */

/* What a new lesson begins with: a part of each kind that most lessons have, a cell, a question of
 * each kind that needs no more than a line. @N@ is its number, @NAME@ its command. */
static const char start[] =
    "---\n"
    "number: @N@              # `@N@` opens it\n"
    "command: @NAME@          # so does `@NAME@`, with parameters behind it\n"
    "title: What does this lesson answer?\n"
    "summary: its answer in a line, for the list of lessons\n"
    "minutes: 5\n"
    "parameters:\n"
    "  n: {type: int, default: 4, min: 2, max: 16, help: how many tokens}\n"
    "after: []                # numbers of the lessons that it builds on\n"
    "# terms:                 # words that `help WORD` explains\n"
    "#   share: \"what softmax gives each number.\"\n"
    "sources: [none]          # what every number is from that is not computed here\n"
    "---\n"
    "# The question\n"
    "\n"
    "Say what is asked, as an interviewer would.\n"
    "\n"
    "# In one breath\n"
    "\n"
    "At most 50 words. Numbers are computed: {{n}} tokens make {{n * n}} scores.\n"
    "\n"
    "# Live\n"
    "\n"
    "A cell runs when it is reached; its last lines show what it made.\n"
    "\n"
    "```python\n"
    "import torch\n"
    "weights = torch.softmax(torch.zeros(n, n), -1)\n"
    "qkv.show(weights, 'weights', 'softmax of equal scores')\n"
    "```\n"
    "\n"
    "# Follow-ups\n"
    "\n"
    "- *Why does each row sum to 1?* An interview asks these; the answer stands behind the "
    "question.\n"
    "\n"
    "# Practice\n"
    "\n"
    "`practice @N@` asks what follows. `id` names a question for ever: the record goes by it.\n"
    "\n"
    "```quiz\n"
    "# A number: the answer is an expression of what is drawn; pick(a, b) or whole(from, to).\n"
    "id: scores\n"
    "kind: number\n"
    "level: junior            # or middle, senior\n"
    "ask: \"How many scores do {{t}} tokens make?\"\n"
    "draw: {t: \"whole(5, 40)\"}\n"
    "answer: t * t\n"
    "hints: [\"Each token meets each.\"]\n"
    "why: \"{{t}} queries times {{t}} keys are {{t * t}}.\"\n"
    "```\n"
    "\n"
    "```quiz\n"
    "# A shape: letters stand for sizes.\n"
    "id: shape\n"
    "kind: shape\n"
    "level: junior\n"
    "ask: \"q is (B, T, d), k is (B, S, d). What is the shape of the scores?\"\n"
    "letters: [B, T, S, d]\n"
    "answer: (B, T, S)\n"
    "why: \"A row for each query, a column for each key.\"\n"
    "```\n"
    "\n"
    "```quiz\n"
    "# A mask: 1 = may attend.\n"
    "id: mask\n"
    "kind: mask\n"
    "level: junior\n"
    "ask: \"Draw the causal mask of 3 tokens (1 = may attend).\"\n"
    "answer: qkv.mask('causal', 3)\n"
    "why: \"A query sees itself and what is before it.\"\n"
    "```\n"
    "\n"
    "```quiz\n"
    "# A choice: each wrong option says why it is wrong.\n"
    "id: sum\n"
    "kind: choice\n"
    "level: middle\n"
    "ask: \"What sums to 1?\"\n"
    "options:\n"
    "  - {right: \"each row of the weights\"}\n"
    "  - {wrong: \"each column of the weights\", why: \"The softmax runs over the keys.\"}\n"
    "why: \"Each query spends a budget of 1.\"\n"
    "```\n"
    "\n"
    "```quiz\n"
    "# A prediction: the code runs, its value is compared.\n"
    "id: predict\n"
    "kind: predict\n"
    "level: middle\n"
    "ask: \"What is this?\"\n"
    "code: torch.softmax(torch.zeros(1, 4), -1)[0, 0].item()\n"
    "answer: torch.softmax(torch.zeros(1, 4), -1)[0, 0].item()\n"
    "why: \"Equal scores share the weight.\"\n"
    "```\n"
    "\n"
    "```quiz\n"
    "# An order: the steps in their right order; they are shuffled.\n"
    "id: order\n"
    "kind: order\n"
    "level: middle\n"
    "ask: \"Put the steps of attention in order.\"\n"
    "steps: [\"scores\", \"mask\", \"softmax\", \"weighted average of the values\"]\n"
    "why: \"The mask stands before the softmax, or rows would not sum to 1.\"\n"
    "```\n"
    "\n"
    "```quiz\n"
    "# A gap: ___ in the code or the text.\n"
    "id: scale\n"
    "kind: fill\n"
    "level: senior\n"
    "ask: \"Complete the formula.\"\n"
    "code: softmax(q k^T / ___) v\n"
    "letters: [d]\n"
    "answer: math.sqrt(d)\n"
    "why: \"It keeps the scores' variance at 1.\"\n"
    "```\n";

/* The number of a lesson's file, "90-shares.md"; 0: it is none. */
static int file_number(const char *name) {
    return isdigit((unsigned char)*name) ? (int)strtol(name, NULL, 10) : 0;
}

/* The first from 90 on that neither the course nor the folder has. */
static int free_number(const Session *s, const char *dir) {
    enum { OWN = 90 };
    int n = OWN;
    for (size_t i = 0; i < s->lessons.items.count; i++)
        n = MAX(n, s->lessons.items.items[i]->number + 1);
    DIR *d = opendir(dir);
    for (const struct dirent *e; d && (e = readdir(d));) n = MAX(n, file_number(e->d_name) + 1);
    if (d) closedir(d);
    return n;
}

static bool good_name(Session *s, const char *name, Err *err) {
    bool word = islower((unsigned char)*name) != 0;
    for (const char *p = name; *p; p++)
        word &= islower((unsigned char)*p) || isdigit((unsigned char)*p) || *p == '_';
    if (!word) {
        err_set(err, ERR_VALUE, "a lesson's name is a word of small letters, not '%s'", name);
        return err_hint(err, "it is typed to open the lesson, as `masking` is");
    }
    bool taken = command_find(s, name, strlen(name)) || lesson_find(&s->lessons, name);
    return !taken || err_set(err, ERR_VALUE, "%s is a command or a lesson already", name);
}

static void fill_start(int number, const char *name, Str *out) {
    for (const char *p = start; *p;) {
        if (str_starts(p, "@N@"))
            str_printf(out, "%d", number), p += strlen("@N@");
        else if (str_starts(p, "@NAME@"))
            str_add(out, name), p += strlen("@NAME@");
        else
            str_addc(out, *p++);
    }
}

static bool run_new(Session *s, const Call *c, Err *err) {
    if (c->argc != 3 || strcmp(c->argv[1], "lesson") != 0) return command_usage(&cmd_new, err);
    const char *name = c->argv[2], *dir = s->opt.lessons_dir ? s->opt.lessons_dir : ".";
    if (!good_name(s, name, err)) return false;
    int number = free_number(s, dir);
    Str text = STR_INIT, path = STR_INIT;
    fill_start(number, name, &text);
    str_printf(&path, "%s/%d-%s.md", dir, number, name);
    bool ok = file_write_whole(str_cstr(&path), text.buf, text.len, false, err);
    if (ok)
        out_print(s,
                  "written: %s\n`qkv %s` reads it, `qkv check %s` runs its cells and questions,\n"
                  "`qkv --lessons %s` adds it to the course\n",
                  str_cstr(&path), str_cstr(&path), dir, dir);
    str_clear(&path);
    str_clear(&text);
    return ok;
}

static void complete_new(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(s);
    if (c->argc <= 2) offer(ctx, "lesson");
}

const Command cmd_new = {
    .name = "new",
    .usage = "new lesson NAME",
    .summary = "write a commented start of a lesson into this folder, or into that of --lessons",
    .help =
        "It has a cell, a follow-up and a question of each kind that needs no more than a line, "
        "and `check` passes it. `--lessons DIR` adds a folder's lessons to the course; one of "
        "the same number or name stands for the course's.",
    .run = run_new,
    .complete = complete_new,
};
