#include "CProgram.h"

// scripts/package gives these to the compiler.
#ifndef STRATA_COMMIT
#define STRATA_COMMIT ""
#endif
#ifndef STRATA_COMMIT_DATE
#define STRATA_COMMIT_DATE ""
#endif

const char *strata_commit(void) { return STRATA_COMMIT; }

const char *strata_commit_date(void) { return STRATA_COMMIT_DATE; }
