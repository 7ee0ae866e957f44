#ifndef STRATA_ARGUMENTS_H
#define STRATA_ARGUMENTS_H

/// The words of the command line as the system handed them over, also where /proc is not mounted.
int strata_arguments_count(void);
const char *strata_argument(int index);

#endif
