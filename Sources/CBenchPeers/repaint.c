#include "CBenchPeers.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>
#include <sys/ioctl.h>

enum { RUNS = 8 };

static void draw(int turn) {
  int rows, columns;
  getmaxyx(stdscr, rows, columns);
  erase();
  for (int row = 0; row < rows; row++) {
    for (int run = 0; run < RUNS; run++) {
      int from = columns * run / RUNS, to = columns * (run + 1) / RUNS;
      attrset((run % 2 ? A_BOLD : A_NORMAL) | (has_colors() ? COLOR_PAIR(1 + run % 6) : 0));
      for (int column = from; column < to; column++)
        mvaddch(row, column, (chtype)('!' + (row * 7 + column * (1 + turn % 5) + turn) % 90));
    }
  }
  refresh();
}

int bench_repaint(void) {
  setlocale(LC_ALL, "");
  if (!initscr()) return 1;
  raw();
  noecho();
  curs_set(0);
  if (has_colors()) {
    start_color();
    for (short pair = 1; pair <= 6; pair++) init_pair(pair, pair, COLOR_BLACK);
  }
  int turn = 0, key;
  // A closed terminal gives no more keys: where nobody hears its signal (nohup), that must end the program.
  do {
    draw(turn++);
    key = getch();
  } while (key != 'q' && key != ERR);
  endwin();
  return 0;
}

bool bench_terminal_size(int terminal, unsigned short rows, unsigned short columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  return ioctl(terminal, TIOCSWINSZ, &size) == 0;
}
