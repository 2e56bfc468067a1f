#include "CCairo.h"
#include <pango/pangocairo.h>
#include <stdlib.h>

struct rostrum_fonts {
  PangoContext *context;
};

/// A line as it was measured, in Pango's units of 1/1024 point.
struct line {
  PangoLayoutLine *line;
  int x, height, base, width;
};

struct rostrum_text {
  PangoLayout *layout;
  int32_t count;
  struct line lines[];
};

rostrum_fonts *rostrum_fonts_new(void) {
  rostrum_fonts *fonts = malloc(sizeof *fonts);
  if (!fonts) return NULL;
  // A map of our own: the shared one belongs to a thread and is never given back.
  PangoFontMap *map = pango_cairo_font_map_new();
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
  fonts->context = pango_font_map_create_context(map);
  g_object_unref(map);
  // Lines break in the same places on paper and on every screen.
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(fonts->context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(fonts->context, FALSE);
  pango_context_set_language(fonts->context, pango_language_from_string("en"));
  return fonts;
}

void rostrum_fonts_free(rostrum_fonts *fonts) {
  if (!fonts) return;
  g_object_unref(fonts->context);
  free(fonts);
}

static void put(PangoAttrList *list, PangoAttribute *attribute, const rostrum_run *run) {
  attribute->start_index = run->start;
  attribute->end_index = run->end;
  pango_attr_list_insert(list, attribute);
}

static guint16 part(uint32_t colour, int shift) { return (guint16)(((colour >> shift) & 255) * 257); }

static PangoAttribute *ink(uint32_t colour) {
  return pango_attr_foreground_new(part(colour, 16), part(colour, 8), part(colour, 0));
}

static PangoAttrList *attributes(const rostrum_style *style, const rostrum_run *runs, int32_t count) {
  PangoAttrList *list = pango_attr_list_new();
  pango_attr_list_insert(list, ink(style->colour));
  for (int32_t i = 0; i < count; i++) {
    put(list, ink(runs[i].colour), &runs[i]);
    if (runs[i].bold) put(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), &runs[i]);
    if (runs[i].underlined) put(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), &runs[i]);
  }
  return list;
}

static PangoLayout *laid_out(
    rostrum_fonts *fonts, const char *text, int32_t count, const rostrum_style *style, const rostrum_run *runs,
    int32_t run_count) {
  PangoLayout *layout = pango_layout_new(fonts->context);
  PangoFontDescription *font = pango_font_description_new();
  pango_font_description_set_family(font, style->family);
  pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
  if (style->bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  if (style->italic) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  if (style->width > 0) {
    pango_layout_set_width(layout, (int)(style->width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(
        layout, style->alignment == 1 ? PANGO_ALIGN_CENTER : style->alignment == 2 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  }
  PangoAttrList *list = attributes(style, runs, run_count);
  pango_layout_set_attributes(layout, list);
  pango_attr_list_unref(list);
  pango_layout_set_text(layout, text, count);
  return layout;
}

rostrum_text *rostrum_text_new(
    rostrum_fonts *fonts, const void *text, int32_t count, const rostrum_style *style, const rostrum_run *runs,
    int32_t run_count) {
  PangoLayout *layout = laid_out(fonts, text, count, style, runs, run_count);
  int32_t lines = pango_layout_get_line_count(layout);
  rostrum_text *made = malloc(sizeof *made + (size_t)lines * sizeof(struct line));
  if (!made) {
    g_object_unref(layout);
    return NULL;
  }
  made->layout = layout;
  made->count = 0;
  PangoLayoutIter *iter = pango_layout_get_iter(layout);
  do {
    PangoRectangle box;
    struct line *line = &made->lines[made->count++];
    pango_layout_iter_get_line_extents(iter, NULL, &box);
    line->line = pango_layout_iter_get_line_readonly(iter);
    int extra = style->spacing > 0 ? (int)(style->spacing * style->size * PANGO_SCALE) - box.height : 0;
    line->x = box.x;
    line->width = box.width;
    line->height = box.height + extra;
    line->base = pango_layout_iter_get_baseline(iter) - box.y + extra / 2;
  } while (made->count < lines && pango_layout_iter_next_line(iter));
  pango_layout_iter_free(iter);
  return made;
}

void rostrum_text_free(rostrum_text *text) {
  if (!text) return;
  g_object_unref(text->layout);
  free(text);
}

int32_t rostrum_text_lines(const rostrum_text *text) { return text->count; }

void rostrum_text_line(const rostrum_text *text, int32_t index, double *height, double *base, double *width) {
  const struct line *line = &text->lines[index];
  *height = (double)line->height / PANGO_SCALE;
  *base = (double)line->base / PANGO_SCALE;
  *width = (double)line->width / PANGO_SCALE;
}

void rostrum_text_draw(const rostrum_text *text, int32_t index, cairo_t *cairo, double x, double y) {
  const struct line *line = &text->lines[index];
  cairo_move_to(cairo, x + (double)line->x / PANGO_SCALE, y);
  pango_cairo_show_layout_line(cairo, line->line);
}

int32_t rostrum_text_unknown(const rostrum_text *text) { return pango_layout_get_unknown_glyphs_count(text->layout); }
