import Foundation
import Support
import Testing

/// A learner whose every word, silence and filler is known: pieces of espeak-ng's speech in a quiet room.
struct Learner {
  /// What a piece is and where it lies, in seconds from the beginning.
  struct Piece {
    /// What was said; empty for a silence.
    let text: String
    /// From its first loud sample to its last.
    let start: Double, end: Double
    /// How long it lasts, in seconds.
    var seconds: Double { end - start }
  }

  /// espeak-ng's name of the voice, and how high it speaks, 0 to 99.
  var voice: String
  var pitch: Int
  /// All that can be heard, at espeak-ng's own rate.
  private(set) var sound = Wave(rate: Learner.rate)
  /// Everything in order, silences too.
  private(set) var pieces: [Piece] = []

  private static let rate = 22_050

  /// Whether espeak-ng is here to speak.
  static let isThere = Machine.has("espeak-ng")
  /// Why tests are skipped where it is not.
  static let whyNot: Comment = "needs espeak-ng and sqlite3"

  /// A learner who is silent so far.
  init(voice: String = "en-us", pitch: Int = 50) { (self.voice, self.pitch) = (voice, pitch) }

  /// Says `text` at `speed` words a minute of espeak-ng's own, `decibels` louder than it does, and so many `semitones`
  /// higher, as a tape that runs faster does.
  mutating func say(_ text: String, speed: Int = 150, decibels: Double = 0, semitones: Double = 0) throws {
    let said = Self.raised(try Self.spoken(text, voice: voice, speed: speed, pitch: pitch), by: semitones)
    let gain = 0.7 * pow(10, decibels / 20)
    add(text, said.map { Int16(min(max(Double($0) * gain, -32_768), 32_767)) })
  }

  /// A filler: a long and level "um".
  mutating func um() throws { try say("<speak><prosody range=\"10%\" rate=\"70%\">um</prosody></speak>", speed: 80) }

  /// Says nothing for so long.
  mutating func rest(_ seconds: Double) {
    let count = Int(seconds * Double(Self.rate))
    add("", Array(Speech.room(seconds: seconds * Double(Self.rate) / 16_000 + 1).samples.prefix(count)))
  }

  /// Says nothing until `seconds` from the beginning; nothing happens where that is past.
  mutating func rest(until seconds: Double) { if seconds > sound.seconds { rest(seconds - sound.seconds) } }

  /// Says `sentences` over and over until the next of them would end after `seconds`, `pause` seconds between them, with
  /// an "um" before each one that `hesitates` says so of, by its count from 0.
  mutating func talk(
    _ sentences: [String], until seconds: Double, speed: Int = 150, pause: Double = 0.5,
    hesitates: (Int) -> Bool = { _ in false }
  ) throws {
    for count in 0... {
      var next = self
      if count > 0 { next.rest(pause) }
      if hesitates(count) {
        try next.um()
        next.rest(0.3)
      }
      try next.say(sentences[count % sentences.count], speed: speed)
      guard next.sound.seconds <= seconds else { return }
      self = next
    }
  }

  /// Silences between two pieces that were said, in order.
  var silences: [Piece] {
    zip(pieces.indices, pieces).filter { index, piece in
      piece.text.isEmpty && index > 0 && index + 1 < pieces.count
    }.map(\.1)
  }

  /// What was said, without the silences.
  var said: [Piece] { pieces.filter { !$0.text.isEmpty } }

  private mutating func add(_ text: String, _ samples: [Int16]) {
    let start = sound.seconds
    sound.samples += samples
    pieces.append(Piece(text: text, start: start, end: sound.seconds))
  }

  private static func raised(_ samples: [Int16], by semitones: Double) -> [Int16] {
    guard semitones != 0 else { return samples }
    let step = pow(2, semitones / 12)
    return stride(from: 0, to: Double(samples.count - 1), by: step).map { at in
      let (left, share) = (Int(at), at - at.rounded(.down))
      return Int16(Double(samples[left]) * (1 - share) + Double(samples[left + 1]) * share)
    }
  }

  /// What espeak-ng says, from its first loud sample to its last.
  private static func spoken(_ text: String, voice: String, speed: Int, pitch: Int) throws -> [Int16] {
    let scratch = try Scratch()
    let path = scratch.path("said.wav")
    let done = try run(["espeak-ng", "-m", "-v", voice, "-s", "\(speed)", "-p", "\(pitch)", "-w", path, text])
    guard done.code == 0 else { throw SupportError("espeak-ng: \(done)") }
    let wave = try Wave(path: path)
    guard wave.rate == rate else { throw SupportError("espeak-ng speaks at \(wave.rate) Hz") }
    let loud = (wave.samples.map { Int($0.magnitude) }.max() ?? 0) / 100
    func isLoud(_ sample: Int16) -> Bool { Int(sample.magnitude) > loud }
    guard let first = wave.samples.firstIndex(where: isLoud), let last = wave.samples.lastIndex(where: isLoud) else {
      return []
    }
    return Array(wave.samples[first...last])
  }
}

/// What came of an attempt, as its events say.
struct Drilled: CustomStringConvertible {
  /// A line of the result.
  struct Row {
    let label: String
    let value: String
    /// Whether it was done as asked, nil where that is no question.
    let isHit: Bool?
    /// Seconds of audio time, nil for what has no moment.
    let start: Double?
    /// The first number in `value`.
    var number: Double? { value.firstMatch(of: /[0-9]+(\.[0-9]+)?/).flatMap { Double($0.0) } }
  }

  /// All events of the attempt, in order.
  let events: [SeenEvent]
  /// Whether it was passed, nil where nothing was judged.
  let isPassed: Bool?
  let isComplete: Bool
  let grade: String?
  let refusal: String?
  let figures: [String: Double]
  let rows: [Row]

  /// What the events say; nil where they hold no result just before their end.
  init?(_ events: [SeenEvent]) {
    guard let place = events.lastIndex(where: { $0.kind == "ended" }), place > 0, events[place - 1].kind == "drilled"
    else { return nil }
    let fields = events[place - 1].fields
    self.events = events
    isPassed = fields["passed"] as? Bool
    isComplete = fields["complete"] as? Bool ?? false
    (grade, refusal) = (fields["grade"] as? String, fields["refusal"] as? String)
    figures = fields["figures"] as? [String: Double] ?? [:]
    rows = (fields["rows"] as? [[String: Any]] ?? []).map {
      Row(
        label: $0["label"] as? String ?? "", value: $0["value"] as? String ?? "", isHit: $0["hit"] as? Bool,
        start: $0["start"] as? Double)
    }
  }

  /// Events of one kind.
  func all(_ kind: String) -> [SeenEvent] { events.filter { $0.kind == kind } }

  /// Audio times at which steps began, the end behind the last one with them.
  var steps: [Double] { all("step").map(\.seconds) }

  /// The figure `name`, not a number where there is none, so that no comparison holds.
  subscript(name: String) -> Double { figures[name] ?? .nan }

  /// All of it, for the message of a failed expectation.
  var description: String {
    let told = rows.map { "\($0.isHit.map { $0 ? "+" : "-" } ?? " ") \($0.label): \($0.value) at \($0.start ?? -1)" }
    let verdict = "passed \(isPassed.map { "\($0)" } ?? "-"), complete \(isComplete), \(grade ?? "no grade")"
    return ([verdict, refusal ?? "", "\(figures.sorted { $0.key < $1.key })", "steps \(steps)"] + told)
      .joined(separator: "\n")
  }
}

extension World {
  /// Writes a drill among the learner's own and returns its path; `head` is front matter without `version` and `level`.
  func drill(_ name: String, _ head: String, _ body: String = "") throws -> String {
    _ = try scratch.folder("home/config/Prompts/drills")
    let text = "---\nversion: 1\nlevel: 1\n\(head)\n---\n> For a test.\n\n\(body)\n"
    return try scratch.write(text, to: "home/config/Prompts/drills/\(name).md")
  }

  /// Attempts the drill in the file `drill` with what `learner` says, as fast as it goes.
  func attempt(
    _ drill: String, _ learner: Learner, _ arguments: String..., environment more: [String: String] = [:],
    at place: SourceLocation = #_sourceLocation
  ) throws -> Drilled {
    let path = try file(learner.sound, "learner.wav")
    let done = try run(
      before + [RostrumBinary.path, "drill", drill, "--input", path, "--fast", "--json"] + arguments,
      environment: environment.merging(more) { $1 })
    #expect(done.code == 0 && !showsTrace(done.errors), "\(done.errors)", sourceLocation: place)
    return try #require(
      SeenEvent.all(in: done.output).flatMap(Drilled.init), "\(done)", sourceLocation: place)
  }
}
