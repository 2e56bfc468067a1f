/// Figures: numbers with what is stuck to them.
extension SpokenForms {
  /// A number at the beginning of a text, and what follows it.
  struct Figure {
    /// Digits before the point, without commas; at most 15 of them have a value.
    let digits: String
    let hasCommas: Bool
    /// Digits after the point; nil without one.
    let fraction: Substring?
    let rest: Substring
    var value: Int? { digits.count <= 15 && !digits.isEmpty ? Int(digits) : nil }
    var isOne: Bool { digits == "1" && fraction == nil }

    /// The number that `text` begins with; nil where it begins with none.
    init?(_ text: Substring) {
      var rest = text
      var digits = ""
      var hasCommas = false
      while let next = rest.first, next.isNumber && next.isASCII || next == "," && !digits.isEmpty && Self.isGroup(rest)
      {
        if next == "," { hasCommas = true } else { digits.append(next) }
        rest.removeFirst()
      }
      var fraction: Substring?
      if rest.first == ".", let next = rest.dropFirst().first, next.isNumber, next.isASCII {
        let places = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        fraction = places
        rest = rest.dropFirst(places.count + 1)
      }
      guard !digits.isEmpty || fraction != nil else { return nil }
      (self.digits, self.hasCommas, self.fraction, self.rest) = (digits, hasCommas, fraction, rest)
    }

    /// A comma before exactly three digits.
    private static func isGroup(_ text: Substring) -> Bool {
      text.dropFirst().prefix { $0.isASCII && $0.isNumber }.count == 3
    }

    /// The number as it is said where it counts something.
    var readings: [[String]] {
      if let fraction {
        let whole = digits.isEmpty ? [["zero"], []] : value.map(Numerals.numbers) ?? [Numerals.digits(digits)]
        let places = ["point"] + Numerals.digits(fraction)
        return whole.map { $0 + places } + (digits == "0" ? [places] : [])
      }
      guard let value, digits.count == 1 || digits.first != "0" else {
        return [Numerals.digits(digits), Numerals.digits(digits, zero: "oh")]
      }
      let hundreds =
        digits.count == 4 && value % 100 == 0 && value % 1000 != 0 ? [Numerals.cardinal(value / 100) + ["hundred"]] : []
      return (digits.count > 7 && !hasCommas ? [Numerals.digits(digits)] : []) + Numerals.numbers(value) + hundreds
    }
  }

  private static let currencies: [Character: (one: String, many: String, cent: String, cents: String)] = [
    "$": ("dollar", "dollars", "cent", "cents"), "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"), "¥": ("yen", "yen", "sen", "sen"),
  ]
  private static let magnitudes: [String: String] = [
    "k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion",
    "t": "trillion", "million": "million", "billion": "billion", "thousand": "thousand",
  ]
  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
  ]
  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// Anything that begins with a figure, or with a sign before one.
  static func figure(_ written: WrittenWord) -> [[String]]? {
    var text = written.lower[...]
    guard text.contains(where: { $0.isASCII && $0.isNumber }) else { return nil }
    var prefix: [String] = []
    let signs: [Character: String] = [
      "-": "minus", "+": "plus", "~": "about", "#": "number", "<": "under", ">": "over",
    ]
    if let first = text.first, let sign = signs[first], text.count > 1 {
      prefix = [sign]
      text.removeFirst()
    }
    if text.first == "'", let decade = Figure(text.dropFirst()), let value = decade.value {
      return [Numerals.plural(Numerals.cardinal(value))].filter { _ in decade.rest == "s" }
        + (decade.rest.isEmpty ? [Numerals.cardinal(value)] : [])
    }
    if let first = text.first, let currency = currencies[first], let figure = Figure(text.dropFirst()) {
      return money(figure, currency, written).map { prefix + $0 }
    }
    guard let figure = Figure(text) else { return nil }
    for form in forms { if let found = form(figure, text, written) { return found.map { prefix + $0 } } }
    return nil
  }

  private static let forms: [@Sendable (Figure, Substring, WrittenWord) -> [[String]]?] = [
    bare, ordinal, date, clock, fraction, range, suffixed, groups,
  ]

  /// Money: "$3.50", "€2m", "£1bn"; a magnitude may follow as a word.
  private static func money(
    _ figure: Figure, _ unit: (one: String, many: String, cent: String, cents: String), _ written: WrittenWord
  ) -> [[String]] {
    let magnitude = magnitudes[String(figure.rest)]
    if magnitude != nil { return figure.readings.map { $0 + [magnitude ?? "", unit.many] } }
    if figure.rest.first == "-" {
      let other = figure.rest.dropFirst()
      let second = Figure(other.first.map { currencies[$0] != nil } == true ? other.dropFirst() : other)
      let end = second?.readings.first ?? []
      let size = second.flatMap { magnitudes[String($0.rest)] }.map { [$0] } ?? []
      return figure.readings.map { $0 + ["to"] + end + size + [unit.many] }
    }
    // "$3 million": the magnitude is the next token, and the unit is said behind it.
    if magnitudes[written.after.lowercased()] != nil, written.after.count > 2 { return figure.readings }
    guard let fraction = figure.fraction, fraction.count == 2, let whole = figure.value, let cents = Int(fraction)
    else {
      return figure.readings.map { $0 + [figure.isOne ? unit.one : unit.many] }
    }
    let main = Numerals.cardinal(whole) + [whole == 1 ? unit.one : unit.many]
    if cents == 0 { return [main] }
    let change = Numerals.cardinal(cents)
    if whole == 0 { return [change + [cents == 1 ? unit.cent : unit.cents]] }
    return [
      main + change, Numerals.cardinal(whole) + change, main + ["and"] + change + [cents == 1 ? unit.cent : unit.cents],
    ]
  }

  /// Nothing stuck to it: a day beside a month, a year, a number, or figures read one by one.
  private static func bare(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    guard figure.rest.isEmpty else { return nil }
    guard figure.fraction == nil, let value = figure.value, !figure.hasCommas, figure.digits.first != "0" else {
      return figure.readings
    }
    let (before, after) = (written.before.lowercased(), written.after.lowercased())
    if (1...31).contains(value), months.contains(before) || months.contains(after) {
      let day = Numerals.ordinal(value)
      let spoken = months.contains(after) ? [day, ["the"] + day, ["the"] + day + ["of"]] : [day, ["the"] + day]
      return spoken + [Numerals.cardinal(value)]
    }
    if figure.digits.count == 4, (1100...2099).contains(value), !counts(after) { return Numerals.year(value) }
    if magnitudes[after] != nil, currencies[written.before.first ?? " "] != nil { return figure.readings }
    return figure.readings
  }

  /// Whether a four-digit number before `word` counts things: "1500 people", "1200 m".
  private static func counts(_ word: String) -> Bool {
    word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") && word != "was" && word != "has" || word == "people"
      || unitWords(word) != nil
  }

  private static func ordinal(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    guard ["st", "nd", "rd", "th"].contains(figure.rest), let value = figure.value, figure.fraction == nil else {
      return nil
    }
    return [Numerals.ordinal(value), Numerals.ordinal(value, and: true)]
  }

  /// "2026-11-21", "11/21/2026" and "21/11/2026" (where the greater number is the day), "21.11.2026".
  private static func date(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    for separator in ["-", "/", "."] as [Character] {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      let numbers = parts.compactMap { $0.count <= 4 ? Int($0) : nil }
      guard parts.count == 3, numbers.count == 3 else { continue }
      let isISO = parts[0].count == 4
      guard isISO || parts[2].count == 4 else { continue }
      let (year, first, second) = isISO ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[0], numbers[1])
      let dayFirst = !isISO && (first > 12 || separator == ".")
      let (month, day) = dayFirst ? (second, first) : (first, second)
      guard (1...12).contains(month), (1...31).contains(day), let said = Numerals.year(year).first else { continue }
      let (name, ordinal) = ([monthNames[month - 1]], Numerals.ordinal(day))
      let american = name + ordinal + said
      let british = ["the"] + ordinal + ["of"] + name + said
      return dayFirst
        ? [british, american, ordinal + name + said] : [american, british, name + ["the"] + ordinal + said]
    }
    return nil
  }

  /// "7:41", "17:00", "7:41pm", "5pm".
  private static func clock(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    guard let hour = figure.value, figure.fraction == nil, hour <= 24 || text.first == "0" else { return nil }
    let halves = ["am": ["a", "m"], "pm": ["p", "m"], "a.m": ["a", "m"], "p.m": ["p", "m"]]
    if let half = halves[String(figure.rest)] { return [Numerals.cardinal(hour) + half] }
    guard figure.rest.first == ":", let minutes = Figure(figure.rest.dropFirst()), minutes.digits.count == 2,
      let minute = minutes.value, minute < 60
    else { return nil }
    guard let half = minutes.rest.isEmpty ? [] : halves[String(minutes.rest)] else { return nil }
    let said = Numerals.cardinal(hour)
    if minute == 0 {
      if !half.isEmpty { return [said + half] }
      return [said + (hour > 12 ? ["hundred"] : ["o'clock"]), said]
    }
    let usual = said + (minute < 10 ? ["oh"] : []) + Numerals.cardinal(minute) + half
    let next = Numerals.cardinal(hour % 12 + 1)
    let others: [Int: [String]] = [
      15: ["quarter", "past"] + said, 30: ["half", "past"] + said, 45: ["quarter", "to"] + next,
    ]
    return [usual] + (others[minute].map { half.isEmpty ? [$0] : [] } ?? [])
  }
}
