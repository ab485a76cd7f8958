/* Lesson files: read, front matter (front.h) and body (cut.h) split off; and folders of them. */
#include "config.h"

#include "tutor/lesson.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "tutor/cut.h"
#include "tutor/front.h"

/* ---- the file ------------------------------------------------------------------------------ */

/* Length of a line with its newline. */
static size_t line_len(const char *s, size_t n) {
    const char *nl = memchr(s, '\n', n);
    return nl ? (size_t)(nl - s) + 1 : n;
}

static bool is_fence(const char *s, size_t n) {
    while (n && strchr("\r\n \t", s[n - 1])) n--;
    return n == 3 && memcmp(s, "---", 3) == 0;
}

/* text ends with a NUL behind its len bytes. */
static bool parse_text(const char *path, const char *text, size_t len, Lesson **out, Err *err) {
    Lesson *l = mem_zero(sizeof *l);
    l->path = mem_strdup(path);
    size_t at = line_len(text, len), front = at;
    int line = 2;
    bool ok = false;
    if (!utf8_valid(text, len) || memchr(text, '\0', len)) {
        lesson_error(l, 1, err, "this is not a text in UTF-8");
    } else if (!is_fence(text, at)) {
        lesson_error(l, 1, err, "a lesson begins with a line `---` and its front matter");
    } else {
        while (at < len && !is_fence(text + at, line_len(text + at, len - at))) {
            at += line_len(text + at, len - at);
            line++;
        }
        if (at >= len)
            lesson_error(l, 1, err, "the front matter is not closed by a line `---`");
        else {
            size_t body = at + line_len(text + at, len - at);
            ok = front_parse(l, text + front, at - front, 2, err) &&
                 cut_body(l, text + body, len - body, line + 1, err);
        }
    }
    if (!ok) {
        lesson_free(l);
        return false;
    }
    *out = l;
    return true;
}

bool lesson_parse(const char *path, const char *text, size_t len, Lesson **out, Err *err) {
    char *copy = mem_strndup(text, len);
    bool ok = parse_text(path, copy, len, out, err);
    mem_free(copy);
    return ok;
}

bool lesson_file_read(const char *path, Str *text, Err *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    bool ok = fd >= 0 && fstat(fd, &st) == 0;
    if (ok && (!S_ISREG(st.st_mode) || st.st_size > (off_t)LESSON_LIMIT)) {
        close(fd);
        return err_set(err, ERR_VALUE, "%s: a lesson is a file of at most %zu MiB", path,
                       LESSON_LIMIT >> 20);
    }
    while (ok) {
        str_reserve(text, 65536);
        ssize_t n = read(fd, text->buf + text->len, 65536);
        if (n < 0 && errno == EINTR) continue;
        ok = n >= 0 && text->len + (size_t)n <= LESSON_LIMIT;
        if (n <= 0) break;
        text->len += (size_t)n;
        text->buf[text->len] = '\0';
    }
    if (!ok)
        err_set(err, errno == ENOENT ? ERR_FILENOTFOUND : ERR_OS, "cannot read %s: %s", path,
                strerror(errno));
    if (fd >= 0) close(fd);
    return ok;
}

bool lesson_read(const char *path, Lesson **out, Err *err) {
    Str text = STR_INIT;
    bool ok = lesson_file_read(path, &text, err) &&
              lesson_parse(path, str_cstr(&text), text.len, out, err);
    str_clear(&text);
    return ok;
}

static void param_free(LessonParam *p) {
    mem_free(p->name);
    mem_free(p->deflt);
    mem_free(p->help);
    for (size_t i = 0; i < p->choices.count; i++) mem_free(p->choices.items[i]);
    vec_clear(&p->choices);
}

static void terms_free(LessonTerm *items, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mem_free(items[i].name);
        mem_free(items[i].text);
    }
}

void lesson_free(Lesson *l) {
    if (!l) return;
    for (size_t i = 0; i < l->params.count; i++) param_free(&l->params.items[i]);
    for (size_t i = 0; i < l->sources.count; i++) mem_free(l->sources.items[i]);
    for (size_t i = 0; i < l->steps.count; i++) {
        mem_free(l->steps.items[i].title);
        mem_free(l->steps.items[i].text);
    }
    for (size_t i = 0; i < l->parts.count; i++) mem_free(l->parts.items[i].title);
    for (size_t i = 0; i < l->deeper.count; i++) mem_free(l->deeper.items[i].title);
    terms_free(l->terms.items, l->terms.count);
    terms_free(l->needs.items, l->needs.count);
    vec_clear(&l->params);
    vec_clear(&l->sources);
    vec_clear(&l->after);
    vec_clear(&l->terms);
    vec_clear(&l->needs);
    vec_clear(&l->steps);
    mem_free(l->brief.text);
    vec_clear(&l->parts);
    for (size_t i = 0; i < l->quizzes.count; i++) mem_free(l->quizzes.items[i].text);
    vec_clear(&l->quizzes);
    vec_clear(&l->deeper);
    mem_free(l->path);
    mem_free(l->command);
    mem_free(l->title);
    mem_free(l->summary);
    mem_free(l->waits);
    mem_free(l);
}

/* ---- a folder -------------------------------------------------------------------------------- */

/* NN-slug.md */
static bool is_lesson_name(const char *name) {
    size_t digits = strspn(name, "0123456789"), n = strlen(name);
    return digits && name[digits] == '-' && n > 3 && strcmp(name + n - 3, ".md") == 0;
}

static int by_number(const void *a, const void *b) {
    const Lesson *x = *(Lesson *const *)a, *y = *(Lesson *const *)b;
    return x->number != y->number ? (x->number > y->number) - (x->number < y->number)
                                  : strcmp(x->path, y->path);
}

bool lesson_scan(const char *dir, LessonSet *set, Err *err) {
    DIR *d = opendir(dir);
    if (!d)
        return err_set(err, ERR_FILENOTFOUND, "cannot read the folder %s: %s", dir,
                       strerror(errno));
    for (struct dirent *e; (e = readdir(d));) {
        if (!is_lesson_name(e->d_name)) continue;
        Str path = STR_INIT;
        str_printf(&path, "%s/%s", dir, e->d_name);
        Lesson *l = NULL;
        Err broken = {0};
        if (lesson_read(str_cstr(&path), &l, &broken))
            vec_push(&set->items, l);
        else {
            str_printf(&set->broken, "%s%s", set->broken.len ? "\n" : "", broken.msg);
            if (broken.hint) str_printf(&set->broken, " (%s)", broken.hint);
        }
        err_clear(&broken);
        str_clear(&path);
    }
    closedir(d);
    if (set->items.count)
        qsort(set->items.items, set->items.count, sizeof *set->items.items, by_number);
    return true;
}

void lesson_set_clear(LessonSet *set) {
    for (size_t i = 0; i < set->items.count; i++) lesson_free(set->items.items[i]);
    vec_clear(&set->items);
    str_clear(&set->broken);
}

const Lesson *lesson_find(const LessonSet *set, const char *name) {
    const char *digits = *name == 'q' ? name + 1 : name;
    char *end;
    long number = strtol(digits, &end, 10);
    bool numeric = end != digits && !*end;
    for (size_t i = 0; i < set->items.count; i++) {
        const Lesson *l = set->items.items[i];
        if (numeric ? l->number == number : strcmp(l->command, name) == 0) return l;
    }
    return NULL;
}

const char *lesson_file(const Lesson *l) {
    const char *slash = strrchr(l->path, '/');
    return slash ? slash + 1 : l->path;
}

const char *lesson_question(const Lesson *l) {
    return l->summary[0] ? l->summary : l->title;
}

const LessonParam *lesson_param(const Lesson *l, const char *name) {
    for (size_t i = 0; i < l->params.count; i++)
        if (strcmp(l->params.items[i].name, name) == 0) return &l->params.items[i];
    return NULL;
}
