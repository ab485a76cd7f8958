/* ASCII stand-ins; see ascii.h. */
#include "config.h"

#include "term/ascii.h"

#include "base/utf8.h"

typedef struct Stand {
    uint32_t cp;
    const char *ascii;
} Stand;

/* By code point, for the search. */
static const Stand stands[] = {
    {0x00A0, " "},     {0x00A7, "S."},     {0x00AB, "<<"},    {0x00B0, "deg"},   {0x00B1, "+-"},
    {0x00B2, "^2"},    {0x00B3, "^3"},     {0x00B5, "u"},     {0x00B7, "."},     {0x00B9, "^1"},
    {0x00BB, ">>"},    {0x00BC, "1/4"},    {0x00BD, "1/2"},   {0x00D7, "x"},     {0x00F1, "n"},
    {0x00F7, "/"},     {0x0302, ""},       {0x0394, "Delta"}, {0x0398, "Theta"}, {0x03A3, "Sum"},
    {0x03B1, "alpha"}, {0x03B2, "beta"},   {0x03B3, "gamma"}, {0x03B4, "delta"}, {0x03B5, "eps"},
    {0x03B8, "theta"}, {0x03BB, "lambda"}, {0x03BC, "mu"},    {0x03C0, "pi"},    {0x03C3, "sigma"},
    {0x03C4, "tau"},   {0x1D40, "^T"},     {0x1D43, "^a"},    {0x1D47, "^b"},    {0x1D48, "^d"},
    {0x1D4F, "^k"},    {0x1D57, "^t"},     {0x1D62, "_i"},    {0x2009, " "},     {0x200A, " "},
    {0x200B, ""},      {0x2010, "-"},      {0x2011, "-"},     {0x2012, "-"},     {0x2013, "-"},
    {0x2014, "--"},    {0x2016, "||"},     {0x2018, "'"},     {0x2019, "'"},     {0x201C, "\""},
    {0x201D, "\""},    {0x201E, "\""},     {0x2022, "*"},     {0x2026, "..."},   {0x202F, " "},
    {0x2032, "'"},     {0x2070, "^0"},     {0x2074, "^4"},    {0x2075, "^5"},    {0x2076, "^6"},
    {0x2077, "^7"},    {0x2078, "^8"},     {0x2079, "^9"},    {0x207B, "^-"},    {0x207F, "^n"},
    {0x2080, "_0"},    {0x2081, "_1"},     {0x2082, "_2"},    {0x2083, "_3"},    {0x2084, "_4"},
    {0x2090, "_a"},    {0x2096, "_k"},     {0x2099, "_n"},    {0x209C, "_t"},    {0x211D, "R"},
    {0x2190, "<-"},    {0x2191, "^"},      {0x2192, "->"},    {0x2193, "v"},     {0x21D2, "=>"},
    {0x2208, "in"},    {0x2211, "sum"},    {0x2212, "-"},     {0x2218, "o"},     {0x221A, "sqrt"},
    {0x221D, "~"},     {0x221E, "inf"},    {0x2248, "~="},    {0x2260, "!="},    {0x2261, "=="},
    {0x2264, "<="},    {0x2265, ">="},     {0x2299, "(.)"},   {0x22C5, "."},     {0x22EE, ":"},
    {0x22EF, "..."},   {0x2500, "-"},      {0x2502, "|"},     {0x250C, "+"},     {0x2510, "+"},
    {0x2514, "+"},     {0x2518, "+"},      {0x251C, "+"},     {0x2524, "+"},     {0x252C, "+"},
    {0x2534, "+"},     {0x253C, "+"},      {0x2550, "="},     {0x2580, "\""},    {0x2584, "_"},
    {0x2588, "#"},     {0x2589, "#"},      {0x258A, "#"},     {0x258B, "#"},     {0x258C, "="},
    {0x258D, "-"},     {0x258E, "-"},      {0x258F, "|"},     {0x2590, "="},     {0x2591, ":"},
    {0x2592, "+"},     {0x2593, "%"},      {0x25A0, "#"},     {0x25AA, "*"},     {0x25B8, ">"},
    {0x25CF, "*"},     {0x25E6, "o"},      {0x2713, "ok"},    {0x2717, "x"},     {0x27E8, "<"},
    {0x27E9, ">"},
};

/* "?" for what has no stand-in; a braille cell is a dot where it has any. */
static const char *stand_in(uint32_t cp) {
    size_t lo = 0, hi = ARRAY_LEN(stands);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (stands[mid].cp == cp) return stands[mid].ascii;
        if (stands[mid].cp < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (cp == 0x2800) return " ";
    if (cp > 0x2800 && cp < 0x2900) return "*";
    return utf8_width(cp) == 0 ? "" : "?";
}

static void put(AsciiLine *line, char ch, Str *out) {
    if (line->used >= line->width) return;
    line->used++;
    line->space = ch == ' ';
    str_addc(out, ch);
}

void ascii_put(AsciiLine *line, const char *s, size_t n, int columns, Str *out) {
    uint32_t cp = ' ';
    if (n) utf8_decode(s, n, &cp);
    if (cp == ' ') {
        if (line->debt > 0 && line->space)
            line->debt--;
        else
            put(line, ' ', out);
        return;
    }
    char one[2] = {(char)cp, '\0'};
    const char *text = cp < 0x80 ? one : stand_in(cp);
    int taken = 0;
    for (; text[taken]; taken++) put(line, text[taken], out);
    for (; taken < columns; taken++) put(line, ' ', out);
    line->debt += taken - columns;
}

void ascii_text(const char *s, size_t n, Str *out) {
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        if (cp < 0x80)
            str_addc(out, (char)cp);
        else
            str_add(out, stand_in(cp));
    }
}
