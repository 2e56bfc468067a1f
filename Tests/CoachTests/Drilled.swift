import Practice
import Terminal

@testable import Coach

/// Drills in every kind of scene, results, cards and lists, the same each time.
enum Drilled {
  typealias Reading = DrillScene.Reading

  /// `text` with marks as they are written, read up to the word `place`; the marks behind it have these states.
  static func read(_ text: String, upTo place: Int, _ states: [(Reading.Mark.State, Double?)] = []) -> Reading {
    var words: [Reading.Word] = []
    var marks = states[...]
    for piece in text.split(separator: " ") {
      if piece == "/" || piece == "//" {
        let (state, got) = marks.popFirst() ?? (.ahead, nil)
        let target = piece == "/" ? 0.5 : 1.0
        words[words.count - 1].mark = .init(target: target, got: got, state: state, sign: String(piece))
      } else {
        let starts = piece.hasPrefix("¶")
        let isStressed = piece.hasPrefix("*")
        let state: Reading.WordState = words.count < place ? .said : words.count == place ? .next : .ahead
        words.append(
          .init(
            String(piece.drop { $0 == "¶" || $0 == "*" }), state: state, isStressed: isStressed, startsParagraph: starts
          ))
      }
    }
    return Reading(words: words)
  }

  static let address =
    "¶Four score and seven years ago / our fathers brought forth on this continent / a new nation, // conceived in "
    + "*liberty, / and dedicated to the proposition / that all men are created *equal. // ¶Now we are engaged in a great "
    + "civil war, / testing whether that nation, / or any nation so conceived / and so dedicated, // can long endure."

  /// Pitches that rise and fall, `steps` long, some of it unvoiced.
  static func contour(_ steps: Int, shift: Int = 0, hertz: Double = 120) -> Contour {
    let places = (0..<steps).map { $0 + shift }
    return Contour(
      start: 0, levels: places.map { $0 % 9 == 0 ? -70 : -22 - Double($0 * 7 % 13) },
      pitches: places.map { place in
        place % 9 == 0 ? 0 : hertz + Double((place * place / 7) % 40) - Double(place % 30)
      })
  }

  static let band = DrillScene.Band(
    unit: "words a minute", value: 171, low: 140, high: 160,
    past: (0..<40).map { 138 + Double($0 * 5 % 37) }, tally: "24 of 40 s in the band")

  /// A scene of each case, with the step it is drawn in.
  static let scenes: [(name: String, step: DrillStep, scene: DrillScene)] = [
    (
      "reading", DrillStep(.speak, "reading", "Read it aloud, and stop at every mark.", seconds: 90),
      .reading(
        {
          var reading = read(
            address, upTo: 17, [(.hit, 0.5), (.tooShort, 0.2), (.now, nil)])
          reading.silenceSeconds = 0.6
          reading.tally = "1 of 10 marks"
          return reading
        }())
    ),
    (
      "done", DrillStep(.speak, "reading", "Read it aloud, and stop at every mark.", seconds: 90),
      .reading(
        {
          var reading = read(
            address, upTo: 55,
            [
              (.hit, 0.5), (.tooShort, 0.2), (.hit, 1.1), (.missed, nil), (.tooLong, 1.4), (.hit, 1), (.hit, 0.4),
              (.missed, nil), (.hit, 0.6), (.now, nil),
            ])
          reading.words[20].state = .missed
          reading.tally = "5 of 10 marks"
          return reading
        }())
    ),
    (
      "talk", DrillStep(.speak, "talk", "Answer in one to two minutes.", seconds: 150),
      .talk(
        .init(
          topic: "Which habit would you give up last, and what would your neighbours say about it?",
          frame: ["Point", "Reason", "Example", "Point"], light: .amber(leftSeconds: 22.4), seconds: 97.6,
          ofSeconds: 150, projectedSeconds: 118, counts: [("fillers", "2"), ("first take", "5")]))
    ),
    (
      "think", DrillStep(.think, "think", "Think. Space when you are ready.", seconds: 30),
      .talk(.init(topic: "A bridge", seconds: 4.2, ofSeconds: 30))
    ),
    (
      "clip", DrillStep(.clip(start: 10, seconds: 30), "listen", "Hear yourself, and tap space at every filler."),
      .clip(.init(seconds: 12.4, ofSeconds: 30, taps: [2.1, 7.4, 11.9]))
    ),
    (
      "beat", DrillStep(.speak, "150", "Read to the beat; it fades out.", seconds: 60, rate: 150),
      .beat(
        .init(
          rate: 150, beatsPerSecond: 3.6, beats: 42.3, strength: 0.8, band: band,
          reading: read(address, upTo: 22)))
    ),
    (
      "alone", DrillStep(.speak, "150", "Read to the beat; it fades out.", seconds: 60, rate: 150),
      .beat(
        .init(
          rate: 150, beatsPerSecond: 3.6, beats: 170.1, strength: 0, band: band,
          reading: read(address, upTo: 40)))
    ),
    (
      "contours", DrillStep(.shadow(line: 2), "line 3", "Speak along with the model.", seconds: 5),
      .contours(
        .init(
          text: "The sun was shining on the sea, shining with all his might.", model: contour(72),
          own: contour(40, shift: 3, hertz: 210), seconds: 2.1, scores: [0.62, 0.81]))
    ),
    (
      "pair", DrillStep(.item(7), "word 8", "Say the word that is framed.", seconds: 5),
      .pair(
        .init(
          word: "sheep", other: "ship", last: ("live", .other), right: 4, wrong: 2, unsure: 1, item: 8, ofItems: 20))
    ),
    (
      "band", DrillStep(.speak, "3 m", "Fill the room to where your friend stands, three metres away.", seconds: 20),
      .band(
        .init(
          unit: "dB", value: -31.2, low: -28, high: -22, past: (0..<14).map { -33 + Double($0 * 3 % 11) },
          text: "We shall go on to the end. We shall fight with growing confidence and growing strength.",
          tally: "9 of 14 s in the band"))
    ),
    (
      "breath", DrillStep(.breathe(phase: 0), "in", "Breathe in through your nose.", seconds: 4),
      .breath(.init(phase: 0, seconds: 2.5, ofSeconds: 4, round: 2, ofRounds: 4))
    ),
    (
      "breath-out", DrillStep(.breathe(phase: 2), "out", "Let it out slowly.", seconds: 4),
      .breath(.init(phase: 2, seconds: 3.1, ofSeconds: 4, round: 2, ofRounds: 4))
    ),
  ]

  /// That scene as it is seen, with ghosts beside it.
  static func look(_ name: String, brief: Bool) -> DrillLook? {
    guard let (_, step, scene) = scenes.first(where: { $0.name == name }) else { return nil }
    var look = DrillLook(name: "A short drill")
    (look.step, look.instruction, look.scene) = (step.name, step.instruction, scene)
    (look.place, look.clock) = brief ? ("2/3", "0:24") : ("step 2 of 3", "0:24 left")
    if !["clip", "breath", "breath-out", "think"].contains(name) {
      look.progress = 0.42
      look.ghosts = [(true, 0.51), (false, 0.2), (false, 0.33), (false, 0.42), (false, 0.35), (false, 0.5)]
    }
    return look
  }

  /// What is told of a step with its scene, at least.
  static let told: [String: [String]] = [
    "reading": ["Read it aloud, and stop at every mark."],
    "talk": ["Topic: Which habit", "Frame: Point, Reason, Example, Point."], "think": ["Topic: A bridge.", "30 s"],
    "beat": ["Stay within 140 to 160 words a minute."], "contours": ["The line: The sun was shining"],
    "pair": ["8 of 20, say: sheep, not ship."], "band": ["Read: We shall go on", "Stay within -28 to -22 dB."],
    "breath": ["In, 4 s."], "breath-out": ["Out, 4 s."],
  ]

  /// What is told of how it goes.
  static let standing: [String: String] = [
    "reading": "1 of 10 marks", "done": "5 of 10 marks", "clip": "3 taps",
    "talk": "fillers 2, first take 5, you will end at 1:58",
    "beat": "171 words a minute, a little slower; 24 of 40 s in the band",
    "alone": "171 words a minute, a little slower; 24 of 40 s in the band",
    "pair": "right 4, other 2, not sure 1", "band": "-31 dB, a little louder; 9 of 14 s in the band",
  ]

  static let measures = [
    DrillMeasure("hits", "marks hit", "%"), DrillMeasure("extra-pauses", "other pauses", better: .less),
    DrillMeasure("mean-error", "off by", "s", better: .less, places: 2),
  ]

  static let drill = Drill(
    id: "gettysburg", kind: .markedReading, name: "Four score and seven", skill: .pauses, seconds: 90, level: 2,
    measure: "hits", pass: [DrillRule("hits", .atLeast(0.8)), DrillRule("extra-pauses", .atMost(3))],
    body: """
      > Read it aloud. At `/` stop for half a second, at `//` for a whole one.
      > A pause that stands where you want it makes the sentence before it heavier.
      >
      > Take your time: nobody has ever complained that a speaker breathed.

      Four score and seven years ago / our fathers brought forth on this continent / a new nation.
      """)

  static func result(_ figures: [DrillFigure], isPassed: Bool?, isComplete: Bool = true, refusal: String? = nil)
    -> DrillResult
  {
    let words = [
      "ago", "continent", "nation", "liberty", "proposition", "equal", "war", "nation", "conceived", "dedicated",
    ]
    let rows = words.enumerated().map { number, word in
      let isHit = number != 1 && (isPassed == true || number % 3 != 0)
      return DrillRow(
        "\(number % 3 == 2 ? "//" : "/") after \"\(word)\"",
        isHit ? "0.\(number % 3 + 4) s, wanted 0.5" : "no pause, wanted 0.5 s", isHit: isHit,
        start: Double(number) * 4)
    }
    return DrillResult(
      drill: drill.id, version: 1, isPassed: isPassed, isComplete: isComplete,
      grade: isPassed.map { $0 ? .good : .again }, refusal: refusal, figures: figures,
      rows: refusal == nil ? rows : [])
  }

  /// A result with long words in it.
  static let silence: DrillResultView.Page = {
    var drill = Drilled.drill
    (drill.name, drill.measure) = ("Silence instead", "fillers-share")
    drill.pass = [DrillRule("fillers-share", .atMost(0.5))]
    let measures = [
      DrillMeasure("fillers-share", "fillers left in the last take, of those in the first talk", "%", better: .less),
      DrillMeasure("fillers-per-minute", "fillers in the last take", "a minute", better: .less, places: 1),
    ]
    let rows = [
      DrillRow("first talk", "12 fillers, 8.0 a minute; 4 silent pauses a minute", start: 1),
      DrillRow("take 1", "3 fillers, 6.1 a minute; 8 silent pauses a minute", isHit: false, start: 130),
      DrillRow("take 2", "1 filler, 2.2 a minute; 11 silent pauses a minute", isHit: true, start: 170),
    ]
    return .init(
      drill: drill, measures: measures,
      result: DrillResult(
        drill: "silence", version: 1, isPassed: true, isComplete: true, grade: .easy,
        figures: [.init("fillers-share", 0.275), .init("fillers-per-minute", 2.2)], rows: rows),
      past: .init(best: 0.4, last: [0.4]), after: .init(due: "in 12 days"))
  }()

  static let past = DrillState.Past(best: 0.9, last: [0.5, 0.6, 0.7, 0.9, 0.8])

  /// Results by name.
  static let pages: [(name: String, page: DrillResultView.Page)] = [
    (
      "passed",
      .init(
        drill: drill, measures: measures,
        result: result([.init("hits", 0.9), .init("extra-pauses", 1), .init("mean-error", 0.12)], isPassed: true),
        past: past, after: .init(due: "Sat 28 Nov, in 6 days", next: "Breathe before you begin"))
    ),
    (
      "not-yet",
      .init(
        drill: drill, measures: measures,
        result: result([.init("hits", 0.5), .init("extra-pauses", 1), .init("mean-error", 0.31)], isPassed: false),
        past: .init(), after: .init(due: "tomorrow"))
    ),
    (
      "not-judged",
      .init(
        drill: drill, measures: measures,
        result: result(
          [], isPassed: nil,
          refusal: "The microphone heard the loudspeaker. Put headphones on and do it once more."),
        past: past, after: .init(due: "today"))
    ),
    ("long", silence),
  ]

  static let lines: [DrillLine] = [
    .init(
      id: "gettysburg", name: "Four score and seven", kind: .markedReading, skill: .pauses, seconds: 90, level: 2,
      best: "90 %", due: "3 days over", overdueDays: 3),
    .init(
      id: "ship-sheep", name: "Ship or sheep", kind: .minimalPairs, skill: .articulation, seconds: 120,
      due: "today", overdueDays: 0, note: "Two a day until Friday, please.", by: "Ana"),
    .init(
      id: "silence", name: "Silence instead", kind: .silence, skill: .fillers, seconds: 300, best: "40 %",
      due: "in 5 days"),
    .init(
      id: "gears", name: "Three gears on one road that is quite long", kind: .metronome, skill: .pace, seconds: 150,
      level: 3, best: "142 words a minute"),
    .init(id: "box", name: "Breathe before you begin", kind: .breath, skill: .calm, seconds: 64),
    .init(
      id: "one-line", name: "Before the one line", kind: .powerPause, skill: .pauses, seconds: 60, best: "2.4 s",
      due: "Fri 4 Dec, in 12 days"),
  ]

  static let days: [PlanDay] =
    [
      .init(
        "Sun 22 Nov", isToday: true,
        entries: [
          .init(drill: "gettysburg", name: "Four score and seven", seconds: 90, why: "due for 3 days"),
          .init(drill: "ship-sheep", name: "Ship or sheep", seconds: 120, why: "Ana asks for it"),
          .init(
            drill: "gears", name: "Three gears on one road that is quite long", seconds: 150,
            why: "your pace, 42 of 100"),
        ]),
      .init(
        "Mon 23 Nov", entries: [.init(drill: "silence", name: "Silence instead", seconds: 300, why: "your fillers")]),
      .init("Tue 24 Nov"),
    ]
    + (25...30).map { day in
      .init(
        "\(["Wed", "Thu", "Fri", "Sat", "Sun", "Mon"][day - 25]) \(day) Nov",
        entries: day == 29
          ? []
          : [
            .init(drill: "one-line", name: "Before the one line", seconds: 60, why: "to keep it fresh"),
            .init(drill: "box", name: "Breathe before you begin", seconds: 64, why: "before a take"),
          ])
    }

  /// A desk in a room of drills.
  static func desk(_ room: Room, _ change: (inout DrillState) -> Void = { _ in }) -> Desk {
    var desk = Rehearsed.desk(.home)
    desk.rooms.append(room)
    desk.drills.lines = lines
    desk.drills.days = days
    (desk.drills.planDetail, desk.drills.planSelection) = ("10 minutes a day", 1)
    desk.drills.card = .init(drill, past: past, due: "due for 3 days", note: "Slowly, please.", by: "Ana")
    change(&desk.drills)
    return desk
  }
}
