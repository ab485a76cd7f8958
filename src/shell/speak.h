/* Answering aloud: time that counts down while a person speaks. */
#ifndef QKV_SHELL_SPEAK_H
#define QKV_SHELL_SPEAK_H

#include "shell/session.h"

/* Until Enter, or the time is over; false: Ctrl-C, or the terminal is gone. */
bool speak_count_down(Session *s, double seconds);

#endif
