/// A length of time as it is typed: `90s`, `30m`, `2h`, `1d`.
enum SpanText {
  /// Why a text is none.
  enum Problem: Error, Equatable { case unclear, tooLong }

  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]

  /// The seconds of `text`: a whole number and a unit, more than nothing, at most `InvitationList.longestSeconds`.
  static func seconds(_ text: String) throws(Problem) -> Int {
    guard let unit = text.last.flatMap({ units[$0] }) else { throw .unclear }
    let digits = text.dropLast()
    guard (1...9).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }), let count = Int(digits),
      count > 0
    else { throw .unclear }
    guard count <= InvitationList.longestSeconds / unit else { throw .tooLong }
    return count * unit
  }

  /// `seconds` in words, the two largest units of it: `1 day 2 h`, `45 min`, `20 s`.
  static func words(_ seconds: Int) -> String {
    let days = seconds / 86_400
    let parts = [
      (days, days == 1 ? "day" : "days"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
    ]
    guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0 s" }
    return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }
}
