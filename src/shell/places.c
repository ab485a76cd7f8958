/* See places.h. The file is {"lessons": [{"command": ..., "step": ..., ...}]}; before it is
 * written what others wrote meanwhile is read. */
#include "config.h"

#include "shell/places.h"

#include <fcntl.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/whole.h"
#include "shell/file.h"

/* What the file may be long: fifteen lessons take 4 KiB. */
enum { PLACES_LIMIT = 1 << 20 };

struct Places {
    VEC(PlaceKept) items;
    Str trouble; /* that the file is damaged or cannot be written; empty when that was told */
    bool troubled;
};

/* ---- records ----------------------------------------------------------------------------- */

static void kept_clear(PlaceKept *k) {
    mem_free(k->command);
    mem_free(k->title);
    for (size_t i = 0; i < k->args.count; i++) mem_free(k->args.items[i]);
    vec_clear(&k->args);
    vec_clear(&k->seen);
    typed_clear(&k->typed);
}

static void forget_all(Places *p) {
    for (size_t i = 0; i < p->items.count; i++) kept_clear(&p->items.items[i]);
    vec_clear(&p->items);
}

static PlaceKept *find(Places *p, const char *command) {
    for (size_t i = 0; i < p->items.count; i++)
        if (strcmp(p->items.items[i].command, command) == 0) return &p->items.items[i];
    return NULL;
}

/* Takes a record over, in place of the one of its lesson; the one put last is the last. */
static void put(Places *p, PlaceKept *fresh) {
    PlaceKept *old = find(p, fresh->command);
    if (old) {
        fresh->read = fresh->read || old->read;
        kept_clear(old);
        size_t behind = (size_t)(p->items.items + p->items.count - (old + 1));
        memmove(old, old + 1, behind * sizeof *old);
        p->items.count--;
    }
    vec_push(&p->items, *fresh);
}

static PlaceKept kept_of(LessonRun *r) {
    const Place *p = lesson_run_place(r);
    const Lesson *l = lesson_run_lesson(r);
    PlaceKept k = {.command = mem_strdup(l->command),
                   .title = mem_strdup(place_title(p)),
                   .step = place_screen(p)->from,
                   .screen = place_number(p),
                   .count = place_count(p),
                   .at_end = place_last(p),
                   .read = place_all_seen(p)};
    for (size_t i = 0; i < l->params.count; i++) {
        Str arg = STR_INIT;
        str_printf(&arg, "%s=%s", l->params.items[i].name, lesson_run_arg(r, i));
        vec_push(&k.args, str_detach(&arg));
    }
    for (size_t i = 0; i < p->screens.count; i++)
        if (p->seen.items[i]) vec_push(&k.seen, p->screens.items[i].from);
    const Typed *typed = lesson_run_kept(r);
    for (size_t i = 0; i < typed->items.count; i++)
        typed_add(&k.typed, typed->items.items[i].step, typed->items.items[i].code, true);
    return k;
}

/* ---- the file ---------------------------------------------------------------------------- */

static json_t *kept_json(const PlaceKept *k) {
    json_t *args = json_array(), *seen = json_array(), *typed = json_array();
    for (size_t i = 0; i < k->seen.count; i++)
        json_array_append_new(seen, json_integer((json_int_t)k->seen.items[i]));
    for (size_t i = 0; i < k->args.count; i++)
        json_array_append_new(args, json_string(k->args.items[i]));
    for (size_t i = 0; i < k->typed.items.count; i++) {
        const TypedLine *line = &k->typed.items.items[i];
        json_array_append_new(
            typed, json_pack("{s:I, s:s}", "step", (json_int_t)line->step, "code", line->code));
    }
    return json_pack("{s:s, s:I, s:s, s:I, s:I, s:o, s:o, s:o, s:b, s:b}", "command", k->command,
                     "step", (json_int_t)k->step, "title", k->title, "screen",
                     (json_int_t)k->screen, "screens", (json_int_t)k->count, "parameters", args,
                     "seen", seen, "typed", typed, "at_end", (int)k->at_end, "read", (int)k->read);
}

static bool read_args(const json_t *args, PlaceKept *k) {
    bool ok = json_is_array(args);
    for (size_t i = 0; ok && i < json_array_size(args); i++) {
        const char *arg = json_string_value(json_array_get(args, i));
        ok = arg != NULL;
        if (ok) vec_push(&k->args, mem_strdup(arg));
    }
    return ok;
}

static bool read_seen(const json_t *seen, PlaceKept *k) {
    bool ok = json_is_array(seen);
    for (size_t i = 0; ok && i < json_array_size(seen); i++) {
        const json_t *step = json_array_get(seen, i);
        ok = json_is_integer(step) && json_integer_value(step) >= 0;
        if (ok) vec_push(&k->seen, (size_t)json_integer_value(step));
    }
    return ok;
}

/* What is too long was not written by qkv. */
static bool read_typed(const json_t *typed, PlaceKept *k) {
    bool ok = json_is_array(typed);
    for (size_t i = 0; ok && i < json_array_size(typed); i++) {
        json_int_t step = -1;
        const char *code;
        ok = json_unpack(json_array_get(typed, i), "{s:I, s:s}", "step", &step, "code", &code) ==
                 0 &&
             step >= 0 && typed_add(&k->typed, (size_t)step, code, true);
    }
    return ok;
}

static bool read_kept(const json_t *o, Places *p) {
    const char *command, *title;
    json_int_t step, screen, count;
    json_t *args, *seen, *typed = NULL;
    int at_end, read;
    if (json_unpack((json_t *)o, "{s:s, s:I, s:s, s:I, s:I, s:o, s:o, s?o, s:b, s:b}", "command",
                    &command, "step", &step, "title", &title, "screen", &screen, "screens", &count,
                    "parameters", &args, "seen", &seen, "typed", &typed, "at_end", &at_end, "read",
                    &read) != 0 ||
        step < 0 || screen < 1 || count < screen)
        return false;
    PlaceKept k = {.command = mem_strdup(command),
                   .title = mem_strdup(title),
                   .step = (size_t)step,
                   .screen = (size_t)screen,
                   .count = (size_t)count,
                   .at_end = at_end,
                   .read = read};
    bool ok = read_args(args, &k) && read_seen(seen, &k) && (!typed || read_typed(typed, &k));
    if (ok)
        put(p, &k);
    else
        kept_clear(&k);
    return ok;
}

static bool read_text(const char *text, size_t len, Places *p) {
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    const json_t *list = json_object_get(root, "lessons");
    bool ok = json_is_array(list);
    for (size_t i = 0; ok && i < json_array_size(list); i++)
        ok = read_kept(json_array_get(list, i), p);
    json_decref(root);
    return ok;
}

static char *file_path(const Session *s, bool make) {
    char *dir = state_dir(s, make);
    if (!dir) return NULL;
    Str path = STR_INIT;
    str_printf(&path, "%s/lessons.json", dir);
    mem_free(dir);
    return str_detach(&path);
}

/* The first trouble waits to be told; later ones are the same. */
static void trouble(Session *s, const char *path, const char *what) {
    if (!s->places->troubled) str_printf(&s->places->trouble, "%s: %s", path, what);
    s->places->troubled = true;
}

bool places_trouble(Session *s, Str *out) {
    Str *trouble = s->places ? &s->places->trouble : NULL;
    if (!trouble || !trouble->len) return false;
    str_add(out, str_cstr(trouble));
    str_clear(trouble);
    return true;
}

/* What the file says now, in place of what was known; a damaged or missing file says nothing. */
static void read_file(Session *s, const char *path) {
    char *text = NULL;
    size_t len = 0;
    Err err = {0};
    Places fresh = {0};
    if (access(path, F_OK) != 0) return;
    if (!file_read(path, PLACES_LIMIT, &text, &len, &err))
        trouble(s, path, err.msg);
    else if (read_text(text, len, &fresh)) {
        fresh.trouble = s->places->trouble;
        fresh.troubled = s->places->troubled;
        forget_all(s->places);
        *s->places = fresh;
        fresh = (Places){0};
    } else
        trouble(s, path, "is damaged; where you were in the lessons is not known");
    forget_all(&fresh);
    err_clear(&err);
    mem_free(text);
}

static bool write_file(const Session *s, const char *path, Err *err) {
    json_t *list = json_array(), *root = json_pack("{s:o}", "lessons", list);
    for (size_t i = 0; i < s->places->items.count; i++)
        json_array_append_new(list, kept_json(&s->places->items.items[i]));
    char *text = json_dumps(root, JSON_INDENT(1));
    json_decref(root);
    WholeFile f;
    bool open = text && whole_open(&f, path, true, err);
    bool ok = open && fchmod(f.fd, 0600) == 0 && whole_write(&f, text, strlen(text), err);
    ok = open && whole_close(&f, ok, err);
    free(text);
    return ok;
}

/* Other shells wait with their turn, but not for ever: one may have been stopped in the middle. */
static int lock(const char *path) {
    enum { TRIES = 50, PAUSE_US = 10000 };
    Str name = STR_INIT;
    str_printf(&name, "%s.lock", path);
    int fd = open(str_cstr(&name), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    for (int i = 0; fd >= 0 && i < TRIES && lockf(fd, F_TLOCK, 0) != 0; i++) usleep(PAUSE_US);
    str_clear(&name);
    return fd;
}

static Places *load(Session *s) {
    if (s->places) return s->places;
    s->places = mem_zero(sizeof *s->places);
    char *path = file_path(s, false);
    if (path) read_file(s, path);
    mem_free(path);
    return s->places;
}

/* ---- what others ask ---------------------------------------------------------------------- */

void places_keep(Session *s, LessonRun *r) {
    const Lesson *l = lesson_run_lesson(r);
    if (l == s->own || l->waits) return; /* no other session finds that file; nothing to read */
    PlaceKept k = kept_of(r);
    load(s);
    char *path = file_path(s, true);
    int locked = path ? lock(path) : -1;
    Err err = {0};
    if (path) read_file(s, path);
    put(s->places, &k);
    if (path && !write_file(s, path, &err)) trouble(s, path, err.msg ? err.msg : "not written");
    if (locked >= 0) close(locked);
    err_clear(&err);
    mem_free(path);
}

void places_recall(Session *s, LessonRun *r) {
    const PlaceKept *k = places_of(s, lesson_run_lesson(r));
    for (size_t i = 0; k && i < k->seen.count; i++)
        place_saw(lesson_run_place(r), k->seen.items[i]);
}

const PlaceKept *places_of(Session *s, const Lesson *l) {
    return find(load(s), l->command);
}

const Lesson *places_last(Session *s) {
    const Lesson *last = NULL;
    for (size_t i = load(s)->items.count; i-- > 0 && !last;)
        last = lesson_find(&s->lessons, s->places->items.items[i].command);
    return last;
}

const Lesson *places_unread(Session *s, const Lesson *after) {
    size_t n = s->lessons.items.count, from = 0;
    const Lesson **path = mem_alloc(sizeof *path * (n + 1)), *found = NULL;
    lesson_path(&s->lessons, path);
    for (size_t i = 0; after && i < n; i++)
        if (path[i] == after) from = i + 1;
    for (size_t i = 0; i < n && !found; i++) {
        const Lesson *l = path[(from + i) % n];
        const PlaceKept *k = places_of(s, l);
        if ((!k || !k->read) && l != after && !l->waits) found = l;
    }
    mem_free(path);
    return found;
}

void places_clear(Session *s) {
    if (!s->places) return;
    forget_all(s->places);
    str_clear(&s->places->trouble);
    mem_free(s->places);
    s->places = NULL;
}
