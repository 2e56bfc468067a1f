/// Figures with a unit, a fraction stroke, a range or groups.
extension SpokenForms {
  /// Units: one of them, many of them. Those of one letter count only beside a figure.
  private static let units: [String: (one: String, many: String)] = [
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"), "nm": ("nanometer", "nanometers"), "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"), "mg": ("milligram", "milligrams"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "ft": ("foot", "feet"), "in": ("inch", "inches"), "mi": ("mile", "miles"),
    "mph": ("mile per hour", "miles per hour"), "km/h": ("kilometer per hour", "kilometers per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"), "m/s": ("meter per second", "meters per second"),
    "l": ("liter", "liters"), "ml": ("milliliter", "milliliters"), "s": ("second", "seconds"),
    "sec": ("second", "seconds"), "ms": ("millisecond", "milliseconds"), "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"), "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "hz": ("hertz", "hertz"), "khz": ("kilohertz", "kilohertz"), "mhz": ("megahertz", "megahertz"),
    "ghz": ("gigahertz", "gigahertz"), "kb": ("kilobyte", "kilobytes"), "mb": ("megabyte", "megabytes"),
    "gb": ("gigabyte", "gigabytes"), "tb": ("terabyte", "terabytes"), "w": ("watt", "watts"),
    "kw": ("kilowatt", "kilowatts"), "mw": ("megawatt", "megawatts"), "gw": ("gigawatt", "gigawatts"),
    "kwh": ("kilowatt hour", "kilowatt hours"), "v": ("volt", "volts"), "db": ("decibel", "decibels"),
    "ha": ("hectare", "hectares"), "%": ("percent", "percent"), "°": ("degree", "degrees"),
    "°c": ("degree celsius", "degrees celsius"), "°f": ("degree fahrenheit", "degrees fahrenheit"),
    "m2": ("square meter", "square meters"), "km2": ("square kilometer", "square kilometers"),
    "m3": ("cubic meter", "cubic meters"), "$": ("dollar", "dollars"), "€": ("euro", "euros"),
    "£": ("pound", "pounds"), "p": ("p", "p"), "c": ("cent", "cents"), "x": ("times", "times"),
    "k": ("thousand", "thousand"),
    "bn": ("billion", "billion"), "mn": ("million", "million"), "+": ("plus", "plus"), "px": ("pixel", "pixels"),
    "mbps": ("megabit per second", "megabits per second"), "wpm": ("word per minute", "words per minute"),
    "d": ("d", "d"), "g/l": ("gram per liter", "grams per liter"), "‰": ("per mille", "per mille"),
  ]
  /// Units that are other words when they stand alone: said as units only where no word could be meant.
  private static let alsoWords: Set<String> = [
    "in", "s", "c", "x", "k", "p", "d", "$", "€", "£", "+", "%", "°", "min", "w", "v",
  ]
  private static let magnitudesAlone: Set<String> = ["million", "billion", "trillion", "thousand"]

  static func unitWords(_ text: String) -> (one: [String], many: [String])? {
    guard let unit = units[text] else { return nil }
    return (unit.one.split(separator: " ").map(String.init), unit.many.split(separator: " ").map(String.init))
  }

  /// A unit standing behind its figure: "10 km", "21 °C"; and "million" behind money.
  static func unitReadings(_ written: WrittenWord) -> [[String]]? {
    let before = written.before
    guard before.last?.isNumber == true || before.last == "½" else { return nil }
    if let first = before.first, let name = ["$": "dollars", "€": "euros", "£": "pounds"][first],
      magnitudesAlone.contains(written.lower)
    {
      return [[written.lower, name]]
    }
    guard !alsoWords.contains(written.lower) || written.lower == "min" || written.lower == "%",
      let unit = unitWords(written.lower), isFigure(before)
    else { return nil }
    return before == "1" ? [unit.one, unit.many] : [unit.many, unit.one]
  }

  private static func isFigure(_ text: String) -> Bool {
    text.contains { $0.isNumber } && !text.contains { $0.isLetter }
  }

  /// A unit, a decade's "s" or another ending stuck to the figure: "10km", "25%", "1980s", "5GB", "3x".
  static func suffixed(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    let rest = String(figure.rest)
    if rest == "s" || rest == "'s", let value = figure.value, figure.fraction == nil, value >= 20 || rest == "'s" {
      if (1100...2099).contains(value), value % 10 == 0 {
        return Numerals.year(value).map(Numerals.plural)
      }
      return [Numerals.plural(Numerals.cardinal(value))]
    }
    // Large and small letters: 5m of money is "million" above; beside nothing else it is metres or millions.
    if rest == "m" { return figure.readings.flatMap { [$0 + ["million"], $0 + ["meters"]] } }
    // "5G" is no weight.
    guard let unit = unitWords(rest), !(rest == "g" && written.text.hasSuffix("G")) else { return nil }
    return figure.readings.map { $0 + (figure.isOne ? unit.one : unit.many) }
  }

  private static let parts: [Int: (one: String, many: String)] = [
    2: ("half", "halves"), 4: ("quarter", "quarters"), 3: ("third", "thirds"), 5: ("fifth", "fifths"),
    6: ("sixth", "sixths"), 8: ("eighth", "eighths"), 10: ("tenth", "tenths"), 100: ("hundredth", "hundredths"),
  ]

  /// "1/2", "3/4", "2+1/2" (how 2½ arrives); "24/7" and others as two numbers.
  static func fraction(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    guard let first = figure.value, figure.fraction == nil else { return nil }
    if figure.rest.first == "+", let top = Figure(figure.rest.dropFirst()),
      let part = fraction(top, figure.rest.dropFirst(), written)
    {
      return part.map { Numerals.cardinal(first) + ["and"] + $0 }
    }
    guard figure.rest.first == "/", let below = Figure(figure.rest.dropFirst()), let second = below.value,
      below.fraction == nil
    else { return nil }
    let pair = Numerals.cardinal(first) + Numerals.cardinal(second)
    let unit = below.rest.isEmpty ? [] : unitWords(String(below.rest))?.many ?? []
    guard below.rest.isEmpty || !unit.isEmpty else { return nil }
    guard first < second, first < 100, let name = parts[second] else {
      return [pair + unit, Numerals.cardinal(first) + ["over"] + Numerals.cardinal(second) + unit]
    }
    if first == 1 { return [["a", name.one], ["one", name.one], [name.one]].map { $0 + unit } }
    return [Numerals.cardinal(first) + [name.many], pair].map { $0 + unit }
  }

  /// "5-7", "1914-1918", "10-15%": from one to the other. A score or a model's name may be meant, without "to".
  static func range(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    guard figure.rest.first == "-", let end = Figure(figure.rest.dropFirst()) else { return nil }
    // Groups of three and more figures with the same length are no span: a telephone number.
    if end.rest.first == "-" || figure.digits.count == 3 && end.digits.count == 4 { return nil }
    let isYear = figure.digits.count == 4 && (end.digits.count == 4 || end.digits.count == 2) && end.rest.isEmpty
    let one = isYear ? figure.value.flatMap { Numerals.year($0).first } ?? [] : figure.readings.first ?? []
    var two = end.readings.first ?? []
    if isYear, end.digits.count == 4, let year = end.value { two = Numerals.year(year).first ?? two }
    guard !end.rest.isEmpty else { return [one + ["to"] + two, one + two] }
    guard let unit = unitWords(String(end.rest)) else { return nil }
    return [one + ["to"] + two + unit.many]
  }

  /// Figures in groups, "555-1234", "3.2.1", "192.168.0.1", "1:30:00", and figures with letters, "3D", "5G", "2nd-best".
  static func groups(_ figure: Figure, _ text: Substring, _ written: WrittenWord) -> [[String]]? {
    guard !text.contains(where: { $0.isLetter }) else {
      // A figure with a hyphenated word: "21-year-old", "5-minute".
      guard figure.rest.first == "-", !figure.rest.dropFirst().contains(where: { $0.isNumber }) else { return nil }
      let words = pieces(of: figure.rest).filter { $0.first?.isLetter == true }.flatMap(simple)
      return figure.readings.map { $0 + words }
    }
    let parts = pieces(of: text)
    let isPhone = parts.contains("-") || parts.contains("(") || parts.contains(")")
    if isPhone { return [Numerals.digits(text), Numerals.digits(text, zero: "oh")] }
    let names: [Character: String] = [".": "point", "/": "slash", "%": "percent", "+": "plus", "=": "equals"]
    var words: [String] = []
    for part in parts {
      if let name = part.first.flatMap({ names[$0] }) { words.append(name) } else { words += simple(part) }
    }
    return [words]
  }
}
