#include "CProgram.h"

static int count;
static char **words;

// The C library gives these to what runs before main; Swift reads /proc/self/cmdline instead.
__attribute__((constructor)) static void keep(int argc, char **argv) {
  count = argc;
  words = argv;
}

int strata_arguments_count(void) { return count; }

const char *strata_argument(int index) {
  return index >= 0 && index < count ? words[index] : 0;
}
