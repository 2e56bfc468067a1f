/// A picture as shapes, in points from its top left corner: what is drawn on paper, into an image and into a page of HTML.
///
/// Shapes name what they are for (`Ink`), and whoever draws them knows the colours. No meaning rests on colour: kinds
/// differ in shape and place too, and `summary` says in words what is to be seen.
package struct Drawing: Equatable, Sendable {
  /// A place.
  package struct Point: Equatable, Sendable {
    package var x: Double
    package var y: Double

    /// A place `x` to the right and `y` below the corner.
    package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  /// Where a text stands beside its place.
  package enum Anchor: String, Equatable, Sendable { case start, middle, end }

  /// One thing that is drawn; later ones lie on earlier ones.
  package enum Shape: Equatable, Sendable {
    case rectangle(Point, width: Double, height: Double, radius: Double, Ink)
    /// Points joined by a line of a width.
    case line([Point], width: Double, Ink)
    case polygon([Point], Ink)
    case circle(Point, radius: Double, Ink)
    /// A line of text with its base at the place.
    case text(String, Point, size: Double, Anchor, isBold: Bool, Ink)
  }

  package let width: Double
  package let height: Double
  /// What it shows, in a sentence or two.
  package var summary: String
  package var shapes: [Shape] = []

  /// An empty picture.
  package init(width: Double, height: Double, summary: String) {
    self.width = width
    self.height = height
    self.summary = summary
  }

  /// Puts a shape on top.
  package mutating func add(_ shape: Shape) { shapes.append(shape) }

  /// Puts all of another picture on top, its corner at a place.
  package mutating func add(_ other: Drawing, at place: Point) {
    for shape in other.shapes { shapes.append(shape.moved(by: place)) }
  }
}

extension Drawing.Shape {
  fileprivate func moved(by place: Drawing.Point) -> Drawing.Shape {
    func move(_ point: Drawing.Point) -> Drawing.Point { Drawing.Point(point.x + place.x, point.y + place.y) }
    return switch self {
    case .rectangle(let corner, let width, let height, let radius, let ink):
      .rectangle(move(corner), width: width, height: height, radius: radius, ink)
    case .line(let points, let width, let ink): .line(points.map(move), width: width, ink)
    case .polygon(let points, let ink): .polygon(points.map(move), ink)
    case .circle(let centre, let radius, let ink): .circle(move(centre), radius: radius, ink)
    case .text(let text, let point, let size, let anchor, let isBold, let ink):
      .text(text, move(point), size: size, anchor, isBold: isBold, ink)
    }
  }
}

/// What a shape or a text is for; its colour on paper is beside it, that on a screen in the page's own style.
///
/// Blue and orange are apart for every kind of colour vision, and in grey the orange is the darker of the two tints.
package enum Ink: String, CaseIterable, Sendable {
  /// What is read, what is read second, and lines that hold things together.
  case text, quiet, rule
  /// The ground that tracks and bands lie on.
  case track, band
  /// The one accent: courses, headings, values.
  case accent, tint
  /// Fillers, pauses, and what somebody pointed at.
  case filler, pause, mark, comment
  /// The page itself.
  case paper

  /// Red, green and blue on paper, a byte each, red highest.
  var onPaper: UInt32 {
    switch self {
    case .text: 0x1D2430
    case .quiet: 0x5B6472
    case .rule: 0xD5DAE1
    case .track: 0xEDF0F4
    case .band: 0xDDE9F3
    case .accent: 0x1F5C8D
    case .tint: 0x9CC1DF
    case .filler: 0xA84300
    case .pause: 0x8FA3B8
    case .mark: 0x1D2430
    case .comment: 0x1F5C8D
    case .paper: 0xFFFFFF
    }
  }

  /// The same on a dark screen.
  var onDark: UInt32 {
    switch self {
    case .text: 0xE4E8EE
    case .quiet: 0xA5AFBD
    case .rule: 0x3A4350
    case .track: 0x252C36
    case .band: 0x22384C
    case .accent: 0x86BBE8
    case .tint: 0x3F6E96
    case .filler: 0xFFAE6B
    case .pause: 0x74879C
    case .mark: 0xE4E8EE
    case .comment: 0x86BBE8
    case .paper: 0x161B22
    }
  }
}

/// A colour as HTML writes it: `#1d2430`.
func hex(_ colour: UInt32) -> String {
  let digits = String(colour, radix: 16)
  return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
}
