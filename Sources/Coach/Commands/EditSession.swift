import ArgumentParser
import History
import Practice
import Terminal

/// `rostrum sessions edit`: what a session is called and filed under, and what is said about it.
struct EditSession: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Title, tags, context, comments and the guess of a session.",
    discussion: """
      Examples:
        rostrum sessions edit last --title "Keynote, third try" --tag work
        rostrum sessions edit last --comment "1:20=Slower here" --comment "2:05="
        rostrum sessions edit last --guess 12

      A comment without words takes back the one at that moment. What the machine heard
      stays as it was.
      """)

  @Argument(help: "An id, the beginning of one, or last.")
  var session: String

  @Option(help: "What it is called; \"\" takes the title away.")
  var title: String?

  @Option(help: "A tag to add.")
  var tag: [String] = []

  @Option(help: "A tag to take away.")
  var untag: [String] = []

  @Option(help: "What it is judged as: conversation, talk, technical, ceremony or second-language.")
  var context: String?

  @Option(help: "A comment on a moment: 1:20=TEXT.")
  var comment: [String] = []

  @Option(help: "How many fillers you think you said; once, before you look.")
  var guess: Int?

  @Option(name: .customLong("as"), help: "Whose comments they are; yours, if left out.")
  var author: String?

  @Flag(help: "The events that came to it, one JSON object a line.")
  var json = false

  mutating func run() throws {
    let surroundings = try Surroundings.gather()
    let reading = try KeptSessions.history()
    let row = try KeptSessions.find(session, in: reading)
    if row.state == .live { throw Failure(.unavailable, Messages.editsNotLive(row.id)) }
    let session: Session
    do throws(HistoryError) { session = try Archive.session(row.id, in: reading) } catch { throw Failure(error) }
    let kinds = try kinds(session)
    guard !kinds.isEmpty else { throw Failure(.usage, Messages.editWhat) }
    let events = kinds.map { SessionEvent(at: session.lastEventSeconds, $0) }
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      try history.append(events.map { StoredEvent($0) }, to: row.id)
      let past = try PastReader(history, surroundings).index(row.id, at: wallMilliseconds())
      for event in events where json { Printed.line(EventLine.text(of: event)) }
      if !json { for sentence in said(past.session, row.id) { Printed.sentence(sentence) } }
    } catch { throw Failure(error) }
  }

  /// What is asked for, as events of `session`.
  private func kinds(_ session: Session) throws(Failure) -> [SessionEvent.Kind] {
    let now = wallMilliseconds()
    var kinds: [SessionEvent.Kind] = []
    if let context, SpeakingContext(rawValue: context) == nil {
      throw Failure(.usage, Messages.noContext(context))
    }
    var tags: [String]?
    if !tag.isEmpty || !untag.isEmpty {
      let gone = Set(Edit(tags: untag).tags ?? [])
      tags = (session.tags + (Edit(tags: tag).tags ?? [])).filter { !gone.contains($0) }
    }
    if title != nil || tags != nil || context != nil {
      kinds.append(.edited(Edit(title: title, tags: tags, context: context)))
    }
    for text in comment {
      guard let equals = text.firstIndex(of: "="), let seconds = ClockText.seconds(String(text[..<equals])) else {
        throw Failure(.usage, Messages.noComment(text))
      }
      guard seconds <= session.seconds + 1 else {
        throw Failure(.usage, Messages.beyondEnd(clockTime(seconds), clockTime(session.seconds)))
      }
      let words = String(text[text.index(after: equals)...])
      kinds.append(.comment(Comment(words, start: seconds, by: author, atMilliseconds: now)))
    }
    if let guess {
      guard (0...9_999).contains(guess) else { throw Failure(.usage, Messages.noCount(guess)) }
      if let before = session.guess { throw Failure(.usage, Messages.guessedAlready(before.fillers)) }
      kinds.append(.guess(Guess(fillers: guess, counted: session.fillers.count, atMilliseconds: now)))
    }
    return kinds
  }

  private func said(_ session: Session, _ id: String) -> [String] {
    let tags = session.tags.isEmpty ? "" : ", " + session.tags.map { "#" + $0 }.joined(separator: " ")
    let judged = context.map { ", judged as \(SpeakingContext(named: $0).words)" } ?? ""
    var sentences = ["Session \(id): \(session.title ?? "no title")\(tags)\(judged)."]
    if !comment.isEmpty {
      sentences.append("It has \(Figures.count(session.comments.count, "comment")).")
    }
    if let guess = session.guess, self.guess != nil {
      let fillers = session.fillers.count
      sentences.append(
        "You guessed \(Figures.count(guess.fillers, "filler")); \(fillers) \(fillers == 1 ? "was" : "were") counted.")
    }
    return sentences
  }
}
