import Testing

@testable import Practice

/// A row: the token, what is said first, and what else may be said; neighbours in `before` and `after`.
struct SpokenRow: Sendable, CustomTestStringConvertible {
  let token: String
  let said: String
  var also: [String] = []
  var before: String?
  var after: String?

  init(_ token: String, _ said: String, also: [String] = [], before: String? = nil, after: String? = nil) {
    (self.token, self.said, self.also, self.before, self.after) = (token, said, also, before, after)
  }

  var testDescription: String { [before, token, after].compactMap { $0 }.joined(separator: " ") }
}

@Suite struct SpokenFormsTests {
  static let words: [SpokenRow] = [
    .init("hello", "hello"), .init("Hello,", "hello"), .init("“Hello”", "hello"), .init("(world)", "world"),
    .init("don’t", "don't"), .init("I’m", "i'm"), .init("’tis", "'tis"), .init("dogs’", "dogs"),
    .init("o’clock", "o'clock"), .init("I", "i"), .init("a", "a"), .init("café", "cafe"), .init("naïve", "naive"),
    .init("Zoë’s", "zoe's"), .init("Łódź", "lodz"), .init("...and", "and"), .init("end…", "end"),
    .init("well-known", "well known"), .init("and/or", "and or"), .init("state-of-the-art", "state of the art"),
    .init("e-mail", "e mail", also: ["email"]), .init("word—word", "word word"), .init("'quoted'", "quoted"),
    .init("snake_case", "snake case"), .init("cold-hearted", "cold hearted"), .init("mother-in-law", "mother in law"),
    .init("X-ray", "x ray"), .init("fellow(2)", "fellow"), .init("don't(3)", "don't"),
  ]
  static let numbers: [SpokenRow] = [
    .init("0", "zero"), .init("7", "seven"), .init("12,", "twelve"), .init("21", "twenty one"), .init("40", "forty"),
    .init("105", "one hundred five", also: ["one hundred and five"]),
    .init("1,000", "one thousand"), .init("1,234", "one thousand two hundred thirty four"),
    .init("10,000", "ten thousand"), .init("2,000,000", "two million"),
    .init("3,000,000,000", "three billion"), .init("7500000", "seven million five hundred thousand"),
    .init("1,001", "one thousand one", also: ["one thousand and one"]),
    .init("3.14", "three point one four"), .init("0.5", "zero point five", also: ["point five"]),
    .init(".5", "zero point five", also: ["point five"]), .init("-5", "minus five"), .init("+3", "plus three"),
    .init("007", "zero zero seven", also: ["oh oh seven"]),
    .init("1500", "one thousand five hundred", also: ["fifteen hundred"], after: "people"),
    .init("1st", "first"), .init("2nd", "second"), .init("3rd", "third"), .init("12th", "twelfth"),
    .init("20th", "twentieth"), .init("21st", "twenty first"), .init("100th", "one hundredth"),
    .init("1945", "nineteen forty five", also: ["one thousand nine hundred and forty five"]),
    .init("1945,", "nineteen forty five"), .init("1905", "nineteen oh five"), .init("1900", "nineteen hundred"),
    .init("2000", "two thousand"),
    .init("2005", "two thousand five", also: ["two thousand and five", "twenty oh five"]),
    .init("2026", "twenty twenty six", also: ["two thousand twenty six", "two thousand and twenty six"]),
    .init("1066", "one thousand sixty six"),
    .init("1900s", "nineteen hundreds"), .init("1980s", "nineteen eighties"), .init("’90s", "nineties"),
    .init("80s", "eighties"), .init("mid-1990s", "mid nineteen nineties"), .init("’68", "sixty eight"),
    .init("#3", "number three"), .init("7", "seven", before: "No."), .init("No.", "number", after: "7"),
    .init("No.", "no"), .init("no", "no", after: "7"),
  ]
  static let money: [SpokenRow] = [
    .init("$3.50", "three dollars fifty", also: ["three fifty", "three dollars and fifty cents"]),
    .init("$1", "one dollar"), .init("$20", "twenty dollars"), .init("$0.99", "ninety nine cents"),
    .init("€2m", "two million euros"), .init("£1bn", "one billion pounds"), .init("£5", "five pounds"),
    .init("$1.5bn", "one point five billion dollars"), .init("$3", "three", after: "million"),
    .init("million", "million dollars", before: "$3"), .init("million", "million", before: "three"),
    .init("€5–7m", "five to seven million euros"), .init("20€", "twenty euros"), .init("$5k", "five thousand dollars"),
    .init("50%", "fifty percent"), .init("0.5%", "zero point five percent"), .init("10–15%", "ten to fifteen percent"),
    .init("%", "percent", before: "10"),
  ]
  static let dates: [SpokenRow] = [
    .init("7:41", "seven forty one"), .init("7:05", "seven oh five"), .init("5pm", "five p m"),
    .init("5:30pm", "five thirty p m"), .init("9:00", "nine o'clock", also: ["nine"]),
    .init("7:30", "seven thirty", also: ["half past seven"]), .init("17:00", "seventeen hundred", also: ["seventeen"]),
    .init("pm", "p m", before: "5"), .init("p.m.", "p m", before: "5"), .init("am", "am", before: "I"),
    .init("21", "twenty first", also: ["the twenty first of", "twenty one"], after: "November"),
    .init("21", "twenty first", also: ["the twenty first"], before: "November"),
    .init("11/21/2026", "november twenty first twenty twenty six"),
    .init("21/11/2026", "the twenty first of november twenty twenty six"),
    .init("2026-11-21", "november twenty first twenty twenty six"),
    .init("21.11.2026", "the twenty first of november twenty twenty six"), .init("Nov.", "november", after: "21"),
    .init("Mon.", "monday", after: "21"), .init("Sept.", "september"),
    .init("5–7", "five to seven", also: ["five seven"]),
    .init("1914–1918", "nineteen fourteen to nineteen eighteen"), .init("1914-18", "nineteen fourteen to eighteen"),
    .init("1/2", "a half", also: ["one half"]), .init("½", "a half"), .init("3/4", "three quarters"),
    .init("2½", "two and a half"), .init("24/7", "twenty four seven"), .init("2/3", "two thirds"),
  ]
  static let measures: [SpokenRow] = [
    .init("km", "kilometers", before: "10"), .init("GB", "gigabytes", before: "5"), .init("10km", "ten kilometers"),
    .init("5GB", "five gigabytes"), .init("1km", "one kilometer"), .init("21°C", "twenty one degrees celsius"),
    .init("°C", "degrees celsius", before: "21"), .init("100km/h", "one hundred kilometers per hour"),
    .init("3x", "three times"), .init("90s", "nineties"), .init("5m", "five million", also: ["five meters"]),
    .init("m", "meters", before: "5"), .init("in", "in", before: "5"), .init("50ms", "fifty milliseconds"),
    .init("555-1234", "five five five one two three four"), .init("3.2.1", "three point two point one"),
    .init("21-year-old", "twenty one year old"), .init("5-minute", "five minute"), .init("MP3", "m p three"),
    .init("B2B", "b two b"), .init("COVID-19", "covid nineteen"), .init("3D", "three d"), .init("5G", "five g"),
  ]
  static let short: [SpokenRow] = [
    .init("Dr.", "doctor", after: "Jones"), .init("Mr.", "mister", after: "Jones"), .init("Mrs", "missus"),
    .init("Prof.", "professor"), .init("e.g.", "for example"), .init("i.e.,", "that is"), .init("etc.", "et cetera"),
    .init("vs.", "versus"), .init("St.", "saint", after: "Paul"), .init("St.", "street", before: "Main"),
    .init("approx.", "approximately"), .init("Fig.", "figure", after: "3"), .init("fig", "fig"), .init("gen.", "gen"),
    .init("VIII", "the eighth", also: ["eight"], before: "Henry"), .init("IV", "four", before: "Chapter"),
    .init("II", "two", before: "War"), .init("I", "one", before: "Part"), .init("I", "i", before: "Henry"),
    .init("BBC", "b b c", also: ["bbc"]), .init("NASA", "nasa", also: ["n a s a"]), .init("NASA’s", "nasa's"),
    .init("CDs", "c d's"), .init("U.S.", "u s"), .init("R&D", "r and d"), .init("AT&T", "a t and t"),
    .init("HTML", "h t m l"), .init("UNESCO", "unesco"), .init("STOP!", "stop"), .init("USB-C", "u s b c"),
    .init("&", "and"), .init("+", "plus", also: ["and"]), .init("=", "equals"), .init("@", "at"), .init("#", "number"),
    .init("rostrum.org", "rostrum dot org"), .init("https://rostrum.org/talks", "rostrum dot org slash talks"),
    .init("me@example.com", "me at example dot com"), .init("www.example.org", "w w w dot example dot org"),
  ]

  @Test(arguments: words + numbers + money + dates + measures + short)
  func `a token is said as people say it`(row: SpokenRow) {
    let readings = SpokenForms.readings(of: row.token, before: row.before, after: row.after)
      .map { $0.joined(separator: " ") }
    #expect(readings.first == row.said)
    #expect(Set(row.also).isSubset(of: readings), "\(readings)")
  }

  @Test(arguments: ["", "—", "…", "***", "🎉", "👩‍👩‍👧", "привет", "你好", "…?!", "\u{0301}", "()", "日本語-test語"])
  func `what cannot be said in English has no reading`(token: String) {
    #expect(SpokenForms.readings(of: token, before: nil, after: nil).allSatisfy { !$0.isEmpty })
    if !token.contains("t") { #expect(SpokenForms.readings(of: token, before: nil, after: nil).isEmpty) }
  }

  @Test func `words in other letters are counted`() {
    #expect(SpokenForms.foreignShare(of: ["hello", "—", "42"]) == 0)
    #expect(SpokenForms.foreignShare(of: ["привет", "мир", "Zoë", "über"]) == 0.5)
    #expect(SpokenForms.foreignShare(of: [String]()) == 0)
  }

  @Test func `any characters at all give words of letters and apostrophes`() {
    var random = Sequence64(state: 7)
    let signs = Array("0123456789.,:;/-–$€£%°'’ab ISTmpxXIVé½#@&+=()\u{2014}д語🎉\u{0}")
    for _ in 0..<4000 {
      let tokens = (0..<3).map { _ in
        String((0..<Int.random(in: 0...12, using: &random)).map { _ in signs.randomElement(using: &random) ?? "a" })
      }
      let readings = SpokenForms.readings(of: tokens[1], before: tokens[0], after: tokens[2])
      #expect(readings.count <= SpokenForms.readingLimit)
      for word in readings.joined() {
        let isSayable = word.utf8.allSatisfy { $0 >= 97 && $0 <= 122 || $0 == 39 } && word.contains { $0 != "'" }
        #expect(isSayable, "\(tokens) \(readings)")
      }
      #expect(readings.allSatisfy { !$0.isEmpty })
    }
  }

  @Test(arguments: [
    (4, "IV"), (9, "IX"), (14, "XIV"), (1999, "MCMXCIX"), (nil, "IIX"), (nil, "ABC"), (nil, ""), (nil, "VV"),
  ])
  func `Roman numerals count in their proper form`(value: Int?, text: String) {
    #expect(Numerals.roman(text) == value)
  }

  @Test(arguments: ["ill-disposed", "so-called", "T-shirt", "cold-hearted", "well-known", "mother-in-law", "x-ray"])
  func `a hyphen parts words in every reading`(token: String) {
    let readings = SpokenForms.readings(of: token, before: nil, after: nil)
    #expect(readings == [token.lowercased().split(separator: "-").map(String.init)])
  }
}
