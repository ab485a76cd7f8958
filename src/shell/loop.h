/* What the loop shares with main and the tests: signals. */
#ifndef QKV_SHELL_LOOP_H
#define QKV_SHELL_LOOP_H

#include "shell/session.h"

/* SIGINT sets interrupt_pending; SIGHUP and SIGTERM end the loop in good order. */
void signals_install(void);

#endif
