/* .csv, .tsv and .md: sheets as lines of text; see sheet.h. */
#include "config.h"

#include "export/csv.h"
#include "export/sheet.h"

void csv_put(const char *text, bool number, char separator, Str *out) {
    bool formula = !number && *text && strchr("=+-@\t\r", *text);
    bool quotes = strpbrk(text, "\"\r\n") || strchr(text, separator) || formula;
    if (!quotes) {
        str_add(out, text);
        return;
    }
    str_add(out, formula ? "\"'" : "\"");
    for (const char *p = text; *p; p++) {
        if (*p == '"') str_addc(out, '"');
        str_addc(out, *p);
    }
    str_addc(out, '"');
}

static void put_sheet(const Sheet *s, char separator, Str *out) {
    if (s->rows) csv_put(s->corner, false, separator, out);
    for (size_t c = 0; c < s->C; c++) {
        if (c || s->rows) str_addc(out, separator);
        csv_put(s->cols[c], false, separator, out);
    }
    str_addc(out, '\n');
    for (size_t r = 0; r < s->R; r++) {
        if (s->rows) csv_put(s->rows[r], false, separator, out);
        for (size_t c = 0; c < s->C; c++) {
            const SheetCell *cell = sheet_cell(s, r, c);
            if (c || s->rows) str_addc(out, separator);
            csv_put(cell->exact, cell->number, separator, out);
        }
        str_addc(out, '\n');
    }
}

/* Several sheets: a line with each one's title above it, a blank line between them. */
static bool separated(View *const *views, size_t n, char separator, Str *out, Err *err) {
    Sheets sheets = {0};
    if (!sheets_of(views, n, PICTURE_LIGHT, &sheets, err)) return false;
    for (size_t i = 0; i < sheets.count; i++) {
        const Sheet *s = &sheets.items[i];
        if (i) str_addc(out, '\n');
        if (sheets.count > 1 && s->title) {
            csv_put(s->title, false, separator, out);
            str_addc(out, '\n');
        }
        put_sheet(s, separator, out);
    }
    sheets_clear(&sheets);
    return true;
}

bool export_csv(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    UNUSED(o);
    return separated(views, n, ',', out, err);
}

bool export_tsv(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    UNUSED(o);
    return separated(views, n, '\t', out, err);
}

/* ---- Markdown ---------------------------------------------------------------------------- */

static void put_md(const char *text, Str *out) {
    for (const char *p = text; *p; p++) {
        if (strchr("\\`*_{}[]<>#|~$&", *p)) str_addc(out, '\\');
        str_addc(out, *p == '\n' ? ' ' : *p);
    }
}

static void put_md_sheet(const Sheet *s, Str *out) {
    if (s->title) {
        str_add(out, "**");
        put_md(s->title, out);
        str_add(out, "**");
        if (s->meaning) str_add(out, " ");
    }
    if (s->meaning) put_md(s->meaning, out);
    if (s->title || s->meaning) str_add(out, "\n\n");
    str_add(out, "|");
    if (s->rows) {
        str_add(out, " ");
        put_md(s->corner, out);
        str_add(out, " |");
    }
    for (size_t c = 0; c < s->C; c++) {
        str_add(out, " ");
        put_md(s->cols[c], out);
        str_add(out, " |");
    }
    str_add(out, s->rows ? "\n|---|" : "\n|");
    for (size_t c = 0; c < s->C; c++)
        str_add(out, s->R && sheet_cell(s, 0, c)->number ? "---:|" : "---|");
    str_add(out, "\n");
    for (size_t r = 0; r < s->R; r++) {
        str_add(out, "|");
        if (s->rows) {
            str_add(out, " ");
            put_md(s->rows[r], out);
            str_add(out, " |");
        }
        for (size_t c = 0; c < s->C; c++) {
            str_add(out, " ");
            put_md(sheet_shown(sheet_cell(s, r, c)), out);
            str_add(out, " |");
        }
        str_add(out, "\n");
    }
    if (!*s->notes) return;
    str_add(out, "\n");
    put_md(s->notes, out);
    str_add(out, "\n");
}

bool export_md(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    Sheets sheets = {0};
    if (!sheets_of(views, n, o->theme, &sheets, err)) return false;
    for (size_t i = 0; i < sheets.count; i++) {
        if (i) str_add(out, "\n");
        put_md_sheet(&sheets.items[i], out);
    }
    sheets_clear(&sheets);
    return true;
}
