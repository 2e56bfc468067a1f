/// cairo and Pango: pages, pictures, and the text on them.
///
/// cairo's functions are called as they stand. Pango's are behind a few of our own, because its headers lean on GLib's,
/// whose place differs from machine to machine: only the shim is told where they are, and nobody who imports this.
/// A run of text is laid out once, measured by lines, and drawn a line at a time, so that pages can end between any two.
#pragma once
#include <cairo/cairo-pdf.h>
#include <cairo/cairo-svg.h>
#include <cairo/cairo.h>
#include <stdbool.h>
#include <stdint.h>

/// What texts are laid out with: the fonts of this machine. Of one thread at a time.
typedef struct rostrum_fonts rostrum_fonts;
/// A text that was laid out.
typedef struct rostrum_text rostrum_text;

/// A stretch of a text, in bytes, that looks otherwise than the rest.
typedef struct {
  uint32_t start, end;
  /// Red, green and blue, a byte each, red highest.
  uint32_t colour;
  bool bold, underlined;
} rostrum_run;

/// How a text is set: the name of its fonts, size in points, width in points or 0 for one line that never breaks, how high
/// a line is beside what its font asks for, and where lines stand: 0 at the beginning, 1 in the middle, 2 at the end.
typedef struct {
  const char *family;
  double size, width, spacing;
  uint32_t colour;
  bool bold, italic;
  int32_t alignment;
} rostrum_style;

/// NULL where there is no memory.
rostrum_fonts *rostrum_fonts_new(void);
void rostrum_fonts_free(rostrum_fonts *fonts);

/// Lays out `count` bytes of UTF-8 and keeps nothing of what it is given; NULL where there is no memory.
rostrum_text *rostrum_text_new(
    rostrum_fonts *fonts, const void *text, int32_t count, const rostrum_style *style, const rostrum_run *runs,
    int32_t run_count);
void rostrum_text_free(rostrum_text *text);
/// Lines of it; one at least.
int32_t rostrum_text_lines(const rostrum_text *text);
/// How high a line is in points, how far its base is below its top, and how wide it is.
void rostrum_text_line(const rostrum_text *text, int32_t index, double *height, double *base, double *width);
/// Draws a line with its base at `y`; `x` is the left edge of the text, wherever its lines stand.
void rostrum_text_draw(const rostrum_text *text, int32_t index, cairo_t *cairo, double x, double y);
/// Glyphs that no font of this machine has: such a text shows boxes.
int32_t rostrum_text_unknown(const rostrum_text *text);
