/* Claims of lessons, as tests/claims/NN-slug.py holds them: cases
 *
 *     ### falls as the root of the depth | layers=2,4,8 seeds=2
 *     assert -0.6 < slope(layers, pre_last) < -0.3
 *
 *     ### the rows of the weights sum to one | anywhere
 *     assert torch.allclose(weights.sum(-1), torch.ones(n))
 *
 * The lesson is run from start to end with the parameters behind the bar, then the case's code in
 * its scope. What holds at every setting says `anywhere`: check_lessons runs it at the defaults,
 * the sweep at its own settings.
 *
 *     Claims all = claims_read("36-masking");
 *     claims_clear(&all);
 */
#ifndef QKV_TESTS_CLAIM_H
#define QKV_TESTS_CLAIM_H

#include "base/str.h"

typedef struct Claim {
    char *lesson; /* path of the lesson file */
    char *file;   /* path of the claims file */
    char *name, *args, *code;
    bool anywhere;
    int line; /* of the code's first line */
} Claim;

typedef VEC(Claim) Claims;

/* folder/NAME-up-to-its-dot.suffix in the source tree; owned. */
char *claim_path(const char *folder, const char *name, const char *suffix);
/* Appends at most `most` cases of a claims file, named as the lesson with or without its ending;
 * false: there is no such file. */
bool claims_read(const char *name, size_t most, Claims *out);
void claims_clear(Claims *claims);

#endif
