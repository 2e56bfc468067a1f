import Practice

/// Numbers as people read them: few digits, the unit beside, a dash where nothing can be said.
enum Figures {
  /// `value` with `places` decimals.
  static func decimal(_ value: Double, _ places: Int) -> String {
    Practice.decimal(value, places)
  }

  /// A share of 0 to 1 as a percentage.
  static func percent(_ share: Double?) -> String { share.map { decimal($0 * 100, 0) + " %" } ?? "-" }

  /// A pace in words a minute, rounded to two words so that it does not flicker.
  static func pace(_ pace: Double?) -> String? { pace.map { decimal(($0 / 2).rounded() * 2, 0) } }

  /// A length of talk: `5-7 min`.
  static func length(_ length: TalkLength) -> String {
    let text = length.description
    if text.hasSuffix("m") { return text.dropLast() + " min" }
    return text.hasSuffix("s") ? text.dropLast() + " s" : text
  }

  /// A rate in kilohertz.
  static func rate(_ hertz: Int) -> String {
    hertz % 1_000 == 0 ? "\(hertz / 1_000) kHz" : decimal(Double(hertz) / 1_000, 1) + " kHz"
  }

  /// `count` things: `1 gap`, `2 gaps`.
  static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
