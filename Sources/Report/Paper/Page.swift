import CCairo

/// The bytes of a file that is being made.
private final class Sink {
  var bytes: [UInt8] = []
}

/// A page, or one after the other, that is drawn on: of a PDF, an SVG or a picture of points.
///
/// Places are points from the top left corner.
struct Page: ~Copyable {
  private let surface: OpaquePointer
  private let cairo: OpaquePointer
  private let sink: Sink
  /// Whether it is made of pixels, which are written at the end.
  private let isPicture: Bool

  /// A4 in points.
  static let a4 = (width: 595.276, height: 841.89)

  /// What is made.
  enum Kind: Equatable { case pdf, svg, png(scale: Double) }

  private init(surface: OpaquePointer, cairo: OpaquePointer, sink: Sink, isPicture: Bool) {
    (self.surface, self.cairo, self.sink, self.isPicture) = (surface, cairo, sink, isPicture)
  }

  /// Opens a file of one kind, its pages of a size in points.
  static func open(_ kind: Kind, width: Double, height: Double) throws(PaperError) -> Page {
    let sink = Sink()
    // SAFETY: the page keeps the sink, and cairo writes only until the surface is finished, which is before the page goes.
    let place = Unmanaged.passUnretained(sink).toOpaque()
    var scale: Double?
    let made: OpaquePointer?
    switch kind {
    case .pdf: made = cairo_pdf_surface_create_for_stream(Page.write, place, width, height)
    case .svg: made = cairo_svg_surface_create_for_stream(Page.write, place, width, height)
    case .png(let pixels):
      scale = pixels
      made = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, CInt((width * pixels).rounded(.up)), CInt((height * pixels).rounded(.up)))
    }
    guard let made, let context = cairo_create(made) else { throw .drawing("out of memory") }
    let page = Page(surface: made, cairo: context, sink: sink, isPicture: scale != nil)
    if let scale { cairo_scale(context, scale, scale) }
    if kind == .svg { cairo_svg_surface_set_document_unit(made, CAIRO_SVG_UNIT_PT) }
    if kind != .pdf { page.ground(width: width, height: height) }
    try page.check()
    return page
  }

  deinit {
    cairo_destroy(cairo)
    cairo_surface_destroy(surface)
  }

  private static let write: cairo_write_func_t = { place, bytes, count in
    guard let place, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
    // SAFETY: `place` is the sink that was handed over with this function, and is alive while the page is.
    let sink = Unmanaged<Sink>.fromOpaque(place).takeUnretainedValue()
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
  }

  private func check() throws(PaperError) {
    for status in [cairo_status(cairo), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
      throw .drawing(cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
    }
  }

  /// The finished file; nothing can be drawn after it.
  consuming func finish() throws(PaperError) -> [UInt8] {
    if isPicture {
      // SAFETY: as in `open`.
      let place = Unmanaged.passUnretained(sink).toOpaque()
      let status = cairo_surface_write_to_png_stream(surface, Page.write, place)
      guard status == CAIRO_STATUS_SUCCESS else { throw .drawing("the picture could not be written") }
    }
    cairo_surface_finish(surface)
    try check()
    return sink.bytes
  }

  /// What a reader of PDF shows about the file; `created` is ISO 8601.
  func describe(title: String, created: String?, creator: String) {
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, creator)
    // Always set: cairo would put in the clock's.
    let date = created ?? "1970-01-01T00:00:00Z"
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date)
  }

  /// Puts a heading into the contents that a reader of PDF shows beside the pages.
  func outline(_ title: String, page: Int, y: Double) {
    _ = cairo_pdf_surface_add_outline(
      surface, CInt(CAIRO_PDF_OUTLINE_ROOT), title, "page=\(page) pos=[0 \(Int(y))]", CAIRO_PDF_OUTLINE_FLAG_OPEN)
  }

  /// Ends this page; what is drawn next is on the next one.
  func turn() { cairo_show_page(cairo) }

  /// Lays the colour of paper under everything.
  func ground(width: Double, height: Double) {
    cairo_rectangle(cairo, 0, 0, width, height)
    fill(.paper)
  }

  private func colour(_ ink: Ink) {
    let colour = ink.onPaper
    cairo_set_source_rgb(
      cairo, Double(colour >> 16 & 255) / 255, Double(colour >> 8 & 255) / 255, Double(colour & 255) / 255)
  }

  /// Draws a line of a text with its base at `y`.
  func draw(_ text: Typeset, line: Int, x: Double, y: Double) { text.draw(line: line, on: cairo, x: x, y: y) }

  func line(from start: (Double, Double), to end: (Double, Double), width: Double, _ ink: Ink) {
    colour(ink)
    cairo_set_line_width(cairo, width)
    cairo_move_to(cairo, start.0, start.1)
    cairo_line_to(cairo, end.0, end.1)
    cairo_stroke(cairo)
  }

  /// Draws a picture with its corner at a place; its texts are set by `setter`.
  func draw(_ drawing: Drawing, x: Double, y: Double, _ setter: borrowing Typesetter) {
    cairo_save(cairo)
    cairo_translate(cairo, x, y)
    for shape in drawing.shapes { draw(shape, setter) }
    cairo_restore(cairo)
  }

  private func draw(_ shape: Drawing.Shape, _ setter: borrowing Typesetter) {
    switch shape {
    case .rectangle(let corner, let width, let height, let radius, let ink):
      rounded(corner, width, height, min(radius, width / 2, height / 2))
      fill(ink)
    case .line(let points, let width, let ink):
      path(points)
      colour(ink)
      cairo_set_line_width(cairo, width)
      cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
      cairo_stroke(cairo)
    case .polygon(let points, let ink):
      path(points)
      cairo_close_path(cairo)
      fill(ink)
    case .circle(let centre, let radius, let ink):
      cairo_new_path(cairo)
      cairo_arc(cairo, centre.x, centre.y, radius, 0, 2 * .pi)
      fill(ink)
    case .text(let text, let point, let size, let anchor, let isBold, let ink):
      let text = setter.set(text, Type(size: size, ink: ink, isBold: isBold, spacing: 0))
      let shift = anchor == .start ? 0 : anchor == .middle ? text.lines[0].width / 2 : text.lines[0].width
      draw(text, line: 0, x: point.x - shift, y: point.y)
    }
  }

  private func fill(_ ink: Ink) {
    colour(ink)
    cairo_fill(cairo)
  }

  private func path(_ points: [Drawing.Point]) {
    cairo_new_path(cairo)
    for point in points { cairo_line_to(cairo, point.x, point.y) }
  }

  private func rounded(_ corner: Drawing.Point, _ width: Double, _ height: Double, _ radius: Double) {
    cairo_new_path(cairo)
    guard radius > 0 else { return cairo_rectangle(cairo, corner.x, corner.y, width, height) }
    let (left, top, right, bottom) = (corner.x, corner.y, corner.x + width, corner.y + height)
    cairo_arc(cairo, right - radius, top + radius, radius, -.pi / 2, 0)
    cairo_arc(cairo, right - radius, bottom - radius, radius, 0, .pi / 2)
    cairo_arc(cairo, left + radius, bottom - radius, radius, .pi / 2, .pi)
    cairo_arc(cairo, left + radius, top + radius, radius, .pi, 1.5 * .pi)
    cairo_close_path(cairo)
  }
}
