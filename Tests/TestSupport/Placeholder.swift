// Goldens, fixtures, the tmux driver.
