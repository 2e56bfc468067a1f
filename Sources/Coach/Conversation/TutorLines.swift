import Glibc
import History
import Network
import Practice
import Tutor
import Voice

/// The talk with the AI tutor in lines: each line of standard input is a question, its answer follows as it comes.
///
/// For pipes, screen readers and programs. The voice is the screen's: here nothing is spoken.
final class TutorLines {
  enum Style { case plain, json }

  private var session: Session
  private let desk: TutorDesk
  private let surroundings: Surroundings
  private let style: Style
  private let agrees: Bool
  private let client: HTTPClient
  /// Steps of the question under way.
  private let inbox = Inbox<ConversationStep>()

  /// Lines about `session`; with `agrees` whatever an endpoint is asked for may be sent.
  init(_ session: Session, _ desk: TutorDesk, _ surroundings: Surroundings, style: Style, agrees: Bool) {
    self.session = session
    self.desk = desk
    self.surroundings = surroundings
    self.style = style
    self.agrees = agrees
    client = HTTPClient(isOffline: surroundings.settings.offline)
  }

  /// Answers line by line until there are no more.
  func run() throws(Failure) {
    for note in desk.notes { Printed.complain(note) }
    if isatty(STDIN_FILENO) != 0, style == .plain { Printed.line(Messages.howToAskInLines) }
    var asked = 0
    while let line = readLine() {
      let question = line.trimmingBlanks()
      guard !question.isEmpty else { continue }
      guard question.utf8.count <= Limits.questionBytes else {
        throw Failure(.badData, Messages.longQuestion(Limits.questionBytes))
      }
      asked += 1
      try answer(question)
    }
    if asked == 0 { throw Failure(.noInput, Messages.noQuestion) }
  }

  private func answer(_ text: String) throws(Failure) {
    var talk = Conversation(tutor: desk.profile.name, turns: session.turns)
    var printer = AnswerPrinter(isPlain: style == .plain)
    _ = talk.apply(.type(text))
    var effects = talk.apply(.send)
    let question = Asking.Question(
      text: text, facts: TutorFacts(of: session, rules: desk.fillers), turns: session.turns, desk: desk)
    let inbox = inbox
    let asking = Asking(question, client: client, isAloud: false, surroundings) { inbox.put($0) }
    var decided: [String: Bool] = [:]
    for effect in effects { if case .record(let turn) = effect { try keep(turn) } }
    asking.start(decided: decided)
    var isDone = false
    while !isDone {
      for step in inbox.take() {
        if case .consent(let consent) = step {
          decided[consent.endpoint] = agrees
          if !agrees { Printed.complain(Messages.consentMissing(consent)) }
          asking.start(decided: decided)
          continue
        }
        effects = talk.apply(step)
        if let notice = talk.notice {
          Printed.complain(notice)
          talk.notice = nil
        }
        for effect in effects {
          if case .say(let text) = effect { printer.add(text) }
          if case .record(let turn) = effect {
            printer.end()
            try keep(turn)
          }
        }
        if case .finished = step { isDone = true }
      }
    }
    printer.end()
    LedgerPost.finish()
  }

  /// Keeps a turn with the session, and prints it where machines read.
  private func keep(_ turn: Turn) throws(Failure) {
    var turn = turn
    turn.saidAtMilliseconds = wallMilliseconds()
    let event = SessionEvent(at: session.lastEventSeconds, .turn(turn))
    _ = session.apply(event)
    if style == .json { Printed.line(EventLine.text(of: event)) }
    guard let id = session.beginning?.id else { return }
    do throws(HistoryError) {
      try History(folder: surroundings.places.data).append([StoredEvent(event)], to: id)
    } catch { Printed.complain(Messages.turnNotKept(Messages.reason(error))) }
  }
}

/// Prints an answer as it comes, a sentence at a time, wrapped for the terminal.
private struct AnswerPrinter {
  let isPlain: Bool
  private var reply = SpokenReply()
  private var cutter = SentenceCutter()

  init(isPlain: Bool) { self.isPlain = isPlain }

  mutating func add(_ text: String) { for sentence in cutter.add(reply.add(text)) { put(sentence) } }

  mutating func end() {
    for sentence in cutter.add(reply.finish()) + cutter.finish() { put(sentence) }
    (reply, cutter) = (SpokenReply(), SentenceCutter())
  }

  private func put(_ sentence: String) {
    guard isPlain else { return }
    for line in Printed.broken(Printed.safe(sentence), to: Terminals.columns(STDOUT_FILENO)) where !line.isEmpty {
      Printed.line(line)
    }
  }
}
