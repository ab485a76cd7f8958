#include "config.h"

#include "base/library.h"

#include <dlfcn.h>

void *library_open(const char *soname, char *why, size_t room) {
    void *lib = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    const char *said = lib ? NULL : dlerror();
    snprintf(why, room, "%s", said ? said : "");
    return lib;
}

/* dlsym gives an object pointer; POSIX promises that it can be called. */
bool library_find(void *lib, void *fn, const char *name) {
    void *sym = dlsym(lib, name);
    memcpy(fn, &sym, sizeof sym);
    return sym != NULL;
}

void library_close(void *lib) {
    dlclose(lib);
}
