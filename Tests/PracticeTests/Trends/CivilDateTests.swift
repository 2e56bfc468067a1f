import Practice
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: [
    (0.0, 0, "1 January 1970"), (-1, 0, "31 December 1969"), (951_782_400, 0, "29 February 2000"),
    (951_868_800, 0, "1 March 2000"), (4_107_542_399, 0, "28 February 2100"), (4_107_542_400, 0, "1 March 2100"),
    (1_709_164_800, 0, "29 February 2024"), (1_798_761_599, 0, "31 December 2026"),
    (1_798_761_599, 1, "1 January 2027"), (1_798_761_600, -1, "31 December 2026"),
    (-62_135_596_800, 0, "1 January 1"), (.nan, 0, "1 January 1970"),
  ])
  func `a moment falls on a day`(seconds: Double, offset: Int, expected: String) {
    #expect(CivilDate(secondsSince1970: seconds, utcOffset: offset).words() == expected)
  }

  @Test func `four hundred years of days follow each other`() {
    var last = CivilDate(secondsSince1970: 0)
    for day in 1...146_097 {
      let next = CivilDate(secondsSince1970: Double(day) * daySeconds)
      let follows =
        next.day == last.day + 1
        || (next.day == 1 && last.day >= 28 && (next.month == last.month + 1 || next.year == last.year + 1))
      if !follows { Issue.record("\(next.words()) after \(last.words())") }
      last = next
    }
    #expect(last == CivilDate(secondsSince1970: 12_622_780_800) && last.year == 2370)
  }

  @Test func `no moment is too far away`() {
    for seconds in [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity] {
      let date = CivilDate(secondsSince1970: seconds, utcOffset: .max)
      #expect((1...12).contains(date.month) && (1...31).contains(date.day))
    }
  }

  @Test func `the year is left out where it goes without saying`() {
    let date = CivilDate(secondsSince1970: firstNoon)
    #expect(date.words(withYearUnless: 2026) == "1 September")
    #expect(date.short(withYearUnless: 2026) == "1 Sep")
    #expect(date.short(withYearUnless: 2027) == "1 Sep 2026")
  }
}
