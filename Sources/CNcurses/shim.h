#pragma once
// The wide-character interface (get_wch, add_wch) exists only when this is set before the header.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
