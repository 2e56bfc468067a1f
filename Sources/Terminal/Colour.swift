/// A colour of the sRGB space.
package struct Colour: Equatable, Hashable, Sendable {
  /// 0 to 255, with the sRGB curve.
  package let red, green, blue: UInt8

  /// From its three parts, 0 to 255.
  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// From `#rrggbb`; nil for anything else.
  package init?(hex: String) {
    let digits = hex.utf8.dropFirst()
    guard hex.utf8.first == UInt8(ascii: "#"), digits.count == 6, digits.allSatisfy({ $0 < 0x80 }),
      !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
      let number = UInt32(hex.dropFirst(), radix: 16)
    else { return nil }
    self.init(number)
  }

  init(_ number: UInt32) {
    self.init(red: UInt8(number >> 16 & 255), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
  }

  /// As `#rrggbb`.
  package var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance", with the sRGB curve's 0.04045).
  package var luminance: Double {
    0.2126 * Colour.linear[Int(red)] + 0.7152 * Colour.linear[Int(green)] + 0.0722 * Colour.linear[Int(blue)]
  }

  /// The number among 16 to 255 of xterm's 256 colours that comes closest: a cube of 6×6×6 and 24 greys.
  ///
  /// The first 16 are left out, since everybody sets those to their own taste.
  package var indexed256: Int {
    let steps: [Int] = [0, 95, 135, 175, 215, 255]
    func nearest(_ part: UInt8) -> Int {
      steps.indices.min { abs(steps[$0] - Int(part)) < abs(steps[$1] - Int(part)) } ?? 0
    }
    let cube = 16 + 36 * nearest(red) + 6 * nearest(green) + nearest(blue)
    let grey = 232 + min(max((Int(red) + Int(green) + Int(blue)) / 3 - 3, 0) / 10, 23)
    return distance(to: Colour(indexed256: grey)) < distance(to: Colour(indexed256: cube)) ? grey : cube
  }

  /// What xterm shows for the number `index` of its 256 colours, held within 0...255.
  package init(indexed256 index: Int) {
    switch min(max(index, 0), 255) {
    case let index where index < 16: self = ANSIColour.allCases[index].usual
    case let index where index >= 232:
      let grey = UInt8(8 + 10 * (index - 232))
      self.init(red: grey, green: grey, blue: grey)
    case let index:
      let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
      self.init(red: steps[(index - 16) / 36], green: steps[(index - 16) / 6 % 6], blue: steps[(index - 16) % 6])
    }
  }

  /// The one of the sixteen that comes closest to it on a terminal with xterm's colours.
  package var nearestANSI: ANSIColour {
    ANSIColour.allCases.min { distance(to: $0.usual) < distance(to: $1.usual) } ?? .white
  }

  /// How far two colours look apart: squared, weighted by how much an eye makes of each part.
  private func distance(to other: Colour) -> Int {
    func square(_ one: UInt8, _ two: UInt8) -> Int { (Int(one) - Int(two)) * (Int(one) - Int(two)) }
    return 3 * square(red, other.red) + 6 * square(green, other.green) + square(blue, other.blue)
  }

  private static let linear: [Double] = (0...255).map { part in
    let share = Double(part) / 255
    return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
  }

  /// x to the power of 2.4, as x² times the fifth root of x²; the root by Newton's method.
  private static func power(_ base: Double) -> Double {
    let square = base * base
    var root = 1.0
    for _ in 0..<64 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}

/// The contrast of two colours, 1 for none to 21 for black on white (WCAG 2.2, "contrast ratio").
package func contrast(_ one: Colour, _ two: Colour) -> Double {
  let (light, dark) = (max(one.luminance, two.luminance), min(one.luminance, two.luminance))
  return (light + 0.05) / (dark + 0.05)
}

/// The sixteen colours that every colour terminal has; which they are is up to whoever uses it.
package enum ANSIColour: String, CaseIterable, Sendable {
  case black, red, green, yellow, blue, magenta, cyan, white
  case brightBlack = "bright-black"
  case brightRed = "bright-red"
  case brightGreen = "bright-green"
  case brightYellow = "bright-yellow"
  case brightBlue = "bright-blue"
  case brightMagenta = "bright-magenta"
  case brightCyan = "bright-cyan"
  case brightWhite = "bright-white"

  /// 0 to 15.
  package var number: Int { ANSIColour.allCases.firstIndex(of: self) ?? 0 }

  /// What xterm shows for it unless told otherwise.
  package var usual: Colour {
    let table: [UInt32] = [
      0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
      0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    return Colour(table[number])
  }
}
