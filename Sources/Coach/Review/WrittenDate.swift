package import Practice

extension CivilDate {
  /// Reads `2026`, `2026-10` or `2026-10-03`; of a year or a month the first day, or the last one. Nil for no date.
  package init?(written text: String, last: Bool = false) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].count == 4,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    let month = numbers.count > 1 ? numbers[1] : last ? 12 : 1
    guard (1...12).contains(month) else { return nil }
    let days = CivilDate.days(inMonth: month, of: numbers[0])
    let day = numbers.count > 2 ? numbers[2] : last ? days : 1
    guard (1...days).contains(day) else { return nil }
    self.init(year: numbers[0], month: month, day: day)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
