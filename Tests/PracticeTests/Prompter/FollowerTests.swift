import Testing

@testable import Practice

@Suite struct FollowerTests {
  let script = Spoken.script(Spoken.talk)

  /// Follows `heard` and says, for each word of a known sentence, whether the sentence on show was that one or the one
  /// just behind it.
  private func follow(_ heard: [Spoken.Heard]) -> (right: [Bool?], follower: Follower) {
    var follower = Follower(script)
    var right: [Bool?] = []
    for item in heard {
      follower.hear(item.word)
      let last = Int(follower.words.sentences[max(0, min(follower.place - 1, follower.words.count - 1))])
      let next = Int(follower.words.sentences[min(follower.place, follower.words.count - 1)])
      right.append(item.sentence.map { $0 == last || $0 == next })
    }
    return (right, follower)
  }

  /// How many words in a row the wrong sentence was on show at most.
  private func longestLost(_ right: [Bool?]) -> Int {
    var (longest, run) = (0, 0)
    for value in right {
      run = value == false ? run + 1 : value == nil ? run : 0
      if value == nil { run = 0 }
      longest = max(longest, run)
    }
    return longest
  }

  @Test func `a straight reading is followed word by word`() {
    var generator = Sequence64(state: 7)
    let heard = Spoken.saying(Array(script.sentences.indices), of: script, generator: &generator)
    let (right, follower) = follow(heard)
    #expect(right.filter { $0 == false }.count <= 2)
    #expect(follower.place >= follower.words.count - 2)
    #expect(follower.marks.filter { $0 == .spoken }.count * 100 >= follower.words.count * 88)
    #expect(!follower.marks.contains(.skipped))
    #expect(follower.places.count == heard.count)
  }

  @Test(arguments: 1...6) func `jumps, repeats and asides are followed`(seed: UInt64) {
    var generator = Sequence64(state: seed &* 7_919)
    let all = Array(script.sentences.indices)
    let ways: [[Int]] = [
      Array(all[..<6]) + Array(all[10...]),  // a paragraph left out
      Array(all[..<9]) + [8] + Array(all[9...]),  // a sentence said twice
      Array(all[20...]) + Array(all[..<20]),  // sections in another order
    ]
    for way in ways {
      let (right, _) = follow(Spoken.saying(way, of: script, generator: &generator))
      #expect(longestLost(right) <= 7, "\(way)")
    }
    let aside =
      Spoken.saying(Array(all[..<12]), of: script, generator: &generator)
      + Spoken.improvising(50, of: script, generator: &generator)
      + Spoken.saying(Array(all[12...]), of: script, generator: &generator)
    let (right, follower) = follow(aside)
    #expect(longestLost(right) <= 7)
    #expect(follower.place >= follower.words.count - 3)
  }
}
