#pragma once

#include <spawn.h>

/// Declared by glibc for programs that ask for GNU's extensions only, and so hidden from Swift.
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

/// Hidden likewise: the master of a new pseudo-terminal, and what makes and names its other side.
extern int posix_openpt(int flags);
extern int grantpt(int master);
extern int unlockpt(int master);
extern char *ptsname(int master);

#ifdef __linux__
#include <sys/prctl.h>

/// Makes this process the parent of those of its descendants whose own parent ends; `prctl` is variadic, which Swift
/// cannot call.
static inline int assay_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
#else
/// Orphans go to the first process of the system: only the group of a program is found.
static inline int assay_adopt_orphans(void) { return -1; }
#endif
