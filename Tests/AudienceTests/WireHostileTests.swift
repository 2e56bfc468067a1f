import Practice
import Support
import Testing

@testable import Audience

/// Lines as somebody writes them who means ill, or who is newer or older.
struct WireHostileTests {
  private static let nasty = [
    "", " ", "a\u{1B}[2Jb\u{9B}c\nd\r\te", String(repeating: "long ", count: 2_000),
    String(repeating: "\"\\", count: 4_000), "e" + String(repeating: "\u{301}", count: 5_000),
    "\u{202E}turned\u{0}", "👩‍👩‍👧‍👦 and é", #"","wire":"over","x":""#,
  ]

  @Test(arguments: nasty) func `texts of a remark are bounded, safe, and come back the same`(text: String) throws {
    for number in [.nan, -1e308, 12.34567] {
      let remarks: [Remark] = [
        .note(text, at: number), .cue(text), .drill(text, note: text, days: .max), .drill(text, note: text, days: -1),
        .level(rubric: text, version: .max, criterion: text, level: number, reason: text),
        .level(rubric: text, version: -1, criterion: text, level: nil, reason: nil),
      ]
      for remark in remarks {
        let line = WatcherLine.remark(number: 7, remark).text
        #expect(line.utf8.count <= Wire.watcherLineBytes)
        #expect(isOneSafeLine(line))
        #expect(WatcherLine(line: line) == .remark(number: 7, remark.bounded))
        #expect(remark.bounded.bounded == remark.bounded)
      }
    }
  }

  @Test(arguments: nasty) func `what a learner's side calls itself is bounded and safe`(text: String) throws {
    let welcome = Welcome(
      session: text, learner: text, role: .tutor, shares: [.meters], seconds: .infinity, secret: "s", version: text)
    let line = HubLine.welcome(welcome).text
    #expect(isOneSafeLine(line))
    let read = try #require(readWelcome(line))
    for name in [read.session, read.learner, read.version] {
      #expect(name.utf8.count <= Afterwards.nameBytes)
      #expect(isOneSafeLine(name))
    }
    let answer = HubLine.answer(number: 1, .refused(text)).text
    #expect(HubLine(line: answer)?.text == answer)
    #expect(answer.utf8.count < 300 && isOneSafeLine(answer))
  }

  private func readWelcome(_ line: String) -> Welcome? {
    if case .welcome(let welcome)? = HubLine(line: line) { welcome } else { nil }
  }

  @Test func `a cue is a few words`() {
    #expect(Remark.cue("look  up now, please, and breathe").bounded == .cue("look up now,"))
    #expect(Remark.cue(String(repeating: "é", count: 60)).bounded == .cue(String(repeating: "é", count: 20)))
  }

  @Test(arguments: [
    "", " ", "{", "null", "[]", "{}", #"{"wire":5}"#, #"{"wire":null,"v":1,"t":0,"kind":"tap"}"#,
    #"{"wire":"from"}"#, #"{"wire":"from","number":-1}"#, #"{"wire":"from","number":1e300}"#,
    #"{"wire":"from","number":"1"}"#, #"{"wire":"answer","number":1}"#, #"{"wire":"answer","became":"taken"}"#,
    #"{"wire":"glance"}"#, #"{"wire":"glance","t":"1"}"#, #"{"wire":"sound","t":1,"samples":"AA=="}"#,
    #"{"wire":"sound","t":1,"samples":"AAE"}"#, #"{"wire":"sound","t":1,"samples":"AB=="}"#,
    #"{"wire":"sound","t":1,"samples":"A=B="}"#, #"{"wire":"sound","t":1,"samples":"AAA=AAA="}"#,
    #"{"wire":"sound","t":1,"samples":"AA\u000aA"}"#, #"{"wire":"sound","samples":""}"#,
    #"{"wire":"welcome","version":1,"session":"s","learner":"a"}"#,
    #"{"wire":"welcome","version":0,"session":"s","learner":"a","secret":"s"}"#,
    #"{"wire":"welcome","version":1,"session":"s","learner":"a","secret":""}"#,
    #"{"v":1,"t":-1,"kind":"tap"}"#, #"{"wire":"asked"}{"wire":"asked"}"#,
  ])
  func `what is no line to a watcher is none`(line: String) { #expect(HubLine(line: line) == nil) }

  @Test(arguments: [
    "", "{", #"{"wire":"hello"}"#, #"{"wire":"hello","version":"1"}"#, #"{"wire":"hello","version":0}"#,
    #"{"wire":"hello","version":1,"role":"tutor","token":5}"#,
    #"{"wire":"hello","version":1,"role":"tutor","token":""}"#,
    #"{"wire":"hello","version":1,"role":"tutor","token":"\#(String(repeating: "x", count: 257))"}"#,
    #"{"wire":"hello","version":1,"resume":{"session":"s","secret":"s","next":-1}}"#,
    #"{"wire":"hello","version":1,"resume":{"session":"s","next":1}}"#, #"{"wire":"hello","version":1,"resume":true}"#,
    #"{"wire":"hello","version":1,"pad":"\#(String(repeating: "x", count: 2_048))"}"#,
    #"{"wire":"remark","kind":"cue","text":"a"}"#, #"{"wire":"remark","number":1,"kind":"key","text":"q"}"#,
    #"{"wire":"remark","number":1,"kind":"note","text":"a"}"#, #"{"wire":"remark","number":1,"kind":"note","at":1}"#,
    #"{"wire":"remark","number":1,"kind":"level","rubric":"r","criterion":"c"}"#,
    #"{"wire":"remark","number":1,"kind":"level","rubric":"r","criterion":"c","level":"5"}"#,
    #"{"wire":"remark","number":1,"kind":"note","at":1,"text":"\#(String(repeating: "x", count: 8_192))"}"#,
    #"{"v":1,"t":0,"kind":"tap"}"#, #"{"wire":"over","reason":"ended"}"#, String(repeating: "[", count: 8_000),
  ])
  func `what is no line from a watcher is none`(line: String) { #expect(WatcherLine(line: line) == nil) }

  @Test func `a newer side is understood as far as it goes`() {
    #expect(HubLine(line: #"{"x":1,"wire":"ping","y":{}}"#) == .ping)
    #expect(HubLine(line: #"{"wire":"refused","reason":"moon"}"#) == .refused(.declined))
    #expect(HubLine(line: #"{"wire":"over"}"#) == .over(.ended))
    #expect(HubLine(line: #"{"wire":"presence","tutor":"dreaming"}"#) == .presence(Presence()))
    #expect(HubLine(line: #"{"wire":"answer","number":1,"became":"moot"}"#) == .answer(number: 1, .refused("")))
    #expect(
      HubLine(line: #"{"v":1,"t":2,"kind":"wink","eye":"left"}"#)?.text == #"{"v":1,"t":2,"kind":"wink","eye":"left"}"#)
    #expect(HubLine(line: #"{"wire":"wave"}"#) == nil)
    #expect(Wire.name(of: #"{"wire":"wave"}"#) == "wave")
    #expect(Wire.name(of: #"{"v":1,"t":2,"kind":"tap"}"#) == nil)
    let hello = WatcherLine(line: #"{"wire":"hello","version":3,"oldest":2,"role":"judge","takes":["past","smell"]}"#)
    #expect(hello == .hello(Hello(role: .observer, wire: 3, oldest: 2, version: "", takes: [.past])))
  }

  @Test(arguments: [(1, 1, 1), (3, 1, 1), (3, 2, nil), (1, 3, nil)] as [(Int, Int, Int?)])
  func `the newest version that both know is spoken`(newest: Int, oldest: Int, spoken: Int?) {
    #expect(Wire.version(with: Hello(role: .observer, wire: newest, oldest: oldest)) == spoken)
  }

  @Test func `no damage to a line brings a reader down, and what is read is written the same`() {
    let lines = WireTests.hubLines.map(\.0) + WireTests.watcherLines.map(\.0) + SharedEventsTests.lines
    let seeds = lines.map { Array($0.utf8) }
    var mutations = Mutations(seed: 20_261_128)
    var (toWatchers, fromWatchers) = (0, 0)
    for round in 0..<4_000 {
      var bytes = seeds[mutations.number(below: seeds.count)]
      if round % 2 == 0 {
        bytes = mutations.next(bytes, seeds[mutations.number(below: seeds.count)])
      } else {
        bytes[mutations.number(below: bytes.count)] = UInt8(32 + mutations.number(below: 96))
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if let line = HubLine(line: text) {
        toWatchers += 1
        #expect(HubLine(line: line.text)?.text == line.text, "\(text)")
        #expect(isOneSafeLine(line.text))
      }
      if let line = WatcherLine(line: text) {
        fromWatchers += 1
        #expect(WatcherLine(line: line.text) == line, "\(text)")
        #expect(isOneSafeLine(line.text))
      }
    }
    #expect(toWatchers > 400 && fromWatchers > 40)
  }

  @Test func `bytes come back from their text`() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ count) }
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
    }
    #expect(Base64.text(Array("foobar".utf8)) == "Zm9vYmFy")
    #expect(Base64.text(Array("fooba".utf8)) == "Zm9vYmE=")
    #expect(Base64.text(Array("foob".utf8)) == "Zm9vYg==")
  }
}

/// Whether nothing in `text` ends a line or moves a cursor.
func isOneSafeLine(_ text: String) -> Bool {
  !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
}
