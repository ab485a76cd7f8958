/* qkv: argv -> shell. */
#include "config.h"

#include <stdio.h>

int main(void) {
    puts("qkv");
    return 0;
}
