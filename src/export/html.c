/* .html: one page with nothing from elsewhere, dark and light; see sheet.h. */
#include "config.h"

#include "export/sheet.h"

void html_escape(const char *text, Str *out) {
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            str_add(out, "&amp;");
        else if (*p == '<')
            str_add(out, "&lt;");
        else if (*p == '>')
            str_add(out, "&gt;");
        else if (*p == '"')
            str_add(out, "&quot;");
        else
            str_addc(out, *p);
    }
}

void html_style(Str *out) {
    str_add(out,
            "<style>\n"
            ":root{color-scheme:light dark}\n"
            "body{font:16px/1.5 system-ui,sans-serif;margin:2em;max-width:70em}\n"
            "figure{margin:0 0 2em;overflow-x:auto}\n"
            "figcaption{margin-bottom:.5em}\n"
            "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
            "th{font-weight:normal;padding:.2em .5em;text-align:right;white-space:pre}\n"
            "thead th{text-align:center;border-bottom:1px solid}\n"
            "td{padding:.2em .5em;text-align:right;white-space:pre}\n"
            "td.t{text-align:left}\n"
            "td.m{background:repeating-linear-gradient(45deg,#8886 0 1px,transparent 1px 5px)}\n"
            "p.note{white-space:pre-line}\n"
            "@media print{td,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n"
            "</style>\n");
}

static void put_cell(const SheetCell *cell, Str *out) {
    str_add(out, "<td");
    if (cell->masked)
        str_add(out, " class=\"m\" title=\"masked\"");
    else if (!cell->number)
        str_add(out, " class=\"t\"");
    if (cell->colored && !cell->masked)
        str_printf(out, " style=\"background:#%02x%02x%02x;color:%s\"", cell->ground.r,
                   cell->ground.g, cell->ground.b, rgb_wants_black(cell->ground) ? "#000" : "#fff");
    if (cell->shown && !cell->masked && strcmp(cell->shown, cell->exact) != 0) {
        str_add(out, " title=\"");
        html_escape(cell->exact, out);
        str_add(out, "\"");
    }
    str_add(out, ">");
    html_escape(sheet_shown(cell), out);
    str_add(out, "</td>");
}

void html_table(const Sheet *s, Str *out) {
    str_add(out, "<table>\n<thead><tr>");
    if (s->rows) {
        str_add(out, "<th>");
        html_escape(s->corner, out);
        str_add(out, "</th>");
    }
    for (size_t c = 0; c < s->C; c++) {
        str_add(out, "<th scope=\"col\" dir=\"auto\">");
        html_escape(s->cols[c], out);
        str_add(out, "</th>");
    }
    str_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < s->R; r++) {
        str_add(out, "<tr>");
        if (s->rows) {
            str_add(out, "<th scope=\"row\" dir=\"auto\">");
            html_escape(s->rows[r], out);
            str_add(out, "</th>");
        }
        for (size_t c = 0; c < s->C; c++) put_cell(sheet_cell(s, r, c), out);
        str_add(out, "</tr>\n");
    }
    str_add(out, "</tbody>\n</table>\n");
}

static void put_sheet(const Sheet *s, Str *out) {
    str_add(out, "<figure>\n");
    if (s->title || s->meaning) {
        str_add(out, "<figcaption><b>");
        html_escape(s->title ? s->title : "", out);
        str_add(out, "</b> ");
        html_escape(s->meaning ? s->meaning : "", out);
        str_add(out, "</figcaption>\n");
    }
    html_table(s, out);
    if (*s->notes) {
        str_add(out, "<p class=\"note\">");
        html_escape(s->notes, out);
        str_add(out, "</p>\n");
    }
    str_add(out, "</figure>\n");
}

/* Curves and bars as drawings, everything else as tables. */
bool export_html(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    Str body = STR_INIT;
    Str name = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        Sheets sheets = {0};
        bool drawn = views[i]->kind == KIND_CURVE || views[i]->kind == KIND_BARS;
        if (drawn) {
            Sketch *s = picture_draw(&views[i], 1, &(PictureStyle){.theme = o->theme});
            str_add(&body, "<figure>\n");
            sketch_svg(s, &body);
            str_add(&body, "</figure>\n");
            if (!name.len && s->title) str_add(&name, s->title);
            sketch_free(s);
            continue;
        }
        if (!sheets_of(&views[i], 1, o->theme, &sheets, err)) {
            str_clear(&body);
            str_clear(&name);
            return false;
        }
        for (size_t k = 0; k < sheets.count; k++) {
            if (!name.len && sheets.items[k].title) str_add(&name, sheets.items[k].title);
            put_sheet(&sheets.items[k], &body);
        }
        sheets_clear(&sheets);
    }
    str_add(out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html_escape(name.len ? str_cstr(&name) : "qkv", out);
    str_add(out, "</title>\n");
    html_style(out);
    str_add(out, "</head>\n<body>\n");
    str_add(out, str_cstr(&body));
    str_add(out, "</body>\n</html>\n");
    str_clear(&body);
    str_clear(&name);
    return true;
}
