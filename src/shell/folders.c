/* The folders of a session: configuration, state, lessons and data; see session.h. */
#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "shell/session.h"

static char *xdg(const char *variable, const char *under_home) {
    const char *dir = getenv(variable), *home = getenv("HOME");
    Str s = STR_INIT;
    if (dir && dir[0] == '/')
        str_printf(&s, "%s/qkv", dir);
    else if (home && home[0] == '/')
        str_printf(&s, "%s/%s/qkv", home, under_home);
    else
        return NULL;
    return str_detach(&s);
}

char *config_dir(void) {
    return xdg("XDG_CONFIG_HOME", ".config");
}

/* mkdir -p with private folders. */
static void make_dirs(char *path) {
    for (char *p = path + 1; *p; p++) {
        if (*p != '/') continue;
        *p = '\0';
        mkdir(path, 0700);
        *p = '/';
    }
    mkdir(path, 0700);
}

char *state_dir(const Session *s, bool make) {
    char *dir =
        s->opt.state_dir ? mem_strdup(s->opt.state_dir) : xdg("XDG_STATE_HOME", ".local/state");
    if (dir && make) make_dirs(dir);
    return dir;
}

/* The source tree, for the program that was built there and not installed; else NULL. */
static const char *source_tree(void) {
    struct stat self, built;
    bool same = stat("/proc/self/exe", &self) == 0 && stat(BUILD_DIR "/src/qkv", &built) == 0 &&
                self.st_dev == built.st_dev && self.st_ino == built.st_ino;
    return same ? SOURCE_DIR : NULL;
}

char *data_path(const Session *s, const char *name) {
    const char *bases[] = {s->opt.data_dir, getenv("QKV_DATA"), source_tree(), PKGDATADIR};
    for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
        if (!bases[i]) continue;
        Str path = STR_INIT;
        str_printf(&path, "%s/%s", bases[i], name);
        if (access(str_cstr(&path), R_OK) == 0) return str_detach(&path);
        str_clear(&path);
    }
    return NULL;
}
