/// Numbers as English words, in lower case and without hyphens: "twenty one", never "twenty-one".
package enum Numerals {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  private static let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
  private static let scales = [
    (1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"),
  ]
  private static let ordinals = [
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
  ]
  /// The greatest number that has words here; a longer one is said digit by digit.
  package static let limit = 999_999_999_999_999

  /// `number` in words, American without "and" or British with it: 105 is "one hundred (and) five". Held within
  /// 0...`limit`.
  package static func cardinal(_ number: Int, and: Bool = false) -> [String] {
    var rest = min(max(number, 0), limit)
    if rest < 20 { return [small[rest]] }
    var words: [String] = []
    for (scale, name) in scales where rest >= scale {
      words += hundreds(rest / scale, and: and) + [name]
      rest %= scale
    }
    guard rest > 0 else { return words }
    if and, rest < 100, !words.isEmpty { words.append("and") }
    return words + hundreds(rest, and: and)
  }

  /// 1 to 999.
  private static func hundreds(_ number: Int, and: Bool) -> [String] {
    var words: [String] = []
    if number >= 100 { words += [small[number / 100], "hundred"] }
    let rest = number % 100
    guard rest > 0 else { return words }
    if and, !words.isEmpty { words.append("and") }
    if rest < 20 { return words + [small[rest]] }
    words.append(tens[rest / 10])
    return rest % 10 == 0 ? words : words + [small[rest % 10]]
  }

  /// The place in a row: 21 is "twenty first".
  package static func ordinal(_ number: Int, and: Bool = false) -> [String] {
    var words = cardinal(number, and: and)
    words.append(words.popLast().map(ordinal(of:)) ?? "")
    return words
  }

  private static func ordinal(of word: String) -> String {
    ordinals[word] ?? (word.hasSuffix("y") ? word.dropLast() + "ieth" : word + "th")
  }

  /// More than one of a number word: "sixties", "hundreds", "sixes".
  package static func plural(_ words: [String]) -> [String] {
    guard let last = words.last else { return [] }
    let ending =
      last.hasSuffix("y") ? last.dropLast() + "ies" : last.hasSuffix("x") ? last + "es" : last + "s"
    return words.dropLast() + [String(ending)]
  }

  /// A year as people say it, the likeliest way first: 1945, 1905, 2005, 2026. Other numbers as themselves.
  package static func year(_ year: Int) -> [[String]] {
    let (century, rest) = (year / 100, year % 100)
    guard (1000...9999).contains(year) else { return numbers(year) }
    let hundred = cardinal(century) + ["hundred"]
    if rest == 0 { return century % 10 == 0 ? numbers(year) : [hundred] + numbers(year) }
    let pair = cardinal(century) + (rest < 10 ? ["oh"] : []) + cardinal(rest)
    if century == 20 && rest < 10 { return numbers(year) + [pair] }
    if century % 10 == 0 { return [pair] + numbers(year) }
    return [pair, hundred + ["and"] + cardinal(rest)] + numbers(year)
  }

  /// A number without "and", and with it where that differs.
  package static func numbers(_ number: Int) -> [[String]] {
    let (plain, british) = (cardinal(number), cardinal(number, and: true))
    return plain == british ? [plain] : [plain, british]
  }

  /// Digit by digit, a nought as `zero`; what is no digit is left out.
  package static func digits(_ text: some StringProtocol, zero: String = "zero") -> [String] {
    text.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }.map { $0 == 0 ? zero : small[$0] }
  }

  /// The value of a Roman numeral in capitals, 1 to 3999; nil for what is none in its proper form.
  package static func roman(_ text: some StringProtocol) -> Int? {
    guard (1...15).contains(text.utf8.count) else { return nil }
    let values: [Character: Int] = ["I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000]
    var (total, previous) = (0, 0)
    for letter in text.reversed() {
      guard let value = values[letter] else { return nil }
      total += value < previous ? -value : value
      previous = max(previous, value)
    }
    return romanText(total) == String(text) ? total : nil
  }

  private static func romanText(_ number: Int) -> String {
    let signs = [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
      (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    var (rest, text) = (max(number, 0), "")
    for (value, sign) in signs {
      while rest >= value {
        text += sign
        rest -= value
      }
    }
    return text
  }
}
