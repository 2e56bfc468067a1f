#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#undef columns  // term.h makes a macro of it.

struct rostrum_curses {
  SCREEN *screen;
  FILE *output, *input;
  bool colour;
};

// Curses takes these signals for itself; they belong to the program.
static const int taken[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
enum { taken_count = sizeof taken / sizeof *taken };

static void keep_signals(struct sigaction *kept) {
  for (int i = 0; i < taken_count; i++) sigaction(taken[i], NULL, &kept[i]);
}

static void give_signals_back(const struct sigaction *kept) {
  for (int i = 0; i < taken_count; i++) sigaction(taken[i], &kept[i], NULL);
}

bool rostrum_curses_locale(void) {
  setlocale(LC_CTYPE, "");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int rostrum_curses_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

int rostrum_terminfo_colours(const char *term) {
  TERMINAL *before = cur_term;
  int error = 0;
  if (setupterm(term, STDERR_FILENO, &error) != OK) {
    set_curterm(before);
    return -2;
  }
  TERMINAL *mine = cur_term;
  bool places = cursor_address != NULL;
  int colours = tigetnum("colors");  // `max_colors` holds 16 bits only.
  set_curterm(before);
  if (mine != before) del_curterm(mine);
  return places ? (colours > 0 ? colours : -1) : -3;
}

/// Empties the string that resets the palette, which curses sends on entering: the user may have set one, and we never
/// do. What `tigetstr` gives is the library's own memory; `orig_colors` of term.h is a copy that it does not look at.
static void forget_palette(void) {
  char *reset = tigetstr("oc");
  if (reset && reset != (char *)-1) reset[0] = '\0';
}

rostrum_curses *rostrum_curses_open(const char *term, int output, int rows, int columns, bool colour) {
  rostrum_curses *curses = calloc(1, sizeof *curses);
  if (!curses) return NULL;
  int out = dup(output), in = dup(output);
  curses->output = out < 0 ? NULL : fdopen(out, "w");
  curses->input = in < 0 ? NULL : fdopen(in, "r");
  struct sigaction kept[taken_count];
  keep_signals(kept);
  use_env(FALSE);  // No size from LINES and COLUMNS …
  use_tioctl(TRUE);  // … nor any from terminfo where it has none.
  if (curses->output && curses->input) curses->screen = newterm(term, curses->output, curses->input);
  give_signals_back(kept);
  if (!curses->screen) {
    if (curses->output) fclose(curses->output); else if (out >= 0) close(out);
    if (curses->input) fclose(curses->input); else if (in >= 0) close(in);
    free(curses);
    return NULL;
  }
  set_term(curses->screen);
  forget_palette();
  typeahead(-1);           // A file always looks readable; drawing would stop half-way.
  resize_term(rows, columns);
  curses->colour = colour && start_color() == OK && use_default_colors() == OK;
  leaveok(stdscr, TRUE);
  idlok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  curs_set(0);
  // What has been written so far belongs to terminfo's idea of the size. Leaving makes the first update enter again.
  endwin();
  if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0) curses->colour = false;
  return curses;
}

void rostrum_curses_close(rostrum_curses *curses) {
  struct sigaction kept[taken_count];
  keep_signals(kept);
  delscreen(curses->screen);
  give_signals_back(kept);
  fclose(curses->output);
  fclose(curses->input);
  free(curses);
}

static attr_t attributes_of(unsigned bits) {
  return (bits & ROSTRUM_BOLD ? A_BOLD : 0) | (bits & ROSTRUM_DIM ? A_DIM : 0) |
         (bits & ROSTRUM_UNDERLINE ? A_UNDERLINE : 0) | (bits & ROSTRUM_REVERSE ? A_REVERSE : 0) |
         (bits & ROSTRUM_ITALIC ? A_ITALIC : 0);
}

void rostrum_curses_pair(rostrum_curses *curses, int pair, int foreground, int background) {
  set_term(curses->screen);
  if (curses->colour) init_extended_pair(pair, foreground, background);
}

void rostrum_curses_background(rostrum_curses *curses, int pair, unsigned attributes) {
  set_term(curses->screen);
  cchar_t blank;
  int wide_pair = curses->colour ? pair : 0;
  if (setcchar(&blank, L" ", attributes_of(attributes), 0, &wide_pair) == OK) wbkgrndset(stdscr, &blank);
}

void rostrum_curses_put(
    rostrum_curses *curses, int row, int column, const uint32_t *scalars, int count, unsigned attributes, int pair) {
  wchar_t text[6] = {0};
  for (int i = 0; i < count && i < 5; i++) text[i] = (wchar_t)scalars[i];
  cchar_t cell;
  int wide_pair = curses->colour ? pair : 0;
  set_term(curses->screen);
  if (setcchar(&cell, text, attributes_of(attributes), 0, &wide_pair) != OK) return;
  mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

void rostrum_curses_erase(rostrum_curses *curses) {
  set_term(curses->screen);
  werase(stdscr);
}

void rostrum_curses_repaint(rostrum_curses *curses) {
  set_term(curses->screen);
  clearok(curscr, TRUE);
}

void rostrum_curses_update(rostrum_curses *curses) {
  struct sigaction kept[taken_count];
  keep_signals(kept);
  set_term(curses->screen);
  wnoutrefresh(stdscr);
  doupdate();
  give_signals_back(kept);
}

void rostrum_curses_resize(rostrum_curses *curses, int rows, int columns) {
  set_term(curses->screen);
  resize_term(rows, columns);
}

void rostrum_curses_leave(rostrum_curses *curses) {
  struct sigaction kept[taken_count];
  keep_signals(kept);
  set_term(curses->screen);
  endwin();
  give_signals_back(kept);
}

/// Copies a string without what asks for delays, $<5/>, for terminals of old; 0 where it does not fit.
static size_t without_delays(const char *string, uint8_t *bytes, size_t room) {
  size_t count = 0;
  for (const char *place = string; *place; place++) {
    if (place[0] == '$' && place[1] == '<') {
      const char *end = strchr(place, '>');
      if (end) {
        place = end;
        continue;
      }
    }
    if (count == room) return 0;
    bytes[count++] = (uint8_t)*place;
  }
  return count;
}

size_t rostrum_curses_string(rostrum_curses *curses, const char *capability, uint8_t *bytes, size_t room) {
  set_term(curses->screen);
  const char *string = tigetstr(capability);
  if (!string || string == (char *)-1) return 0;
  return without_delays(string, bytes, room);
}

size_t rostrum_curses_region(rostrum_curses *curses, int rows, uint8_t *bytes, size_t room) {
  set_term(curses->screen);
  if (!change_scroll_region) return 0;
  const char *string = tparm(change_scroll_region, 0, rows - 1);
  return string ? without_delays(string, bytes, room) : 0;
}
