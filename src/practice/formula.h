/* Formulas among tokens, in one form whatever spells them: n^2 d, n²·d, n*n*d, O(d n²), "n squared
 * times d", "the square of the length times d"; √d, sqrt(d_k), d**0.5, "root of the key size".
 *
 * A formula is a sum of products of powers; its name is "=" and its products in order
 * ("=d*n^2+d^2*n"). Every part that computes something is named too, a product with and without
 * its number.
 */
#ifndef QKV_PRACTICE_FORMULA_H
#define QKV_PRACTICE_FORMULA_H

#include "practice/atoms.h"

/* Appends the formulas of a text whose tokens and variables ($d) are known. */
void formulas_read(Concepts *c, const Tokens *t, const AtomList *variables, bool add,
                   AtomList *out);

#endif
