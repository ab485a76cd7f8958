/* .tex: a fragment to \input, of a bmatrix and a coloured tabular; see sheet.h. It compiles with
 * pdfLaTeX, XeLaTeX and LuaLaTeX: what only the latter two can set stands beside a substitute. */
#include "config.h"

#include "export/sheet.h"

#include "base/utf8.h"

/* In pdfLaTeX's own fonts. */
static const struct {
    uint32_t cp;
    const char *tex;
} signs[] = {{0x1d40, "$^{T}$"},     {0x221a, "$\\surd$"},  {0x00b7, "$\\cdot$"},
             {0x00d7, "$\\times$"},  {0x2192, "$\\to$"},    {0x25a0, "\\rule{1ex}{1ex}"},
             {0x03a3, "$\\Sigma$"},  {0x03b1, "$\\alpha$"}, {0x03b2, "$\\beta$"},
             {0x03b8, "$\\theta$"},  {0x03c3, "$\\sigma$"}, {0x2026, "\\ldots{}"},
             {0x2248, "$\\approx$"}, {0x2212, "$-$"},       {0x221e, "$\\infty$"},
             {0x2080, "$_0$"},       {0x2081, "$_1$"},      {0x2082, "$_2$"},
             {0x2260, "$\\ne$"},     {0x2264, "$\\le$"},    {0x2265, "$\\ge$"}};

static const char *sign(uint32_t cp) {
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (signs[i].cp == cp) return signs[i].tex;
    return NULL;
}

static void put_ascii(char c, Str *out) {
    if (strchr("#$%&_{}", c))
        str_printf(out, "\\%c", c);
    else if (c == '\\')
        str_add(out, "\\textbackslash{}");
    else if (c == '~' || c == '^')
        str_printf(out, "\\%c{}", c);
    else if (c == '<' || c == '>' || c == '|' || c == '"')
        str_printf(out, "{\\char`\\%c}", c);
    else if (c == '-' || c == '\'' || c == '`')
        str_printf(out, "{%c}", c); /* no ligatures */
    else if (c == '[' || c == ']')
        str_printf(out, "{%c}", c); /* no option of a \\ before it */
    else
        str_addc(out, c == '\n' ? ' ' : c);
}

static void put_tex(const char *text, Str *out) {
    size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t k = (size_t)utf8_decode(text + i, n - i, &cp);
        if (cp < 0x80)
            put_ascii(text[i], out);
        else if (sign(cp))
            str_add(out, sign(cp));
        else {
            str_add(out, "\\qkvchar{");
            str_addn(out, text + i, k);
            str_printf(out, "}{U+%04X}", (unsigned)cp);
        }
        i += k;
    }
}

/* A number within math: 1.2e-8 as a power of ten, glyphs as signs. */
static void put_math(const SheetCell *cell, Str *out) {
    const char *text = sheet_shown(cell), *e = strchr(text, 'e');
    if (cell->masked)
        str_add(out, "\\cdot");
    else if (strcmp(text, "~0") == 0)
        str_add(out, "{\\sim}0");
    else if (strcmp(text, "nan") == 0)
        str_add(out, "\\mathrm{nan}");
    else if (strcmp(text, "inf") == 0 || strcmp(text, "-inf") == 0)
        str_printf(out, "%s\\infty", *text == '-' ? "-" : "");
    else if (strcmp(text, "■") == 0)
        str_add(out, "1");
    else if (e && !strchr(text, 'j'))
        str_printf(out, "%.*s\\cdot10^{%s}", (int)(e - text), text, e + 1);
    else
        str_add(out, text);
}

static void put_bmatrix(const Sheet *s, Str *out) {
    str_printf(out, "\\[\\setcounter{MaxMatrixCols}{%zu}\n\\begin{bmatrix}\n", MAX(s->C, 10));
    for (size_t r = 0; r < s->R; r++) {
        for (size_t c = 0; c < s->C; c++) {
            str_add(out, c ? " & " : "  ");
            put_math(sheet_cell(s, r, c), out);
        }
        str_add(out, r + 1 < s->R ? " \\\\\n" : "\n");
    }
    str_add(out, "\\end{bmatrix}\\]\n\n");
}

static void put_cell(const Sheet *s, const SheetCell *cell, Str *out) {
    if (cell->masked)
        str_add(out, "\\cellcolor[gray]{0.85}");
    else if (cell->colored)
        str_printf(out, "\\cellcolor[HTML]{%02X%02X%02X}", cell->ground.r, cell->ground.g,
                   cell->ground.b);
    bool white = cell->colored && !cell->masked && !rgb_wants_black(cell->ground);
    if (white) str_add(out, "\\textcolor{white}{");
    if (s->matrix) {
        str_add(out, "$");
        put_math(cell, out);
        str_add(out, "$");
    } else
        put_tex(sheet_shown(cell), out);
    if (white) str_add(out, "}");
}

static void put_tabular(const Sheet *s, Str *out) {
    str_add(out, "\\begin{tabular}{");
    if (s->rows) str_add(out, "r");
    for (size_t c = 0; c < s->C; c++) str_add(out, s->R && sheet_cell(s, 0, c)->number ? "r" : "l");
    str_add(out, "}\n");
    if (s->rows) put_tex(s->corner, out);
    for (size_t c = 0; c < s->C; c++) {
        str_add(out, c || s->rows ? " & " : "");
        put_tex(s->cols[c], out);
    }
    str_add(out, " \\\\\n\\hline\n");
    for (size_t r = 0; r < s->R; r++) {
        if (s->rows) put_tex(s->rows[r], out);
        for (size_t c = 0; c < s->C; c++) {
            str_add(out, c || s->rows ? " & " : "");
            put_cell(s, sheet_cell(s, r, c), out);
        }
        str_add(out, " \\\\\n");
    }
    str_add(out, "\\end{tabular}\n");
}

static void put_notes(const char *notes, Str *out) {
    for (const char *at = notes; *at;) {
        size_t n = strcspn(at, "\n");
        char *line = mem_strndup(at, n);
        str_add(out, "\n\n{\\small ");
        put_tex(line, out);
        str_add(out, "}\n");
        mem_free(line);
        at += n + (at[n] == '\n');
    }
}

static void put_sheet(const Sheet *s, Str *out) {
    if (s->title || s->meaning) {
        str_add(out, "\\noindent\\textbf{");
        put_tex(s->title ? s->title : "", out);
        str_add(out, "}\\quad ");
        put_tex(s->meaning ? s->meaning : "", out);
        str_add(out, "\n\n");
    }
    if (s->matrix && s->R && s->C) put_bmatrix(s, out);
    if (s->C) {
        str_add(out, "\\noindent");
        put_tabular(s, out);
    }
    put_notes(s->notes, out);
}

bool export_tex(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err) {
    Sheets sheets = {0};
    if (!sheets_of(views, n, o->theme, &sheets, err)) return false;
    str_add(out,
            "% \\input this where your document has, before \\begin{document}:\n"
            "%   \\usepackage{amsmath}  \\usepackage[table]{xcolor}\n"
            "% Characters that pdfLaTeX has no font for are U+NNNN there; XeLaTeX and LuaLaTeX\n"
            "% set them if the font that you choose (fontspec) has them.\n"
            "\\providecommand{\\qkvchar}[2]{\\ifdefined\\Umathcode#1\\else\\texttt{#2}\\fi}\n");
    for (size_t i = 0; i < sheets.count; i++) {
        str_add(out, "\n");
        put_sheet(&sheets.items[i], out);
    }
    sheets_clear(&sheets);
    return true;
}
