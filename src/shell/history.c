/* History: one file in the state folder (0600), appended to entry by entry so that
 * two shells lose nothing; no entry twice. A block of several lines is one entry:
 * its lines are kept between readline's timestamp lines. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include <readline/history.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "shell/session.h"

enum { HISTORY_MAX = 5000 };

static char *history_path; /* NULL: not kept */
/* What was typed as code, put away while questions are asked. */
static HISTORY_STATE *put_away;

static void forget_duplicates(const char *entry) {
    for (int i = history_length - 1; i >= 0; i--) {
        HIST_ENTRY *h = history_get(i + history_base);
        if (!h || strcmp(h->line, entry) != 0) continue;
        free_history_entry(remove_history(i));
    }
}

void history_open(Session *s) {
    using_history();
    history_comment_char = '#';
    history_write_timestamps = 1;
    stifle_history(HISTORY_MAX);
    char *dir = state_dir(s, true);
    if (!dir) return;
    Str path = STR_INIT;
    str_printf(&path, "%s/history", dir);
    mem_free(dir);
    history_path = str_detach(&path);
    int fd = open(history_path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) {
        warn_line(s, "history is not kept: %s cannot be written", history_path);
        mem_free(history_path);
        history_path = NULL;
        return;
    }
    close(fd);
    read_history(history_path);
}

void history_add(Session *s, const char *entry) {
    UNUSED(s);
    forget_duplicates(entry);
    add_history(entry);
    if (!history_path) return;
    int fd = open(history_path, O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return;
    Str record = STR_INIT;
    str_printf(&record, "#%lld\n%s\n", (long long)time(NULL), entry);
    ssize_t n =
        write(fd, record.buf, record.len); /* one write: whole or another shell's stays whole */
    UNUSED(n);
    close(fd);
    str_clear(&record);
}

void history_answers(bool on) {
    if (on == (put_away != NULL)) return;
    HISTORY_STATE none = {.flags = 0};
    if (on) {
        put_away = history_get_history_state();
        history_set_history_state(&none);
        using_history();
        return;
    }
    clear_history();
    HISTORY_STATE *answers = history_get_history_state();
    free(answers->entries);
    free(answers);
    history_set_history_state(put_away);
    free(put_away);
    put_away = NULL;
    using_history();
}

/* A word such as `hint` is nothing to come back to. */
static bool is_word(const char *text) {
    while (isalpha((unsigned char)*text)) text++;
    return !*text;
}

void history_add_answer(const char *answer) {
    if (is_word(answer)) return;
    forget_duplicates(answer);
    add_history(answer);
}

/* Rewrites the file without duplicates and beyond-limit entries, whole or not at all; entries
 * that another shell added meanwhile are read back first. */
void history_close(Session *s) {
    UNUSED(s);
    history_answers(false);
    if (!history_path) return;
    clear_history();
    if (read_history(history_path) == 0) {
        for (int i = history_length - 1; i >= 0; i--) {
            HIST_ENTRY *h = history_get(i + history_base);
            for (int j = i - 1; h && j >= 0; j--) {
                HIST_ENTRY *older = history_get(j + history_base);
                if (!older || strcmp(older->line, h->line) != 0) continue;
                free_history_entry(remove_history(j));
                i--;
            }
        }
        Str tmp = STR_INIT;
        str_printf(&tmp, "%s.%ld", history_path, (long)getpid());
        mode_t old = umask(077);
        if (write_history(str_cstr(&tmp)) != 0 || rename(str_cstr(&tmp), history_path) != 0)
            unlink(str_cstr(&tmp));
        umask(old);
        str_clear(&tmp);
    }
    clear_history();
    mem_free(history_path);
    history_path = NULL;
}
