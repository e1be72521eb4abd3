#pragma once

#include <spawn.h>

/// Declared by glibc for programs that ask for GNU's extensions only, and so hidden from Swift.
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
