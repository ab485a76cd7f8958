/* One field of a line whose fields are parted by a separator (RFC 4180). */
#ifndef QKV_EXPORT_CSV_H
#define QKV_EXPORT_CSV_H

#include "base/str.h"

/* Text that a spreadsheet would take for a formula gets a ' in front, as one types it there; a
 * number stays what it is. */
void csv_put(const char *text, bool number, char separator, Str *out);

#endif
