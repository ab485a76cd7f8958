/* Keys inside of an entry of several lines. Whatever a person bound to readline's own functions
 * (Up, Ctrl-P, `k` of vi: previous-history) first moves within the block and leaves it at its edge;
 * Home, End, Ctrl-K and Ctrl-U stay within a line. With one line they are readline's.
 */
#ifndef QKV_SHELL_BLOCKKEYS_H
#define QKV_SHELL_BLOCKKEYS_H

#include <stdio.h>

#include <readline/readline.h>

/* Binds them in every keymap; enter: what takes the place of accept-line. */
void block_keys_install(rl_command_func_t *enter, rl_command_func_t *new_line);

#endif
