import Testing

@testable import Practice

@Suite struct FillerThresholdTests {
  /// Corrections of `label` at places of their own: the confidences that were right and wrong.
  private func judged(_ label: String, right: [Double] = [], wrong: [Double] = [], from: Double = 0) -> [Correction] {
    (right.map { ($0, true) } + wrong.map { ($0, false) }).enumerated().map { index, judged in
      let start = from + Double(index)
      return Correction(
        judged.1 ? (index % 2 == 0 ? .confirmed : .relabelled) : .removed, start: start, end: start + 0.3,
        text: judged.1 ? "uhm" : nil, was: label, confidence: judged.0)
    }
  }

  private func many(_ count: Int, _ confidence: Double) -> [Double] { Array(repeating: confidence, count: count) }

  @Test func `a few corrections change nothing`() {
    #expect(FillerThresholds.learned(from: []).isEmpty)
    #expect(FillerThresholds.learned(from: [judged("um", wrong: many(7, 0.6))]).isEmpty)
    #expect(FillerThresholds.learned(from: [judged("um", right: many(30, 0.6))]).isEmpty)
    #expect(FillerThresholds.learned(from: [judged("um", right: many(10, 0.6), wrong: many(1, 0.55))]).isEmpty)
  }

  @Test func `what was wrong below a confidence no longer counts`() {
    let corrections = judged("um", right: many(8, 0.85) + many(2, 0.55), wrong: many(8, 0.6) + many(2, 0.5))
    #expect(FillerThresholds.learned(from: [corrections]) == ["um": 0.61])
    // The same over several sessions, whose places are the same.
    let sessions = (0..<10).map { _ in judged("um", right: [0.85], wrong: [0.6]) }
    #expect(FillerThresholds.learned(from: sessions) == ["um": 0.61])
    #expect(FillerThresholds(from: sessions).sentences.count == 1)
    #expect(FillerThresholds(from: sessions).sentences[0].contains("from a confidence of 0.61 on"))
  }

  @Test func `a label that is always wrong goes, but never above the bound`() {
    #expect(FillerThresholds.learned(from: [judged("like", wrong: many(20, 0.7))]) == ["like": 0.71])
    #expect(FillerThresholds.learned(from: [judged("like", wrong: many(20, 0.9))]).isEmpty)
    #expect(FillerThresholds.learned(from: [judged("like", wrong: many(20, 0.89))]) == ["like": 0.9])
  }

  @Test func `a kind that is confirmed is never lost`() {
    let corrections = judged("um", right: many(6, 0.55), wrong: many(30, 0.8))
    #expect((FillerThresholds.learned(from: [corrections])["um"] ?? 0) <= 0.55)
  }

  @Test func `labels are learned apart and the last word about a filler counts`() {
    let first = judged("um", wrong: many(10, 0.6)) + judged("uh", right: many(10, 0.6), from: 100)
    #expect(FillerThresholds.learned(from: [first]) == ["um": 0.61])
    let again = judged("um", right: many(10, 1))
    #expect(FillerThresholds.learned(from: [first + again]).isEmpty)
    #expect(FillerThresholds(from: [first + again]).entries.map(\.right) == [10, 10])
  }

  @Test func `what was added or is about words teaches nothing`() {
    let others = (0..<20).map {
      Correction($0 % 2 == 0 ? .added : .word, start: Double($0), end: Double($0) + 0.2, text: "um", confidence: 0.1)
    }
    #expect(FillerThresholds(from: [others]).entries.isEmpty)
  }
}
