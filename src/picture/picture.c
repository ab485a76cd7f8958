/* From views to pages; see picture.h. */
#include "config.h"

#include "picture/picture.h"

#include "picture/page.h"

static const char *const themes[] = {
    [PICTURE_LIGHT] = "light", [PICTURE_DARK] = "dark", [PICTURE_PRINT] = "print"};
static const char *const papers[] = {
    [PAPER_AUTO] = "auto", [PAPER_FIT] = "fit", [PAPER_A4] = "a4", [PAPER_LETTER] = "letter"};

const char *picture_theme_name(PictureTheme t) {
    return themes[t];
}

const char *picture_paper_name(PicturePaper p) {
    return papers[p];
}

bool picture_theme_parse(const char *name, PictureTheme *out) {
    for (int i = 0; i < PICTURE_THEMES; i++)
        if (strcmp(name, themes[i]) == 0) {
            *out = (PictureTheme)i;
            return true;
        }
    return false;
}

bool picture_paper_parse(const char *name, PicturePaper *out) {
    for (int i = 0; i < PAPERS; i++)
        if (strcmp(name, papers[i]) == 0) {
            *out = (PicturePaper)i;
            return true;
        }
    return false;
}

/* Tables, ledgers and text: as a terminal shows them, line by line. */
static void page_text(Page *p, const View *v) {
    enum { SIZE = 8, COLUMNS = 100 };
    page_begin(p, false);
    Canvas *c = view_draw(v, COLUMNS, &(ViewStyle){0});
    Str line = STR_INIT;
    for (int row = 0; row < canvas_rows(c); row++) {
        canvas_row_text(c, row, &line);
        SketchText how = {.size = SIZE, .family = SKETCH_MONO, .ink = p->inks->text};
        if (line.len)
            page_words(p, how, str_cstr(&line));
        else
            p->y += SIZE;
    }
    str_clear(&line);
    canvas_free(c);
    page_end(p);
}

static void draw(Page *p, const View *v) {
    switch (v->kind) {
    case KIND_MATRIX:
        page_matrix(p, v);
        break;
    case KIND_THUMBS:
        page_thumbs(p, v);
        break;
    case KIND_CURVE:
        page_curve(p, v);
        break;
    case KIND_BARS:
        page_bars(p, v);
        break;
    default:
        page_text(p, v);
    }
}

static const char *title_of(const View *v) {
    if (v->kind == KIND_MATRIX) return v->matrix.name;
    return v->kind == KIND_THUMBS ? v->thumbs.name : v->title;
}

Sketch *picture_draw(View *const *views, size_t n, const PictureStyle *style) {
    Inks inks = inks_of(style->theme);
    Page page = {.s = sketch_new(), .inks = &inks, .paper = style->paper};
    if (page.paper == PAPER_AUTO) page.paper = PAPER_FIT;
    for (size_t i = 0; i < n && !INTERRUPTED(); i++) draw(&page, views[i]);
    if (!page.s->pages.count) sketch_page(page.s, 1, 1, inks.paper); /* interrupted */
    const char *title = n ? title_of(views[0]) : NULL;
    page.s->title = title ? mem_strdup(title) : NULL;
    return page.s;
}
