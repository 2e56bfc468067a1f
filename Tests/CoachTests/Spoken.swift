import Practice
import Report
import SpeechSignals

@testable import Coach

/// A talk that was spoken from a script: a sentence left out, an aside, fillers, a cluster, words said twice.
enum Spoken {
  static let talk = """
    # Opening {10s}
    Forty years ago my grandfather built a small boat in the yard behind our house. He had never built a boat before and
    he had no plan.
    # What he taught me {1m}
    Every evening after work he carried planks from the old barn and laid them on the grass. The neighbours came to look
    and some of them laughed. He did not mind the laughing.
    # Closing
    The boat is still there by the way. My daughter paints it every spring in a colour of her own choosing.
    """

  /// `|` is a pause of a second.
  private static let said = """
    forty years ago um my grandfather built a small boat in the in the yard behind our house | he had never built a boat
    before and he had no plan | every evening after work he carried planks from the old barn and laid them on the grass |
    maybe i think i should really say here that nobody would uh believe this today maybe i would | he did not mind the
    laughing | the boat um is um still um there by the way | my daughter paints it every spring in a colour of her own
    choosing
    """

  static let rules = FillerRules(sounds: ["um", "uh"], hedges: [["maybe"], ["i", "think"]], common: ["the", "and"])

  /// What was said, a word each 0.45 s, as `source` heard it.
  static func words(_ source: Word.Source) -> [Word] {
    var (at, words) = (0.6, [Word]())
    for text in said.split(whereSeparator: \.isWhitespace) {
      if text == "|" {
        at += 1
      } else {
        words.append(Word(String(text), start: at, end: at + 0.35, confidence: 0.9, source: source))
        at += 0.45
      }
    }
    return words
  }

  /// The events of such a session, as they come.
  static func events(_ source: Word.Source, hasScript: Bool = true) -> [SessionEvent] {
    let words = words(source)
    let beginning = Beginning(id: "k3f9x7qa", title: "The boat", length: TalkLength("50-70s"), source: "default")
    var events = [SessionEvent(at: 0, .began(beginning))]
    if hasScript { events += ScriptPart.parts(of: talk).map { SessionEvent(at: 0, .script($0)) } }
    var heard = words[...]
    for number in 1...Int(words.last?.end ?? 0) + 1 {
      while let word = heard.first, word.end <= Double(number) {
        events.append(SessionEvent(at: word.end, .word(word)))
        heard.removeFirst()
      }
      events.append(SessionEvent(at: Double(number), .second(Rehearsed.second(number))))
    }
    let pitch = ReviewedPitch(voicedFrames: 2_800, medianHertz: 131.4, spreadSemitones: 2.21)
    return events + [SessionEvent(at: events.last?.seconds ?? 0, .reviewed(pitch))]
  }

  /// Tells `change` of each event and of what follows from it.
  static func session(_ events: [SessionEvent], _ change: (SessionEvent, Session) -> Void = { _, _ in }) -> Session {
    var session = Session(fillers: rules)
    for event in events {
      var next = [event]
      while !next.isEmpty {
        let event = next.removeFirst()
        for case .raise(let raised) in session.apply(event) { next.append(raised) }
        change(event, session)
      }
    }
    return session
  }

  /// The summary of such a session.
  static func desk(_ source: Word.Source, hasScript: Bool = true) -> Desk {
    var desk = Rehearsed.desk(.summary)
    desk.session = session(events(source, hasScript: hasScript))
    desk.review = TakeReview(of: desk.session)
    return desk
  }
}
