/* What makes the built-in types whole; to be called before any value is used, once or again. */
#ifndef QKV_VALUE_BUILTIN_TYPES_H
#define QKV_VALUE_BUILTIN_TYPES_H

void builtin_types_install(void);

#endif
