#pragma once
// The wide-character interface (get_wch, add_wch) exists only when this is set before the header.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <langinfo.h>
#include <stdio.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// What Swift cannot import: macros with casts, and globals that it takes for shared mutable state.

static inline attr_t nc_bold(void) { return A_BOLD; }
static inline attr_t nc_dim(void) { return A_DIM; }
static inline attr_t nc_underline(void) { return A_UNDERLINE; }
static inline attr_t nc_reverse(void) { return A_REVERSE; }
static inline attr_t nc_italic(void) { return A_ITALIC; }

static inline WINDOW *nc_screen(void) { return stdscr; }
static inline void nc_repaint_all(void) { clearok(curscr, TRUE); }
static inline int nc_colors(void) { return COLORS; }

/// The code of function key `number`.
static inline int nc_function_key(int number) { return KEY_F(number); }

static inline mmask_t nc_left_press(void) { return BUTTON1_PRESSED; }
static inline mmask_t nc_wheel_up(void) { return BUTTON4_PRESSED; }
static inline mmask_t nc_wheel_down(void) { return BUTTON5_PRESSED; }

/// `newterm` on two descriptors, which it takes over; NULL when the terminal type is not known.
static inline SCREEN *nc_newterm(int output, int input) {
  FILE *out = fdopen(output, "w");
  FILE *in = fdopen(input, "r");
  return out && in ? newterm(NULL, out, in) : NULL;
}

/// Makes a cell; the pair travels as an int, past the 255 that fit beside the attributes.
static inline int nc_make_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair);
}

/// A string of terminfo; NULL where the terminal has none.
static inline const char *nc_terminfo_string(const char *name) {
  char *text = tigetstr(name);
  return text == (char *)-1 ? NULL : text;
}

/// The columns libc gives a scalar; `<wchar.h>` declares `wcwidth` only to X/Open programs.
int wcwidth(wchar_t scalar);
