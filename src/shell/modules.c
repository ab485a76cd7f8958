/* Where `import NAME` looks behind the modules of qkv: beside the script, as Python does (at the
 * prompt and for -c: in the current folder), then in the data that came with qkv, whose files
 * lessons may import, too. See session.h. */
#include "config.h"

#include <unistd.h>

#include "shell/file.h"
#include "shell/session.h"

/* "a.b" -> "DIRa/b.py"; owned. */
static char *file_of(const char *dir, int dir_len, const char *name) {
    Str path = STR_INIT;
    str_printf(&path, "%.*s", dir_len, dir);
    for (const char *p = name; *p; p++) str_addc(&path, *p == '.' ? '/' : *p);
    str_add(&path, ".py");
    return str_detach(&path);
}

static char *find_file(const Session *s, const char *name) {
    if (interp_files(s->in)) {
        const char *script = s->script ? s->script : "", *slash = strrchr(script, '/');
        char *path = file_of(script, slash ? (int)(slash + 1 - script) : 0, name);
        if (access(path, R_OK) == 0) return path;
        mem_free(path);
    }
    char *in_data = file_of("data/", 5, name), *path = data_path(s, in_data);
    mem_free(in_data);
    return path;
}

bool modules_find(void *session, const char *name, Source **out, Err *err) {
    char *path = find_file(session, name), *text = NULL;
    size_t len = 0;
    bool ok = !path || file_read(path, SOURCE_LIMIT, &text, &len, err);
    if (ok && path) *out = source_new(path, text, len, 1);
    mem_free(text);
    mem_free(path);
    return ok;
}
