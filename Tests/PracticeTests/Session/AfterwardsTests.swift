import SpeechSignals
import Testing

@testable import Practice

@Suite struct AfterwardsTests {
  /// One of each kind, as lines that must be readable and writable for ever.
  static let lines = [
    #"{"v":1,"t":60,"kind":"correction","change":"confirmed","start":12.4,"end":12.81,"was":"um","confidence":0.83,"at_ms":1763704320000}"#,
    #"{"v":1,"t":60,"kind":"correction","change":"added","start":12.4,"end":12.81,"text":"uh","at_ms":1763704320000}"#,
    #"{"v":1,"t":60,"kind":"correction","change":"relabelled","start":12.4,"end":12.81,"text":"like","was":"um","confidence":0.83}"#,
    #"{"v":1,"t":60,"kind":"correction","change":"removed","start":12.4,"end":12.81,"was":"um","confidence":0.83}"#,
    #"{"v":1,"t":60,"kind":"correction","change":"word","start":12.4,"end":12.81,"text":"new words","was":"news"}"#,
    #"{"v":1,"t":60,"kind":"comment","start":31.5,"text":"Slower \"here\"","by":"Ana","at_ms":1763704320000}"#,
    #"{"v":1,"t":60,"kind":"guess","fillers":4,"counted":9,"at_ms":1763704320000}"#,
    #"{"v":1,"t":60,"kind":"assessed","rubric":"voice-21","version":2,"criterion":"pace","judge":"tutor","level":3.5,"name":"Ana","reason":"It breathes.","at_ms":1763704320000}"#,
    #"{"v":1,"t":60,"kind":"assessed","rubric":"voice-21","version":2,"criterion":"pace","judge":"learner","level":null}"#,
    #"{"v":1,"t":60,"kind":"scored","rubric":"rostrum","version":1,"context":"talk","scores":[{"criterion":"overall","value":71.5,"low":64.2,"high":78},{"criterion":"clarity","value":null,"low":null,"high":null}],"at_ms":1763704320000}"#,
    #"{"v":1,"t":60,"kind":"edited","title":"For Ana","tags":["wedding","second-take"],"context":"ceremony"}"#,
    #"{"v":1,"t":60,"kind":"edited","title":""}"#,
  ]

  @Test(arguments: lines) func `a line is read and written as it was`(line: String) throws {
    let event = try #require(EventLine.event(from: line))
    #expect(EventLine.text(of: event) == line)
    if case .unknown = event.kind { Issue.record("not understood: \(line)") }
  }

  private static let nasty = [
    "", " ", "a\u{1B}[2Jb\u{9B}c\nd\r\te", String(repeating: "long ", count: 20_000),
    String(repeating: "\"\\", count: 40_000),
    "e" + String(repeating: "\u{301}", count: 5_000), "\u{202E}turned\u{0}", "👩‍👩‍👧‍👦 and é",
  ]
  private static let numbers = [-1, .nan, .infinity, -1e308, 12.34567]

  @Test(arguments: nasty) func `whatever is said afterwards is bounded and comes back the same`(text: String) throws {
    for number in Self.numbers {
      let entries = Array(
        repeating: ScoreCard.Entry(criterion: text, value: number, low: number, high: number), count: 70)
      let kinds: [SessionEvent.Kind] = [
        .correction(Correction(.word, start: number, end: 3, text: text, was: text, confidence: number)),
        .correction(Correction(.removed, start: 3, end: number, was: text, atMilliseconds: .min)),
        .comment(Comment(text, start: number, by: text, atMilliseconds: .max)),
        .guess(Guess(fillers: .max, counted: .min, atMilliseconds: -5)),
        .assessed(
          Assessment(
            rubric: text, version: .max, criterion: text, judge: .ai, name: text, level: number, reason: text)),
        .scored(ScoreCard(rubric: text, version: -1, context: text, entries: entries)),
        .edited(Edit(title: text, tags: (0..<70).map { text + "\($0)" }, context: text)),
      ]
      var session = begun()
      for kind in kinds {
        let event = SessionEvent(at: 1, kind)
        let line = EventLine.text(of: event)
        #expect(line.utf8.count <= EventLine.byteLimit)
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        #expect(EventLine.event(from: line) == event)
        _ = session.apply(event)
      }
      #expect(session.summary.durationSeconds.isFinite)
      #expect(session.tags.count <= Afterwards.entryLimit)
    }
  }

  @Test(arguments: [
    #"{"v":1,"t":1,"kind":"correction","change":"removed","start":1e300,"end":1e301}"#,
    #"{"v":1,"t":1,"kind":"correction","change":"removed","start":-3,"end":1}"#,
    #"{"v":1,"t":1,"kind":"correction","change":"undone","start":1,"end":2}"#,
    #"{"v":1,"t":1,"kind":"comment","start":1e300,"text":"far"}"#,
    #"{"v":1,"t":1,"kind":"assessed","rubric":"a","criterion":"b","judge":"crowd","level":1}"#,
  ])
  func `what makes no sense is kept and obeyed by nobody`(line: String) throws {
    let event = try #require(EventLine.event(from: line))
    guard case .unknown = event.kind else {
      Issue.record("understood: \(line)")
      return
    }
    #expect(JSON(parsing: EventLine.text(of: event)) == JSON(parsing: line))
  }

  /// A session with fillers and words in it; `isOver` where it has ended.
  private func session(isOver: Bool = true) -> Session {
    var session = begun()
    let fillers = [(2.0, "um"), (4, "um"), (6, "um"), (40, "uh")].map { start, label in
      SessionEvent(at: start + 1, .filler(Filler(start: start, end: start + 0.4, label: label, confidence: 0.8)))
    }
    let words = [("we", 10.0), ("no", 10.4), ("that", 10.8)].map {
      SessionEvent(at: $1 + 1, .word(Word($0, start: $1, end: $1 + 0.3, confidence: 0.7)))
    }
    var events = (1...60).map { SessionEvent(at: Double($0), .second(second(Double($0)))) } + fillers + words
    events.append(SessionEvent(at: 6.5, .cluster(Cluster(label: "um", count: 3, start: 2, end: 6.4))))
    events.sort { $0.seconds < $1.seconds }
    for event in events { _ = session.apply(event) }
    if isOver { _ = session.apply(SessionEvent(at: 60, .ended(Ending(reason: .finished, summary: session.summary)))) }
    return session
  }

  @Test(arguments: [true, false]) func `fillers, clusters and rates follow corrections`(isOver: Bool) throws {
    let before = session(isOver: isOver)
    #expect(before.clusters.count == 1)
    let rows: [(correction: Correction, fillers: [String], clusters: Int)] = [
      (Correction(.confirmed, start: 2, end: 2.4, was: "um", confidence: 0.8), ["um", "um", "um", "uh"], 1),
      (Correction(.relabelled, start: 4, end: 4.4, text: "So ", was: "um"), ["um", "so", "um", "uh"], 0),
      (Correction(.removed, start: 40, end: 40.4, was: "uh"), ["um", "um", "um"], 1),
      (Correction(.removed, start: 6, end: 6.4), ["um", "um", "uh"], 0),
      // A place that is a little off finds it; another kind at that place, or another place, finds none.
      (Correction(.removed, start: 5.9, end: 6.5, was: "um"), ["um", "um", "uh"], 0),
      (Correction(.removed, start: 5.9, end: 6.5, was: "uh"), ["um", "um", "um", "uh"], 1),
      (Correction(.removed, start: 20, end: 21, was: "um"), ["um", "um", "um", "uh"], 1),
      (Correction(.added, start: 30, end: 30.4, text: ""), ["um", "um", "um", "um", "uh"], 1),
      (Correction(.added, start: 0.5, end: 0.9, text: "uh"), ["uh", "um", "um", "um", "uh"], 1),
      (Correction(.relabelled, start: 2, end: 2.4, text: "uh", was: "um"), ["uh", "um", "um", "uh"], 0),
      // One that is added where one stands is that one.
      (Correction(.added, start: 4.2, end: 4.5, text: "um"), ["um", "um", "um", "uh"], 1),
      (Correction(.added, start: 3.9, end: 4.2, text: "er"), ["um", "er", "um", "uh"], 0),
    ]
    for row in rows {
      var session = before
      for _ in 0..<2 {
        _ = session.apply(SessionEvent(at: 60, .correction(row.correction)))
        #expect(session.fillers.map(\.label) == row.fillers, "\(row.correction)")
        #expect(session.clusters.count == row.clusters, "\(row.correction)")
        #expect(session.summary.fillers == row.fillers.count)
        let rate = try #require(session.fillersPerMinute)
        #expect(abs(rate / Double(row.fillers.count) - (before.fillersPerMinute ?? 0) / 4) < 1e-9)
      }
      #expect(session.corrections.count == 1)
      #expect(session.fillers.map(\.start) == session.fillers.map(\.start).sorted())
    }
  }

  @Test func `what is added before the machine's own is known becomes one with it`() {
    var session = session()
    let added = SessionEvent(at: 60, .correction(Correction(.added, start: 20, end: 20.3, text: "er")))
    _ = session.apply(added)
    #expect(session.fillers.count == 5)
    session.fillers.insert(Filler(start: 20.1, end: 20.6, label: "um", evidence: ["sound"], confidence: 0.5), at: 4)
    _ = session.apply(added)
    #expect(session.fillers.map(\.label) == ["um", "um", "um", "er", "uh"])
    #expect(session.fillers[3].start == 20.1 && session.fillers[3].isConfirmed)
  }

  @Test func `what a person confirmed is sure and says who said so`() {
    var session = session()
    _ = session.apply(SessionEvent(at: 60, .correction(Correction(.confirmed, start: 2, end: 2.4, was: "um"))))
    #expect(session.fillers[0].isConfirmed)
    #expect(session.fillers[0].confidence == 1)
    #expect(session.fillers[0].evidence == ["sound", Filler.byPerson])
    #expect(!session.fillers[1].isConfirmed)
  }

  @Test(arguments: [
    ("now", ["we", "now", "that"]), ("not now", ["we", "not", "now", "that"]), ("", ["we", "that"]),
    ("  ", ["we", "that"]), ("Don't, ", ["we", "don't", "that"]),
  ])
  func `a word becomes another, several or none`(text: String, words: [String]) {
    var session = session()
    let correction = Correction(.word, start: 10.4, end: 10.7, text: text, was: "no")
    for _ in 0..<2 { _ = session.apply(SessionEvent(at: 60, .correction(correction))) }
    #expect(session.words.map(\.text) == words)
    #expect(session.words.allSatisfy { $0.start <= $0.end && $0.end <= 11.1 })
    #expect(session.words.map(\.start) == session.words.map(\.start).sorted())
    #expect(session.wordCount == words.count)
  }

  @Test func `comments stand by their moment, are replaced and taken back`() {
    var session = session()
    for (text, start, by) in [
      ("b", 20.0, nil), ("a", 10, nil), ("c", 20, "Ana"), ("b2", 20, nil), ("a", 10, nil), ("", 10, nil), ("", 11, nil),
    ] as [(String, Double, String?)] {
      _ = session.apply(SessionEvent(at: 60, .comment(Comment(text, start: start, by: by))))
    }
    #expect(session.comments.map(\.text) == ["c", "b2"])
  }

  @Test func `only the first guess counts, and the latest judgement, score and name`() {
    var session = session()
    for number in [4, 9] {
      for kind: SessionEvent.Kind in [
        .guess(Guess(fillers: number, counted: 4)),
        .assessed(
          Assessment(rubric: "r", version: 1, criterion: "c", judge: .learner, level: Double(number))),
        .scored(
          ScoreCard(
            rubric: "r", version: 1, context: "talk", entries: [.init(criterion: "overall", value: Double(number))])),
        .edited(Edit(title: "take \(number)", tags: ["A b", "a-B", "c"], context: "technical")),
      ] {
        for _ in 0..<2 { _ = session.apply(SessionEvent(at: 60, kind)) }
      }
    }
    #expect(session.guess?.fillers == 4)
    #expect(session.assessments.map(\.level) == [9])
    #expect(session.scoreCards.map { $0.entries[0].value } == [9])
    #expect((session.title, session.context) == ("take 9", "technical"))
    #expect(session.tags == ["a-b", "c"])
    _ = session.apply(SessionEvent(at: 60, .edited(Edit(title: ""))))
    _ = session.apply(
      SessionEvent(at: 60, .assessed(Assessment(rubric: "r", version: 1, criterion: "c", judge: .learner, level: nil))))
    #expect(session.title == nil)
    #expect(session.assessments.isEmpty)
    #expect(session.summary == self.session().summary)
  }

  @Test func `the clusters of all fillers are those told one after another`() {
    var generator = Sequence64(state: 3)
    for _ in 0..<50 {
      var session = begun()
      var start = 0.0
      for _ in 0..<40 {
        start += Double.random(in: 0.7..<8, using: &generator)
        let filler = Filler(
          start: start, end: start + 0.3, label: Bool.random(using: &generator) ? "um" : "uh", confidence: 1)
        for case .raise(let raised) in session.apply(SessionEvent(at: start + 1, .filler(filler))) {
          _ = session.apply(raised)
        }
      }
      #expect(Cluster.all(in: session.fillers) == session.clusters)
    }
  }
}
