/// A day of the Gregorian calendar.
package struct CivilDate: Equatable, Sendable {
  /// The year, as in 2026.
  package let year: Int
  /// The month, 1 to 12.
  package let month: Int
  /// The day of the month, from 1.
  package let day: Int

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The day on which a moment falls, `utcOffset` seconds east of Greenwich.
  ///
  /// Moments are held within 28 000 years of 1970. Years are counted from 1 March, in eras of 400, so that a leap day
  /// is the last day of its year.
  package init(secondsSince1970 seconds: Double, utcOffset: Int = 0) {
    let local = (seconds.isFinite ? min(max(seconds, -9e11), 9e11) : 0) + Double(min(max(utcOffset, -86_400), 86_400))
    let days = Int((local / 86_400).rounded(.down)) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// A day that exists.
  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = min(max(month, 1), 12)
    self.day = min(max(day, 1), 31)
  }

  /// Its midnight in Greenwich, in seconds since 1970.
  package var secondsSince1970: Double {
    // Days from civil, years counted from 1 March.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Double(era * 146_097 + dayOfEra - 719_468) * 86_400
  }

  /// As in a sentence: "3 October", with the year where it is another than `than`.
  package func words(withYearUnless than: Int? = nil) -> String {
    "\(day) \(Self.months[month - 1])" + (than == year ? "" : " \(year)")
  }

  /// As at an axis: "3 Oct", with the year where it is another than `than`.
  package func short(withYearUnless than: Int? = nil) -> String {
    "\(day) \(Self.months[month - 1].prefix(3))" + (than == year ? "" : " \(year)")
  }
}
