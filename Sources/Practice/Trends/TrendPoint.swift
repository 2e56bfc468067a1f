/// What a figure of one session was, and when.
package struct TrendPoint: Equatable, Sendable {
  /// When the session began, in seconds since 1970 (UTC).
  package var at: Double
  /// The figure, in the unit of its `TrendFigure`.
  package var value: Double
  /// The lower end of its interval; nil where none is known.
  package var low: Double?
  /// The upper end of its interval; nil where none is known.
  package var high: Double?
  /// Which session it was.
  package var id: String

  /// A figure of the session `id`, which began `at` seconds after 1970.
  package init(at: Double, value: Double, low: Double? = nil, high: Double? = nil, id: String = "") {
    self.at = at
    self.value = value
    self.low = low
    self.high = high
    self.id = id
  }
}

/// What a figure is called, and how its changes are put into words.
package struct TrendFigure: Equatable, Sendable {
  /// Which way a learner may want it to go.
  package enum Better: Equatable, Sendable { case more, less, neither, nearZero }

  /// The name in the index, as in `pace`.
  package var name: String
  /// What people read: "Pace".
  package var label: String
  /// The unit of several, as it stands behind a number in a sentence: "words a minute".
  package var unit: String
  /// The unit of one: "word a minute".
  package var unitOfOne: String
  /// The unit behind the label, at an axis: "a minute" behind "Fillers"; empty where the label has it.
  package var axis: String
  /// How many decimals are worth saying, 0 to 3.
  package var decimals: Int
  /// A clause for a rise: "you speak # faster", with `#` for "about 5 words a minute", or "you say * more fillers a
  /// minute", with `*` for "about 5".
  package var more: String
  /// The same for a fall.
  package var less: String
  /// Which way a learner may want it to go; `nearZero` is for how far a guess was off.
  package var better: Better
  /// Whether it is known to rise in the first weeks in which people listen to themselves, as fillers do.
  package var risesWithWatching: Bool

  /// A figure; without a `unitOfOne` or an `axis` the unit of several serves for them too.
  package init(
    name: String, label: String, unit: String, unitOfOne: String? = nil, axis: String? = nil, decimals: Int,
    more: String, less: String, better: Better, risesWithWatching: Bool = false
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.unitOfOne = unitOfOne ?? unit
    self.axis = axis ?? unit
    self.decimals = min(max(decimals, 0), 3)
    self.more = more
    self.less = less
    self.better = better
    self.risesWithWatching = risesWithWatching
  }

  /// The smallest amount that is worth saying: one of the last decimal.
  var step: Double { [1, 0.1, 0.01, 0.001][decimals] }

  /// `value` as it is said, without its unit.
  package func number(_ value: Double) -> String { decimal(value, decimals) }

  /// A difference as it is said, without its sign and with its unit.
  func amount(_ difference: Double) -> String { level(abs(difference)) }

  /// `value` as it is said, with its sign and its unit: "-27 LUFS".
  func level(_ value: Double) -> String {
    let number = number(value)
    return "\(number) \(number == "1" ? unitOfOne : unit)"
  }

  /// `value` as it will be read: rounded to the decimals that are said.
  func rounded(_ value: Double) -> Double { (value / step).rounded() * step }
}
