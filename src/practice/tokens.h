/* A text in sentences and tokens: words, numbers and signs, each with the bytes that it came from.
 *
 * Spellings are levelled here: case, typographic signs (n², √d, −∞, QKᵀ, “don’t”), LaTeX (\sqrt,
 * \frac, \cdot, {d_k}), don't = do not, two = 2, 1,000 = 1000, a slip of the finger in a long word.
 *
 *     Tokens t = {0};
 *     tokens_read(c, text, n, false, &t);
 *     tokens_clear(&t);
 */
#ifndef QKV_PRACTICE_TOKENS_H
#define QKV_PRACTICE_TOKENS_H

#include "practice/concepts.h"

typedef enum TokenKind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_SIGN } TokenKind;

typedef struct Token {
    TokenKind kind;
    char sign;           /* of a sign: itself; those of several bytes by one: √ is 'r' */
    bool glued;          /* nothing stands between it and the token before */
    bool verb;           /* makes a sentence of words */
    unsigned flags;      /* WORD_... of its name */
    int id;              /* its name (concepts.h), or -1: nobody speaks of it */
    uint32_t hash;       /* of the stemmed word, also where there is no name */
    double number;       /* of a number */
    size_t from, to;     /* bytes of the text */
    size_t word, length; /* in `words`: as it was levelled, before it was stemmed */
    int sentence;
} Token;

typedef struct Tokens {
    VEC(Token) list;
    Str words;
    int sentences;
} Tokens;

/* add: words that have no name get one (of rubrics and the table, not of answers). */
void tokens_read(Concepts *c, const char *text, size_t n, bool add, Tokens *out);
void tokens_clear(Tokens *t);

#endif
