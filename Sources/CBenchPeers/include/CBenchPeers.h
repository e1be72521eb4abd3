#pragma once

#include <stdbool.h>
#include <sys/types.h>

/// Reads an XML file through libxml2's SAX interface and does nothing with what it says; false when it cannot.
bool bench_sax_pass(const char *path);

/// Draws a whole screen anew at each key until `q`, eight runs of style in each row, every row another than before: what
/// a repaint costs where nothing but ncurses is asked.
int bench_repaint(void);

/// Sets the size of a terminal; `ioctl` is variadic, which Swift cannot call.
bool bench_terminal_size(int terminal, unsigned short rows, unsigned short columns);
