/* See blockkeys.h. */
#include "config.h"

#include "shell/blockkeys.h"

#include "shell/block.h"

/* Columns (characters) that Up and Down keep, and the cursor as the last of them left it. */
static struct { int column, at; } goal = {.at = -1};

static int line_start(int at) {
    return (int)block_line_start(rl_line_buffer, (size_t)at);
}

static int line_end(int at) {
    return (int)block_line_end(rl_line_buffer, (size_t)at);
}

static int characters(int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) n += ((unsigned char)rl_line_buffer[i] & 0xC0) != 0x80;
    return n;
}

/* To the wanted column of the line that begins at `start`. */
static void go_to_column(int start, int column) {
    int end = line_end(start), at = start;
    for (; at < end && column > 0; column--) do
            at++;
        while (at < end && ((unsigned char)rl_line_buffer[at] & 0xC0) == 0x80);
    rl_point = at;
    goal.at = at;
}

/* False at the block's edge. */
static bool move_line(int direction) {
    int start = line_start(rl_point), end = line_end(rl_point);
    if (direction < 0 ? start == 0 : end == rl_end) return false;
    if (goal.at != rl_point) goal.column = characters(start, rl_point);
    go_to_column(direction < 0 ? line_start(start - 1) : end + 1, goal.column);
    return true;
}

/* Readline's own function runs for one of ours. One that searches goes on where its last run
 * stopped only if it believes that no other key came between. */
static int run_own(rl_command_func_t *own, rl_command_func_t *ours, int count, int key) {
    static rl_command_func_t *ran;
    if (ran == own && rl_last_func == ours && goal.at < 0) rl_last_func = own;
    int result = own(count, key);
    ran = own;
    goal.at = -1;
    return result;
}

/* Up: a line up, or the entry before, from its end. */
static int up(rl_command_func_t *own, rl_command_func_t *ours, int count, int key) {
    if (move_line(-1)) return 0;
    return run_own(own, ours, count, key);
}

/* Down: a line down, or the entry behind, from its first line. */
static int down(rl_command_func_t *own, rl_command_func_t *ours, int count, int key) {
    if (move_line(1)) return 0;
    int result = run_own(own, ours, count, key);
    if (block_lines(rl_line_buffer)) rl_point = line_end(0);
    return result;
}

#define OVER(name, move, own)                                                                      \
    static int name(int count, int key) {                                                          \
        return move(own, name, count, key);                                                        \
    }
OVER(previous_history, up, rl_get_previous_history)
OVER(search_backward, up, rl_history_search_backward)
OVER(part_backward, up, rl_history_substr_search_backward)
OVER(next_history, down, rl_get_next_history)
OVER(search_forward, down, rl_history_search_forward)
OVER(part_forward, down, rl_history_substr_search_forward)

static int line_begin_key(int count, int key) {
    UNUSED(count), UNUSED(key);
    rl_point = line_start(rl_point);
    return 0;
}

static int line_end_key(int count, int key) {
    UNUSED(count), UNUSED(key);
    rl_point = line_end(rl_point);
    return 0;
}

/* Ctrl-K: to the line's end, there its newline. */
static int kill_line(int count, int key) {
    int end = line_end(rl_point);
    if (count < 1 || end == rl_end) return rl_kill_line(count, key);
    return rl_kill_text(rl_point, MAX(end, rl_point + 1));
}

/* Ctrl-U: to the line's begin. */
static int discard_line(int count, int key) {
    int start = line_start(rl_point);
    if (start == 0) return rl_unix_line_discard(count, key);
    rl_kill_text(rl_point, start);
    rl_point = start;
    return 0;
}

/* Backspace in a line's indentation goes back by a level. */
static int back_key(int count, int key) {
    int start = line_start(rl_point), n = rl_point - start;
    for (int i = start; i < rl_point; i++)
        if (rl_line_buffer[i] != ' ') n = 0;
    if (start == 0 || n == 0 || count != 1) return rl_rubout(count, key);
    int gone = n % 4 ? n % 4 : 4;
    rl_delete_text(rl_point - gone, rl_point);
    rl_point -= gone;
    return 0;
}

static void rebind(rl_command_func_t *own, rl_command_func_t *ours, Keymap map) {
    char **keys = rl_invoking_keyseqs_in_map(own, map);
    for (char **k = keys; k && *k; k++) {
        rl_bind_keyseq_in_map(*k, ours, map);
        free(*k);
    }
    free(keys);
}

void block_keys_install(rl_command_func_t *enter, rl_command_func_t *new_line) {
    const struct {
        rl_command_func_t *own, *ours;
    } rows[] = {
        {rl_get_previous_history, previous_history},
        {rl_get_next_history, next_history},
        {rl_history_search_backward, search_backward},
        {rl_history_search_forward, search_forward},
        {rl_history_substr_search_backward, part_backward},
        {rl_history_substr_search_forward, part_forward},
        {rl_beg_of_line, line_begin_key},
        {rl_end_of_line, line_end_key},
        {rl_kill_line, kill_line},
        {rl_unix_line_discard, discard_line},
        {rl_rubout, back_key},
        {rl_newline, enter},
    };
    static const char *const maps[] = {"emacs-standard", "vi-insert", "vi-command"};
    for (size_t m = 0; m < ARRAY_LEN(maps); m++) {
        Keymap map = rl_get_keymap_by_name(maps[m]);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) rebind(rows[i].own, rows[i].ours, map);
    }
    Keymap emacs = rl_get_keymap_by_name(maps[0]);
    rl_bind_keyseq_in_map("\\e\\r", new_line, emacs);
    rl_bind_keyseq_in_map("\\e\\n", new_line, emacs);
}
