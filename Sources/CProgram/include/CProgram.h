#ifndef STRATA_PROGRAM_H
#define STRATA_PROGRAM_H

/// The words of the command line as the system handed them over, also where /proc is not mounted.
int strata_arguments_count(void);
const char *strata_argument(int index);

/// The commit that the program was built from and its date; empty where the build does not say.
const char *strata_commit(void);
const char *strata_commit_date(void);

#endif
