/* The shell as main sees it. */
#ifndef QKV_SHELL_SHELL_H
#define QKV_SHELL_SHELL_H

/* Everything from argv to the exit status. */
int shell_main(int argc, char **argv);

#endif
