/// How long a talk should be: a span such as five to seven minutes, or one length when both ends are equal.
///
/// Speakers are given their time in many spellings ("5-7m", "20-30 min", "4:30–7:30"), so each is understood; a bare
/// number is not, because seven could be minutes or seconds.
package struct TalkLength: Equatable, Hashable, Sendable {
  /// The shortest and the longest the talk may be, in seconds, minimum ≤ maximum.
  package let minimumSeconds: Int
  package let maximumSeconds: Int

  /// What a length may be: ten seconds to six hours.
  package static let permittedSeconds = 10...21_600

  /// Makes a length, or nil when an end lies outside `permittedSeconds` or the ends are the wrong way round.
  package init?(minimumSeconds: Int, maximumSeconds: Int) {
    let permitted = TalkLength.permittedSeconds
    guard permitted.contains(minimumSeconds), permitted.contains(maximumSeconds), minimumSeconds <= maximumSeconds
    else { return nil }
    self.minimumSeconds = minimumSeconds
    self.maximumSeconds = maximumSeconds
  }

  /// Reads a length, or nil; `read` says why not.
  package init?(_ text: String) {
    guard case .success(let length) = TalkLength.read(text) else { return nil }
    self = length
  }

  /// Why a text is no length: a clause that can follow the text itself, such as "is not a length such as 5-7m".
  package struct Problem: Error, Equatable, Sendable {
    /// Follows the text: "has no unit; …".
    package let clause: String
  }

  /// Reads "5-7m", "7m", "90s", "1h30m", "1:30-2:00", "4:30–7:30", "20-30 min", "5 to 7 minutes"; never traps.
  package static func read(_ text: String) -> Result<TalkLength, Problem> {
    guard text.unicodeScalars.count <= 40 else { return .failure(notALength) }
    let ends = split(text)
    guard ends.count == 1 || ends.count == 2, let last = ends.last, let upper = Span(last) else {
      return .failure(notALength)
    }
    guard let lower = Span(ends[0]) else { return .failure(notALength) }
    guard let most = upper.seconds else {
      return .failure(Problem(clause: "has no unit; write for instance 7m for minutes or 90s for seconds"))
    }
    let least = lower.seconds ?? lower.number * upper.lastUnitSeconds
    let permitted = Double(permittedSeconds.lowerBound)...Double(permittedSeconds.upperBound)
    guard permitted.contains(least), permitted.contains(most) else {
      return .failure(Problem(clause: "is outside ten seconds to six hours"))
    }
    guard least <= most else { return .failure(Problem(clause: "ends before it starts; put the shorter length first")) }
    guard
      let length = TalkLength(minimumSeconds: Int(least.rounded()), maximumSeconds: Int(most.rounded()))
    else { return .failure(notALength) }
    return .success(length)
  }

  private static let notALength = Problem(clause: "is not a length such as 5-7m, 90s or 4:30-7:30")

  /// The one or two ends of a span, in lower case and without blanks, dashes of every kind and "to" taken alike.
  private static func split(_ text: String) -> [String] {
    var ends = [""]
    let words = text.lowercased().split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
    for word in words {
      if word == "to" {
        ends.append("")
      } else {
        for character in word {
          if "-–—−".contains(character) { ends.append("") } else { ends[ends.count - 1].append(character) }
        }
      }
    }
    return ends
  }
}

extension TalkLength: CustomStringConvertible {
  /// The shortest spelling that reads back as this length: `5-7m`, `7m`, `90s`, `4:30-7:30`.
  package var description: String {
    let ends = minimumSeconds == maximumSeconds ? [maximumSeconds] : [minimumSeconds, maximumSeconds]
    if ends.allSatisfy({ $0 % 60 == 0 }) { return ends.map { String($0 / 60) }.joined(separator: "-") + "m" }
    if ends.allSatisfy({ $0 < 120 }) { return ends.map(String.init).joined(separator: "-") + "s" }
    return ends.map(TalkLength.clock).joined(separator: "-")
  }

  private static func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(seconds % 60)
  }
}

/// One end of a written length: either seconds, or a number whose unit must come from the other end.
private struct Span {
  /// Nil for a bare number.
  let seconds: Double?
  let number: Double
  /// Seconds in the last unit written; minutes where a clock time or nothing was.
  let lastUnitSeconds: Double

  init?(_ text: String) {
    if text.contains(":") {
      guard let seconds = Span.clock(text) else { return nil }
      (self.seconds, number, lastUnitSeconds) = (seconds, 0, 60)
      return
    }
    var (total, last, rest) = (0.0, Double.infinity, text[...])
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard digits.count <= 7, let number = Double(String(digits)) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      if unit.isEmpty {
        guard rest.isEmpty, last == .infinity else { return nil }
        (self.seconds, self.number, lastUnitSeconds) = (nil, number, 60)
        return
      }
      guard let unitSeconds = Span.units[String(unit)], unitSeconds < last else { return nil }
      total += number * unitSeconds
      last = unitSeconds
    }
    guard last != .infinity else { return nil }
    (seconds, number, lastUnitSeconds) = (total, 0, last)
  }

  /// Seconds of `m:ss` or `h:mm:ss`.
  private static func clock(_ text: String) -> Double? {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count) else { return nil }
    var seconds = 0
    for (index, field) in fields.enumerated() {
      guard (1...3).contains(field.count), field.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(field)
      else { return nil }
      guard index == 0 || (number < 60 && field.count == 2) else { return nil }
      seconds = seconds * 60 + number
    }
    return Double(seconds)
  }

  private static let units: [String: Double] = [
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
  ]
}
