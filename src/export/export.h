/* Views as files: pictures, tables, numbers. The ending of the path says which (`export_formats`
 * has them all); files are whole or absent (base/whole.h), and the same views give the same bytes.
 *
 *     if (!export_views("mask.pdf", &view, 1, &(ExportOptions){.replace = false}, err)) ...
 */
#ifndef QKV_EXPORT_EXPORT_H
#define QKV_EXPORT_EXPORT_H

#include "picture/picture.h"
#include "view/view.h"

typedef struct ExportOptions {
    PictureTheme theme; /* of .svg, .pdf and .png */
    PicturePaper paper;
    bool replace; /* an existing file is replaced */
} ExportOptions;

/* One kind of file. */
typedef struct ExportFormat {
    const char *ending; /* ".csv" */
    const char *what;   /* "values between commas" */
    /* Appends the file's bytes. ERR_VALUE where the views hold nothing that it could have,
     * ERR_IMPORT where a library is missing, ERR_INTERRUPT. */
    bool (*render)(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err);
} ExportFormat;

extern const ExportFormat export_formats[]; /* ends with a NULL ending */

/* By a path's ending; NULL: none. */
const ExportFormat *export_format(const char *path);
/* NULL with an ERR_VALUE that names all endings. */
const ExportFormat *export_wanted(const char *path, Err *err);
/* n views, at least one, in their order. opts may be NULL. */
bool export_views(const char *path, View *const *views, size_t n, const ExportOptions *opts,
                  Err *err);

#endif
