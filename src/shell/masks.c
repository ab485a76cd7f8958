#include "config.h"

#include "shell/masks.h"

#include <ctype.h>

#include "attn/mask.h"
#include "view/markdown.h"

void masks_list(Str *out) {
    str_add(out, "| mask | query i sees key j when | |\n|---|---|---|\n");
    for (int i = 0; i < mask_kind_count; i++) {
        str_printf(out, "| `%s` | ", mask_kinds[i].name);
        markdown_cell(out, mask_kinds[i].rule);
        str_printf(out, " | %s |\n", mask_kinds[i].help);
    }
    str_add(out, "\n`help KIND` has the options of one, lesson `masking` draws them all.\n");
}

bool masks_page(const char *name, Str *out) {
    int kind = mask_kind_find(name, NULL);
    if (kind < 0) return false;
    const MaskKindRow *row = &mask_kinds[kind];
    str_printf(out, "`qkv.mask('%s', n)`\n\nQuery i sees key j when `%s`: %s.\n", name, row->rule,
               row->help);
    if (row->params) str_add(out, "\n| option | default | |\n|---|---|---|\n");
    for (int i = 0; i < MASK_PARAM_COUNT; i++) {
        if (!(row->params & 1u << i)) continue;
        bool array = (1u << i) & (MASKP_LENGTHS | MASKP_DOCS);
        str_printf(out, "| `%s` | ", mask_params[i].name);
        if (array)
            str_add(out, "a list");
        else
            str_printf(out, "%lld", (long long)mask_params[i].dflt);
        str_printf(out, " | %s |\n", mask_params[i].help);
    }
    if (*row->source) str_printf(out, "\nSource: %s\n", row->source);
    return true;
}

bool masks_wanted(const char *line, size_t end, size_t *start) {
    static const char *const takers[] = {"qkv.mask(", "qkv.layout(", "qkv.mask_pairs(",
                                         "qkv.mask_options("};
    size_t at = end;
    while (at > 0 && (isalpha((unsigned char)line[at - 1]) || line[at - 1] == '-')) at--;
    if (at == 0 || (line[at - 1] != '\'' && line[at - 1] != '"')) return false;
    for (size_t i = 0; i < ARRAY_LEN(takers); i++) {
        size_t n = strlen(takers[i]);
        if (at - 1 >= n && memcmp(line + at - 1 - n, takers[i], n) == 0) {
            *start = at;
            return true;
        }
    }
    return false;
}

void masks_each(void *ctx, void (*each)(void *ctx, const char *name, const char *doc)) {
    for (int i = 0; i < mask_kind_count; i++) each(ctx, mask_kinds[i].name, mask_kinds[i].help);
}
