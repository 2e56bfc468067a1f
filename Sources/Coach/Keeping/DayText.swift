import Glibc

/// Days as people write them: `2026-11-20`.
enum DayText {
  /// The beginning of the day, by the clock of this place, `daysLater` of them later, in milliseconds since 1970; nil for
  /// anything that is no day.
  static func milliseconds(_ text: String, daysLater: Int = 0) -> Int64? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let year = Int32(parts[0]),
      let month = Int32(parts[1]), let day = Int32(parts[2]), year >= 1970, (1...12).contains(month)
    else { return nil }
    var date = tm()
    (date.tm_year, date.tm_mon, date.tm_mday, date.tm_isdst) = (year - 1900, month - 1, day + Int32(daysLater), -1)
    var asked = tm()
    (asked.tm_year, asked.tm_mon, asked.tm_mday, asked.tm_hour) = (year - 1900, month - 1, day, 12)
    // A day that there is none of, such as 30 February, becomes another one.
    guard timegm(&asked) >= 0, asked.tm_mon == month - 1, asked.tm_mday == day else { return nil }
    let seconds = mktime(&date)
    return seconds < 0 ? nil : Int64(seconds) * 1_000
  }

  /// The day of a moment, in milliseconds since 1970, by a clock that is `offset` seconds ahead of Greenwich.
  static func day(_ milliseconds: Int64, offset: Int) -> String {
    var seconds = time_t(clamping: milliseconds / 1_000).addingReportingOverflow(offset).partialValue
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "-" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }
}
