import Foundation
import Practice
import Testing

@testable import Report

@Suite struct TextGridTests {
  private func covering(_ spans: [(Double, Double)], _ end: Double) -> [[Double]] {
    TextGrid.covering(spans.map { TextGrid.Interval(start: $0.0, end: $0.1, text: "x") }, until: end).map {
      [$0.start, $0.end, $0.text.isEmpty ? 0 : 1]
    }
  }

  @Test func `a tier covers the recording without a hole and without an overlap`() {
    #expect(covering([], 2) == [[0, 2, 0]])
    #expect(covering([(0, 2)], 2) == [[0, 2, 1]])
    #expect(covering([(0.5, 1)], 2) == [[0, 0.5, 0], [0.5, 1, 1], [1, 2, 0]])
    #expect(covering([(1, 1.5), (0, 1)], 2) == [[0, 1, 1], [1, 1.5, 1], [1.5, 2, 0]])
    #expect(covering([(0.5, 1), (0.8, 1.2)], 2) == [[0, 0.5, 0], [0.5, 1, 1], [1, 1.2, 1], [1.2, 2, 0]])
    #expect(covering([(0.5, 0.5), (1.9, 2.4), (3, 4)], 2) == [[0, 1.9, 0], [1.9, 2, 1]])
  }

  @Test func `labels cannot break out of their quotes`() {
    #expect(TextGrid.quoted("a \"b\"\nc") == "\"a \"\"b\"\" c\"")
  }

  @Test func `the long text format is written as Praat writes it`() throws {
    let lines = TextGrid(talk(seconds: 10)).text.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    #expect(Array(lines[..<2]) == ["File type = \"ooTextFile\"", "Object class = \"TextGrid\""])
    #expect(lines.contains("size = 4 "))
    #expect(
      lines.filter { $0.contains("name = ") }.map { $0.split(separator: "\"")[1] }
        == ["speech", "pauses", "syllables", "fillers"])
    for tier in ["intervals: size = 4 ", "intervals: size = 3 ", "points: size = 40 "] {
      #expect(lines.contains("        " + tier), "\(tier)")
    }
    #expect(lines.last == "")
  }

  @Test func `recognised words have a tier of their own, without a hole`() {
    let text = TextGrid(spokenTalk(.script)).text
    let tiers = text.components(separatedBy: "item [")
    #expect(tiers.count == 7 && tiers[6].contains("name = \"words\""))
    #expect(tiers[6].contains("text = \"river\"") == false && tiers[6].contains("text = \"dog\""))
    let ends = tiers[6].components(separatedBy: "xmax = ").dropFirst(2).compactMap { Double($0.prefix { $0 != " " }) }
    #expect(ends == ends.sorted() && ends.last == 40)
  }

  @Test func `a recording without speech has tiers all the same`() {
    let text = TextGrid(silence()).text
    #expect(text.contains("xmax = 3.5 ") && text.contains("points: size = 0 "))
  }
}
