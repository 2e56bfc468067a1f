import Practice

extension Drawing {
  /// The picture as an `svg` element for a page of HTML, which says what `Ink` looks like in its own style.
  ///
  /// For readers of screens it is one picture with `summary` as its name; `id` is what the page calls it.
  package func svg(id: String) -> String {
    var out =
      "<svg viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\" aria-labelledby=\"\(id)\">"
    out += "<title id=\"\(id)\">\(escaped(summary))</title>\n"
    for shape in shapes { out += Self.element(shape) + "\n" }
    return out + "</svg>"
  }

  private static func element(_ shape: Shape) -> String {
    switch shape {
    case .rectangle(let corner, let width, let height, let radius, let ink):
      let round = radius > 0 ? " rx=\"\(number(radius))\"" : ""
      return "<rect class=\"f-\(ink.rawValue)\" x=\"\(number(corner.x))\" y=\"\(number(corner.y))\" "
        + "width=\"\(number(width))\" height=\"\(number(height))\"\(round)/>"
    case .line(let points, let width, let ink):
      return "<polyline class=\"s-\(ink.rawValue)\" stroke-width=\"\(number(width))\" points=\"\(list(points))\"/>"
    case .polygon(let points, let ink): return "<polygon class=\"f-\(ink.rawValue)\" points=\"\(list(points))\"/>"
    case .circle(let centre, let radius, let ink):
      return "<circle class=\"f-\(ink.rawValue)\" cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" "
        + "r=\"\(number(radius))\"/>"
    case .text(let text, let point, let size, let anchor, let isBold, let ink):
      let weight = isBold ? " font-weight=\"700\"" : ""
      return "<text class=\"f-\(ink.rawValue)\" x=\"\(number(point.x))\" y=\"\(number(point.y))\" "
        + "font-size=\"\(number(size))\" text-anchor=\"\(anchor.rawValue)\"\(weight)>\(escaped(text))</text>"
    }
  }

  private static func list(_ points: [Point]) -> String {
    points.map { number($0.x) + "," + number($0.y) }.joined(separator: " ")
  }

  private static func number(_ value: Double) -> String { JSON.rounded(value, 2).text }
}

/// `text` as it may stand in HTML, between tags and in attributes, whatever it holds.
func escaped(_ text: String) -> String {
  let special: Set<UInt8> = [
    UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"),
  ]
  let safe = printed(text)
  guard safe.utf8.contains(where: special.contains) else { return safe }
  var out = ""
  for scalar in safe.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}
