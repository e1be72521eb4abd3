#pragma once

#include <stddef.h>

/// Leaves a usable terminal behind, however the program ends.
///
/// Handlers must be C: in a trap the Swift runtime may not be called. They write fixed bytes, set the saved terminal
/// settings, and let the signal do what it does by default, so that the exit status stays true. They are installed
/// before `newterm`: ncurses keeps a handler that is not the default one.

/// Who has the terminal.
enum terminal_guard_state {
  /// Nobody: a signal just does what it does.
  TERMINAL_GUARD_IDLE = 0,
  /// The program draws on it.
  TERMINAL_GUARD_DRAWING = 1,
  /// Another program has it (an editor); interrupt and quit are meant for that one.
  TERMINAL_GUARD_LENT = 2,
};

/// Saves the settings of a terminal and installs the handlers; 0, or -1 when that fails.
int terminal_guard_install(int terminal);

/// Sets the bytes that bring the terminal back; at most 512 are kept.
void terminal_guard_set_restore(const char *bytes, size_t length);

/// Says who has the terminal from now on.
void terminal_guard_set_state(enum terminal_guard_state state);

/// Says where errors are kept while the program draws, and where they belong; -1 for nowhere.
void terminal_guard_set_errors(int kept, int belongs);

/// A descriptor that has a byte, the signal's number, for each SIGWINCH, SIGTSTP and SIGCONT.
int terminal_guard_notices(void);

/// Stops the process as ^Z does by default; returns when it goes on.
void terminal_guard_stop(void);

/// Makes this process group the terminal's foreground group again.
void terminal_guard_take_back(void);

/// Ends the process as a hangup does.
void terminal_guard_hang_up(void);

/// Takes the handlers away.
void terminal_guard_remove(void);
