/* What `help` has pages on that are no names of code: commands, lessons, the words that the lessons
 * explain, mask kinds. help, apropos and completion loop the same table.
 *
 *     Str page = STR_INIT;
 *     if (topic_page(s, "kv cache", TOPIC_FIRST, &page)) out_markdown(s, str_cstr(&page));
 */
#ifndef QKV_SHELL_TOPICS_H
#define QKV_SHELL_TOPICS_H

#include "shell/session.h"

typedef void (*TopicFn)(void *ctx, const char *name, const char *doc);

/* Commands, lessons and lists go before a name of code, words and mask kinds behind it. */
typedef enum TopicWhen { TOPIC_FIRST, TOPIC_AFTER } TopicWhen;

/* Appends Markdown; false: there is no such topic. */
bool topic_page(Session *s, const char *name, TopicWhen when, Str *page);
/* Every topic with a line that says what it is. */
void topics_each(Session *s, void *ctx, TopicFn fn);
/* `help` by itself. */
void topics_overview(Session *s, Str *page);

#endif
