import Practice
import Testing

@testable import Report

/// Words apart by spaces, 0.3 s each and 0.1 s apart; `~` is a pause of 1 s.
private func words(_ text: String, from start: Double = 0) -> [Word] {
  var (at, found) = (start, [Word]())
  for word in text.split(separator: " ") {
    if word == "~" {
      at += 1
    } else {
      found.append(Word(String(word), start: at, end: at + 0.3))
      at += 0.4
    }
  }
  return found
}

struct CaptionTests {
  @Test(arguments: [
    ("", []), ("one", ["one"]), ("one two three four ~ five six seven", ["one two three four", "five six seven"]),
    // One word is no caption where another follows soon.
    ("well ~ that is that", ["well that is that"]), ("well ~ ~ that is that", ["well", "that is that"]),
    (
      "as far as the laws of mathematics refer to reality",
      ["as far as the laws of/mathematics refer to reality"]
    ),
    // Seven seconds hold 17 such words.
    ("a a a a a a a a a a a a a a a a a a", ["a a a a a a a a a a a a a a a a a", "a"]),
    (String(repeating: "x", count: 50), [String(repeating: "x", count: 41) + "…"]),
  ])
  func `captions end at pauses and hold two lines`(text: String, expected: [String]) {
    #expect(Captions(words(text)).captions.map { $0.lines.joined(separator: "/") } == expected)
  }

  @Test func `a sentence ends one`() {
    let found = Captions(words("we came here we saw it all"), sentenceEnds: [2]).captions
    #expect(found.map(\.lines) == [["we came here"], ["we saw it all"]])
  }

  @Test func `no caption is too long, too wide or over another, whatever is said`() {
    var state: UInt32 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int(state >> 16) % limit
    }
    for _ in 0..<200 {
      var (at, all) = (0.0, [Word]())
      for _ in 0..<60 {
        at += [0, 0, 0.02, 0.6, 2][next(5)]
        let length = [0.05, 0.2, 0.4, 9][next(10) / 3]
        all.append(Word(String(repeating: "w", count: 1 + next(15)), start: at, end: at + length))
        at += length
      }
      let captions = Captions(all).captions
      #expect(captions.allSatisfy { $0.end > $0.start && $0.end - $0.start <= 7.001 })
      #expect(
        captions.allSatisfy { (1...2).contains($0.lines.count) && $0.lines.allSatisfy { (1...42).contains($0.count) } })
      #expect(zip(captions, captions.dropFirst()).allSatisfy { $0.end <= $1.start })
      #expect(captions.flatMap(\.lines).joined(separator: " ") == all.map(\.text).joined(separator: " "))
    }
  }

  @Test func `files are written as players read them`() {
    let captions = Captions(words("fish & <chips>", from: 3_723.5))
    #expect(captions.text(.srt) == "1\n01:02:03,500 --> 01:02:04,600\nfish & <chips>\n\n")
    #expect(captions.text(.vtt) == "WEBVTT\n\n01:02:03.500 --> 01:02:04.600\nfish &amp; &lt;chips&gt;\n\n")
    #expect(Captions([]).text(.srt).isEmpty && Captions([]).text(.vtt) == "WEBVTT\n\n")
  }

  @Test func `a transcript is one object, or lines between pauses`() {
    let all = words("we came ~ we saw")
    let transcript = Transcript(file: "a.wav", source: .script, words: all)
    #expect(transcript.text == "we came\nwe saw\n")
    #expect(
      transcript.json.text.hasPrefix(
        #"{"schema":"rostrum.transcript/1","file":"a.wav","source":"script","words":[{"text":"we","start":0,"end":0.3,"confidence":1}"#
      ))
    #expect(transcript.json["transcript"]?.string == "we came we saw")
    #expect(Transcript(file: "", source: .stock, words: []).text.isEmpty)
  }
}
