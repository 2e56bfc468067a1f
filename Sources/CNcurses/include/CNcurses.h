/// ncursesw, as far as Rostrum needs it.
///
/// Swift cannot see what curses hides in macros and globals (`stdscr`, `A_BOLD`, `cur_term`, `cchar_t`'s fields), and
/// its names (`clear`, `OK`, `timeout`) would leak everywhere, so curses.h is not included here at all.
///
/// Curses draws into a file in memory, never on the terminal: it computes the bytes, and we send them when the
/// terminal takes them. It reads nothing, sets no terminal modes, keeps no signal handlers, and changes no colour of
/// the palette.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct rostrum_curses rostrum_curses;

/// What a character looks like besides its colour; the bits of Terminal's `Style.Attributes`.
enum { ROSTRUM_BOLD = 1, ROSTRUM_DIM = 2, ROSTRUM_UNDERLINE = 4, ROSTRUM_REVERSE = 8, ROSTRUM_ITALIC = 16 };

/// Takes the character encoding over from the environment; true where it is UTF-8. Process-wide.
bool rostrum_curses_locale(void);
/// How many cells the locale gives a character; -1 for what cannot be shown.
int rostrum_curses_width(uint32_t scalar);
/// How many colours terminfo gives a terminal: -1 for none, -2 where the terminal is not known, -3 where it is known
/// but cannot place its cursor.
int rostrum_terminfo_colours(const char *term);

/// Starts a screen for the terminal `term` whose bytes go to the file `output`; NULL on failure. `output` stays the
/// caller's.
rostrum_curses *rostrum_curses_open(const char *term, int output, int rows, int columns, bool colour);
/// Frees a screen. Sends nothing: `rostrum_curses_leave` does.
void rostrum_curses_close(rostrum_curses *curses);
/// Says what the colour pair `pair` is (from 1); -1 is the terminal's own colour.
void rostrum_curses_pair(rostrum_curses *curses, int pair, int foreground, int background);
/// Says what blanks look like.
void rostrum_curses_background(rostrum_curses *curses, int pair, unsigned attributes);
/// Puts a character (a base and its marks, at most 5 scalars) into a cell.
void rostrum_curses_put(
    rostrum_curses *curses, int row, int column, const uint32_t *scalars, int count, unsigned attributes, int pair);
/// Blanks every cell.
void rostrum_curses_erase(rostrum_curses *curses);
/// Has the next update send everything anew.
void rostrum_curses_repaint(rostrum_curses *curses);
/// Sends what changed to the output file.
void rostrum_curses_update(rostrum_curses *curses);
/// Changes the size.
void rostrum_curses_resize(rostrum_curses *curses, int rows, int columns);
/// Sends what puts the terminal back as it was; the next update takes it again.
void rostrum_curses_leave(rostrum_curses *curses);
/// Copies the terminal's string for a capability (`rmcup`, `kcuu1` …) without its delays; gives the length, 0 where it
/// has none or where it does not fit.
size_t rostrum_curses_string(rostrum_curses *curses, const char *capability, uint8_t *bytes, size_t room);
/// Copies what makes all `rows` rows the scrolling region; the cursor is anywhere after it. Curses sets it once, for
/// the size that terminfo tells.
size_t rostrum_curses_region(rostrum_curses *curses, int rows, uint8_t *bytes, size_t room);
