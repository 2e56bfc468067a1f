/// A text while it is masked: its scalars, and what is put in their place.
struct MaskText {
  /// A word: letters and digits, with the apostrophes and hyphens inside it; a possessive s is left out.
  struct Word {
    var range: Range<Int>
    /// In lower case.
    var folded: String
  }

  private let scalars: [Unicode.Scalar]
  /// What replaces a stretch, by where it begins; stretches do not overlap.
  private var replaced: [Int: (end: Int, text: String)] = [:]
  /// Whether a scalar is already within a stretch.
  private var isTaken: [Bool]

  /// How many digits a number has at least, written and spelled, before it may be somebody's.
  private static let leastDigits = 7, leastSpelled = 6

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    isTaken = Array(repeating: false, count: scalars.count)
  }

  /// Puts `text` in place of a stretch; one that something was put into already is left as it is.
  mutating func replace(_ range: Range<Int>, by text: String) {
    guard !range.isEmpty, !isTaken[range].contains(true) else { return }
    for index in range { isTaken[index] = true }
    replaced[range.lowerBound] = (range.upperBound, text)
  }

  /// The text with everything put in; line breaks stay, also those within what was replaced.
  var joined: String {
    var (out, at) = (String.UnicodeScalarView(), 0)
    while at < scalars.count {
      if let (end, text) = replaced[at] {
        out.append(contentsOf: text.unicodeScalars)
        out.append(contentsOf: scalars[at..<end].filter { $0 == "\n" })
        at = end
      } else {
        out.append(scalars[at])
        at += 1
      }
    }
    return String(out)
  }

  /// The words that nothing was put into.
  var words: [Word] {
    var (words, at) = ([Word](), 0)
    while at < scalars.count {
      guard !isTaken[at], isWordPart(scalars[at]) else {
        at += 1
        continue
      }
      let start = at
      while at < scalars.count, !isTaken[at], isWordPart(scalars[at]) || isJoint(at) { at += 1 }
      var end = at
      if end - start > 2, scalars[end - 1] == "s" || scalars[end - 1] == "S", isApostrophe(scalars[end - 2]) {
        end -= 2
      }
      var folded = String.UnicodeScalarView()
      for scalar in scalars[start..<end] { folded.append(scalar == "’" ? "'" : scalar) }
      words.append(Word(range: start..<end, folded: String(folded).lowercased()))
    }
    return words
  }

  private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? isAlphanumeric(scalar) : scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
  }
  private func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
  }
  private func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "’" }
  /// Whether an apostrophe lies between two letters.
  private func isJoint(_ at: Int) -> Bool {
    isApostrophe(scalars[at]) && at + 1 < scalars.count && isWordPart(scalars[at + 1])
  }
}

// MARK: Addresses

extension MaskText {
  private static let longestLocal = 64, longestDomain = 255, longestAddress = 2_048
  private static let schemes = ["https://", "http://", "ftp://", "www."].map { Array($0.unicodeScalars) }
  private static let endings: Set<String> = [
    "com", "org", "net", "edu", "gov", "io", "dev", "app", "ai", "co", "uk", "de", "fr", "es", "it", "nl", "eu", "ch",
    "at", "ca", "au", "in", "jp", "cn", "br", "us", "info", "me",
  ]

  /// E-mail addresses and addresses on the web, as they are written.
  mutating func replaceAddresses() {
    for at in scalars.indices where scalars[at] == "@" { replaceMail(at) }
    var at = 0
    while at < scalars.count {
      // An address begins where a word does.
      let isStart = at == 0 || !(isAlphanumeric(scalars[at - 1]) || "-_.".unicodeScalars.contains(scalars[at - 1]))
      guard isStart, !isTaken[at], let end = endOfAddress(at) else {
        at += 1
        continue
      }
      replace(at..<end, by: "[web address]")
      at = end
    }
  }

  private mutating func replaceMail(_ at: Int) {
    var (start, end) = (at, at + 1)
    func isLocal(_ scalar: Unicode.Scalar) -> Bool {
      isWordPart(scalar) || "._%+-'".unicodeScalars.contains(scalar)
    }
    while start > 0, at - start < Self.longestLocal, !isTaken[start - 1], isLocal(scalars[start - 1]) { start -= 1 }
    while end < scalars.count, end - at < Self.longestDomain, !isTaken[end],
      isWordPart(scalars[end]) || scalars[end] == "." || scalars[end] == "-"
    {
      end += 1
    }
    while end > at + 1, scalars[end - 1] == "." || scalars[end - 1] == "-" { end -= 1 }
    guard start < at, end > at + 1 else { return }
    replace(start..<end, by: "[e-mail]")
  }

  /// Where the address on the web that begins at `start` ends; nil where none does.
  private func endOfAddress(_ start: Int) -> Int? {
    let isSchemed = Self.schemes.contains { scheme in
      start + scheme.count < scalars.count
        && scheme.indices.allSatisfy { lower(scalars[start + $0]) == scheme[$0] }
    }
    if isSchemed { return endOfPath(start) }
    guard isAlphanumeric(scalars[start]) else { return nil }
    // A host of its own: labels joined by dots, the last of them a known ending. No label is read from its middle.
    var (end, lastDot) = (start, -1)
    while end < scalars.count, end - start < Self.longestDomain,
      isAlphanumeric(scalars[end]) || scalars[end] == "-" || isDot(end)
    {
      if scalars[end] == "." { lastDot = end }
      end += 1
    }
    guard lastDot > start, end - lastDot <= 5 else { return nil }
    let ending = String(String.UnicodeScalarView(scalars[(lastDot + 1)..<end])).lowercased()
    guard Self.endings.contains(ending) else { return nil }
    return end < scalars.count && (scalars[end] == "/" || scalars[end] == ":") ? endOfPath(end) : end
  }

  /// A dot with a letter or digit behind it.
  private func isDot(_ at: Int) -> Bool {
    scalars[at] == "." && at + 1 < scalars.count && isAlphanumeric(scalars[at + 1])
  }

  private func endOfPath(_ start: Int) -> Int {
    var end = start
    while end < scalars.count, end - start < Self.longestAddress, !isTaken[end],
      !scalars[end].properties.isWhitespace, !"<>\"`{}|\\^".unicodeScalars.contains(scalars[end])
    {
      end += 1
    }
    while end > start, ".,;:!?)]'’".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    return end
  }

  private func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
  }
}

// MARK: Numbers

extension MaskText {
  /// Digits that somebody may be found by: cards, telephones, accounts.
  mutating func replaceNumbers() {
    var at = 0
    while at < scalars.count {
      guard !isTaken[at], digit(scalars[at]) != nil else {
        at += 1
        continue
      }
      var (end, last, digits, groups, separators) = (at, at, [Int](), [0], "")
      var gap = 0
      while end < scalars.count, !isTaken[end] {
        if let value = digit(scalars[end]) {
          if gap > 0 { groups.append(0) }
          digits.append(value)
          groups[groups.count - 1] += 1
          (last, gap) = (end, 0)
        } else if gap < 3, " -./()\u{A0}\u{2011}\u{2013}".unicodeScalars.contains(scalars[end]) {
          separators.unicodeScalars.append(scalars[end])
          gap += 1
        } else {
          break
        }
        end += 1
      }
      let start = at > 0 && (scalars[at - 1] == "+" || scalars[at - 1] == "(") && !isTaken[at - 1] ? at - 1 : at
      let inside = String(separators.unicodeScalars.dropLast(gap))
      at = max(end, last + 1)
      guard digits.count >= Self.leastDigits, !isDate(groups, digits, inside) else { continue }
      let isCard = (13...19).contains(digits.count) && passesLuhn(digits)
      replace(start..<last + 1, by: isCard ? "[card number]" : digits.count <= 15 ? "[phone]" : "[number]")
    }
  }

  private func digit(_ scalar: Unicode.Scalar) -> Int? {
    ("0"..."9").contains(scalar) ? Int(scalar.value) - 48 : nil
  }

  /// A day such as 2026-11-21 or 21.11.2026, or two years such as 1999-2004.
  private func isDate(_ groups: [Int], _ digits: [Int], _ separators: String) -> Bool {
    guard separators.count == groups.count - 1 else { return false }
    func year(_ first: Int) -> Bool { (19...20).contains(digits[first] * 10 + digits[first + 1]) }
    switch groups {
    case [4, 2, 2], [4, 1, 2], [4, 2, 1]: return year(0)
    case [2, 2, 4], [1, 2, 4], [2, 1, 4]: return year(digits.count - 4)
    case [4, 4]: return year(0) && year(4)
    default: return false
    }
  }

  private func passesLuhn(_ digits: [Int]) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
      let doubled = entry.element * 2
      return sum + (entry.offset % 2 == 0 ? entry.element : doubled > 9 ? doubled - 9 : doubled)
    }
    return sum % 10 == 0
  }
}

// MARK: As they are spoken

extension MaskText {
  private static let spelled: Set<String> = [
    "oh", "o", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]
  /// Between digits these belong to the number, and are none by themselves.
  private static let between: Set<String> = ["double", "triple", "plus"]

  /// Numbers and addresses spelled out in words, as recognisers write them.
  mutating func replaceSpoken() {
    let words = words
    var at = 0
    while at < words.count {
      var end = at
      while end < words.count, isSpelled(words[end].folded) { end += 1 }
      if end - at >= Self.leastSpelled {
        replace(words[at].range.lowerBound..<words[end - 1].range.upperBound, by: "[number]")
      }
      at = max(end, at + 1)
    }
    at = 1
    while at + 1 < words.count {
      at = words[at].folded == "dot" ? replaceSpokenAddress(words, at) : at + 1
    }
  }

  private func isSpelled(_ word: String) -> Bool {
    Self.spelled.contains(word) || Self.between.contains(word) || (word.count == 1 && word.first?.isNumber == true)
  }

  /// `(first (dot second)* at)? host (dot ending)+`, whose first dot is the word `dot`; returns where to look on.
  private mutating func replaceSpokenAddress(_ words: [Word], _ dot: Int) -> Int {
    var (start, end, isHost, isMail) = (dot - 1, dot, false, dot > 1 && words[dot - 2].folded == "at")
    if isMail { start = max(dot - 3, 0) }
    while end + 1 < words.count, end - dot < 12 {
      if words[end].folded == "dot" {
        isHost = Self.endings.contains(words[end + 1].folded)
        end += 2
      } else if words[end].folded == "at", !isMail {
        isMail = true
        end += 2
      } else {
        break
      }
    }
    guard isHost else { return end }
    start = max(start, 0)
    replace(words[start].range.lowerBound..<words[end - 1].range.upperBound, by: isMail ? "[e-mail]" : "[web address]")
    return end
  }
}
