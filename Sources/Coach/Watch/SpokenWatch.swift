import Audience
import Practice
import Terminal

/// One watch as sentences, without the learner's name: those of a session of one's own, what is said, and how it stands
/// with the watch.
///
/// Who comes late is told in one line what was before. A line about the same matter is not repeated.
struct SpokenWatch {
  private var plain = PlainLines(isWatched: true)
  private var count = WatchCount()
  private var said = SaidWords()
  private var presence = Presence()
  /// Why the line broke, until it is there again.
  private var breach: String?
  /// Whether events were told as they came, and whether some before were left out.
  private var isLive = false
  private var hasPassed = false

  /// The audio seconds that events which come together span at most while they are told as they happen.
  private static let liveSeconds = 10.0

  /// The sentences for what came, given the seat after it.
  mutating func lines(for news: Watch.News, _ seat: Seat) -> [String] {
    switch news {
    case .asked: return [Messages.hasBeenAsked]
    case .welcome(let welcome): return begin(welcome)
    case .refused(let refusal): return [Messages.refused(refusal, by: seat.learner)]
    case .events(let events, let first):
      return tell(count.new(events, first: first).events, seat.session)
    case .glance, .sound: return []
    case .presence(let now):
      defer { presence = now }
      return Messages.presence(now, before: presence)
    case .answer(let number, let answer):
      let sent = seat.sent.first { $0.number == number }
      return [Messages.answer(answer, to: sent?.remark, drill: sent?.drill)]
    case .over(let farewell):
      return rest(seat.session) + [Messages.over(farewell, of: seat.learner, isGuest: seat.isGuest)]
    case .broken(let reason):
      guard reason != breach else { return [] }
      breach = reason
      return [reason]
    }
  }

  private mutating func begin(_ welcome: Welcome) -> [String] {
    let wasBroken = breach != nil
    breach = nil
    guard count.isAnew(welcome) else { return [wasBroken ? Messages.watchIsBack : Messages.letsWatch(welcome)] }
    (plain, said, isLive, hasPassed) = (PlainLines(isWatched: true), SaidWords(), false, false)
    return [Messages.letsWatch(welcome)]
  }

  private mutating func tell(_ events: ArraySlice<SessionEvent>, _ session: Session) -> [String] {
    guard let first = events.first, let last = events.last else { return [] }
    let isPast = last.seconds - first.seconds > SpokenWatch.liveSeconds
    var lines = isPast ? [] : standing(session)
    for event in events {
      switch event.kind {
      case .began(let beginning): lines.append(Messages.watchedBegan(beginning))
      case .ended:
        lines += standing(session) + said.rest()
        lines += plain.lines(for: event, session)
      case _ where isPast && !isLive: hasPassed = true
      case .second where isPast: break
      case .word(let word): lines += said.take(word)
      default:
        lines += said.rest(before: event.seconds)
        lines += plain.lines(for: event, session)
      }
    }
    if !isPast { isLive = true }
    return lines
  }

  /// What was before somebody came, once.
  private mutating func standing(_ session: Session) -> [String] {
    guard hasPassed else { return [] }
    hasPassed = false
    return ["\(clockTime(session.seconds)) so far: \(DrillLines.standing(session) ?? PlainLines.meters(session))"]
  }

  private mutating func rest(_ session: Session) -> [String] { standing(session) + said.rest() }
}

/// Words as they are said, in lines: a line ends with a pause, and after so many words.
struct SaidWords {
  private var words: [String] = []
  private var start = 0.0
  private var end = 0.0

  private static let pauseSeconds = 1.0
  private static let wordsALine = 16

  /// Takes in a word; the line that ended before it.
  mutating func take(_ word: Word) -> [String] {
    let isNew = word.start - end > SaidWords.pauseSeconds || words.count >= SaidWords.wordsALine
    let line = isNew ? rest() : []
    if words.isEmpty { start = word.start }
    words.append(word.text)
    end = max(end, word.end)
    return line
  }

  /// The line so far, where a pause lies behind it at `seconds`.
  mutating func rest(before seconds: Double) -> [String] {
    seconds - end > 2 * SaidWords.pauseSeconds ? rest() : []
  }

  /// The line so far.
  mutating func rest() -> [String] {
    defer { words = [] }
    return words.isEmpty ? [] : ["\(clockTime(start)) says: " + words.joined(separator: " ")]
  }
}
