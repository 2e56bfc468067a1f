import Testing

@testable import Recognition

/// Levels of frames as a picture: a character is 0.1 s, `.` a quiet room at -65 dBFS, `s` speech at -25, `n` a louder
/// room at -50, `-` digital silence.
private func steps(_ picture: String) -> [(tenth: Int, step: UtteranceCutter.Step)] {
  var cutter = UtteranceCutter()
  var found: [(Int, UtteranceCutter.Step)] = []
  let levels: [Character: Float] = [".": -65, "s": -25, "n": -50, "-": -160]
  for (index, mark) in picture.enumerated() {
    for _ in 0..<10 {
      let step = cutter.step(levels[mark] ?? 0)
      if step == .overlong { cutter.open() }
      if step != .silence, step != .speech { found.append((index, step)) }
    }
  }
  return found
}

struct CutterTests {
  @Test(arguments: [
    ("", [String]()), ("..........", []), ("----------", []), ("...sss....", ["3 opened", "6 ended"]),
    // A gap that is part of speech ends nothing.
    ("...sss..sss.....", ["3 opened", "11 ended"]),
    // Speech from the first sample on.
    ("ssss.....", ["0 opened", "4 ended"]), ("----sss------", ["4 opened", "7 ended"]),
    ("..." + String(repeating: "s", count: 70) + "....", ["3 opened", "63 overlong", "73 ended"]),
  ])
  func `an utterance is what is louder than the room`(picture: String, expected: [String]) {
    let found = steps(picture).map { "\($0.tenth) \($0.step)" }
    #expect(found.map { String($0.split(separator: " ")[1]) } == expected.map { String($0.split(separator: " ")[1]) })
    for (one, other) in zip(found, expected) {
      let (is_, was) = (Int(one.split(separator: " ")[0]) ?? -9, Int(other.split(separator: " ")[0]) ?? 9)
      #expect(abs(is_ - was) <= (other.hasSuffix("ended") ? 4 : 1), "\(one) for \(other) in \(picture)")
    }
  }

  @Test func `a room that grows louder closes the gate again`() {
    let found = steps(String(repeating: ".", count: 30) + String(repeating: "n", count: 150) + "ssss" + "nnnnnnnn")
    #expect(found.map(\.step).suffix(2) == [.opened, .ended])
  }

  @Test func `an overlong utterance is cut where it is quietest`() {
    var cutter = UtteranceCutter()
    for frame in 0..<600 { _ = cutter.step((520..<532).contains(frame) ? -45 : -25) }
    #expect((70...78).contains(cutter.framesSinceQuietest()), "\(cutter.framesSinceQuietest())")
  }
}

struct StableWordsTests {
  /// Hypotheses as texts, a word every 30 frames; what comes out after each.
  private func run(_ hypotheses: [String], spacing: Int = 30, frames: Int = 0) -> [String] {
    var stable = StableWords(hypotheses: 3)
    return hypotheses.map { text in
      let words = text.split(separator: " ").enumerated().map { index, word in
        StableWords.Guess(text: String(word), first: index * spacing, last: index * spacing + spacing - 1)
      }
      return stable.update(words, frames: max(frames, words.count * spacing)).map(\.text).joined(separator: " ")
    }
  }

  @Test(arguments: [
    ([], []), (["a"], [""]), (["a", "a", "a", "a"], ["", "", "", ""]),
    (["a b", "a b", "a b"], ["", "", "a"]), (["a b", "a c", "a d"], ["", "", "a"]),
    // One that changes begins anew.
    (["a b", "x b", "a b", "a b", "a b"], ["", "", "", "", "a"]),
    // What is said is not said again, and what is taken back not either.
    (["a b c", "a b c", "a b c", "a b x d", "x y x d"], ["", "", "a b", "", ""]),
  ])
  func `a word is said once it has held still and another follows`(hypotheses: [String], expected: [String]) {
    #expect(run(hypotheses) == expected)
  }

  @Test func `a last word counts once silence follows it`() {
    #expect(run(["a", "a", "a"], frames: 60) == ["", "", "a"])
    #expect(run(["a", "a", "a"], frames: 50) == ["", "", ""])
  }
}
