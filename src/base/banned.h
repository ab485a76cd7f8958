/* Functions that have no place in this project: each has a bounded twin.
 * Included by base.h, so every file sees it. */
#ifndef QKV_BASE_BANNED_H
#define QKV_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Some are macros, depending on the compiler and on fortification. */
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef strtok
#undef gets
#undef atoi
#undef alloca
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi alloca

#endif
