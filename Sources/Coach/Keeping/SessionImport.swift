import Glibc
import History
import Practice
import Report

/// A session as a file has it: its facts and its events as they are to be kept.
struct ReadSession: Sendable {
  var facts: SessionFacts
  var events: [StoredEvent] = []
  var bytes = 0
}

/// Reads sessions out of a file of `rostrum.session/1`, one after the other, from anybody.
struct SessionFile {
  let path: String
  /// What people call it.
  let name: String
  /// Bytes of the events of one session that are taken in: some hundred hours.
  static let sessionBytes = 512 << 20

  /// Reads the whole file and hands over each session when it is complete; with `check` alone nothing is kept in memory.
  func read(isCheck: Bool, _ take: (ReadSession) throws(Failure) -> Void) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw failure(errno) }
    guard found.st_mode & S_IFMT == S_IFREG else { throw Failure(.noInput, Messages.importIsNoFile(name)) }
    var reader = SessionDocumentReader()
    var session: ReadSession?
    var block = [UInt8](repeating: 0, count: 1 << 16)
    do {
      while true {
        let count = Glibc.read(descriptor, &block, block.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw failure(errno) }
        if count == 0 { break }
        try block[..<count].withUnsafeBytes { bytes in
          try reader.read(bytes) { piece in try keep(piece, in: &session, isCheck: isCheck, take) }
        }
      }
      try reader.finish()
    } catch let error as SessionDocumentError {
      throw Failure(.badData, Messages.notImported(name, error.words))
    } catch let error as Failure { throw error } catch { throw Failure(.io, "\(name): \(error)") }
  }

  private func keep(
    _ piece: SessionPiece, in session: inout ReadSession?, isCheck: Bool, _ take: (ReadSession) throws(Failure) -> Void
  ) throws(Failure) {
    switch piece {
    case .session(let facts): session = ReadSession(facts: facts)
    case .event(let seconds, let kind, let line):
      guard var open = session.take() else { return }
      open.bytes += line.utf8.count
      guard open.bytes <= Self.sessionBytes else {
        throw Failure(.badData, Messages.notImported(name, "session \(open.facts.id) is too large"))
      }
      if kind == "began", let id = beginning(line), id != open.facts.id {
        throw Failure(.badData, Messages.notImported(name, "the events of \(open.facts.id) are of another session"))
      }
      if !isCheck { open.events.append(StoredEvent(seconds: seconds, kind: kind, line: line)) }
      session = open
    case .end: if let complete = session.take() { try take(complete) }
    }
  }

  /// The id that a line says it begins; nil where it says none.
  private func beginning(_ line: String) -> String? {
    guard case .began(let beginning)? = EventLine.event(from: line)?.kind else { return nil }
    return beginning.id
  }

  private func failure(_ code: Int32) -> Failure {
    let error = PlaceError(operation: "read", path: path, cause: .system(code))
    return Failure(error)
  }
}

/// Takes sessions into the history: whole ones, and what a tutor said about one that is there.
struct SessionImport {
  let history: History
  let reader: PastReader
  /// Whose comments and judgements those without a name are; nil for the learner's own.
  let author: String?

  /// What became of a session.
  enum Outcome: Equatable {
    /// It is new.
    case taken(events: Int)
    /// It was there, and had less behind its end; with how many events were left out, for they are not the author's.
    case merged(events: Int, leftOut: Int)
    /// It was there, and the file is of somebody who watched it: so many comments and judgements of others came to it,
    /// and so many have no name and were left out.
    case remarks(count: Int, nameless: Int)
    /// It was there, as it is in the file.
    case same
  }

  /// Takes a session in, all of it or nothing.
  func take(_ session: ReadSession) throws(Failure) -> Outcome {
    let id = session.facts.id
    do throws(HistoryError) {
      let outcome: Outcome
      if let row = try known(id) {
        outcome = try merge(session, into: row)
      } else {
        try history.insert(row(of: session), session.events)
        outcome = .taken(events: session.events.count)
      }
      if outcome != .same { try reader.index(id, at: wallMilliseconds()) }
      return outcome
    } catch {
      throw error.operation == Self.another ? Failure(.badData, error.detail) : Failure(error)
    }
  }

  private static let another = "compare sessions"

  private func known(_ id: String) throws(HistoryError) -> SessionRow? {
    do throws(HistoryError) {
      let row = try history.find(id)
      return row.id == id ? row : nil
    } catch {
      switch error.kind {
      case .notFound, .ambiguous: return nil
      default: throw error
      }
    }
  }

  private func row(of session: ReadSession) -> SessionRow {
    let facts = session.facts
    var folded = Session()
    for stored in session.events {
      if let event = EventLine.event(from: stored.line) { _ = folded.apply(event) }
    }
    // Who watched came to the end of what they watched, whether or not the learner had.
    let isWhole = facts.state == "finished" || folded.beginning?.learner != nil
    return SessionRow(
      id: facts.id, startedAt: Int64(facts.startedAtMilliseconds), utcOffsetSeconds: facts.utcOffsetSeconds,
      title: facts.title, source: facts.source, state: isWhole ? .finished : .interrupted,
      endedSeconds: facts.endedSeconds, summary: Archive.summaryText(folded.summary))
  }

  /// Puts what is new behind the end of a session. Both must be the same up to their end.
  private func merge(_ session: ReadSession, into row: SessionRow) throws(HistoryError) -> Outcome {
    guard row.state != .live else {
      throw HistoryError(.held, operation: "merge session", path: "")
    }
    let here = try history.events(of: row.id)
    if let watched = Self.beginning(of: session.events), watched.learner != nil,
      let own = Self.beginning(of: here), own.learner == nil
    {
      return try mergeRemarks(of: session, watched, into: row, own, here)
    }
    var (mine, theirs) = (Self.end(of: here), Self.end(of: session.events))
    // What was watched is written more than once, and goes on in the later file.
    let isWatched = Self.isWatched(here)
    if isWatched { (mine, theirs) = (min(mine, theirs), min(mine, theirs)) }
    guard here[..<mine].elementsEqual(session.events[..<theirs], by: { $0.line == $1.line }) else {
      throw HistoryError(.exists, operation: Self.another, path: "", detail: Messages.anotherSession(row.id))
    }
    // Scores are worked out anew: an older card must not stand behind a newer one.
    let news = session.events[theirs...].filter { $0.kind != "scored" }
    let (added, leftOut) = taken(of: news, by: attributed, beside: KnownRemarks(here, from: mine))
    guard !added.isEmpty else { return .same }
    let last = isWatched ? added.map(\.seconds).max() : nil
    try history.append(added, to: row.id, upTo: last)
    return .merged(events: added.count, leftOut: leftOut)
  }

  /// Puts what others said of one's own session behind its end, out of a file of who watched it: that lacks what they may
  /// not see, so nothing but the session's name, its start and its source can be held against each other.
  private func mergeRemarks(
    of session: ReadSession, _ watched: Beginning, into row: SessionRow, _ own: Beginning, _ here: [StoredEvent]
  ) throws(HistoryError) -> Outcome {
    let isSame =
      watched.startedAtMilliseconds == own.startedAtMilliseconds
      && Self.fileName(watched.source) == Self.fileName(own.source)
    guard isSame else {
      throw HistoryError(.exists, operation: Self.another, path: "", detail: Messages.anotherSession(row.id))
    }
    let remarks = session.events.filter { ["comment", "assessed"].contains($0.kind) }
    let (added, leftOut) = taken(of: remarks, by: { ofOthers($0) }, beside: KnownRemarks(here, from: 0))
    guard !added.isEmpty || leftOut > 0 else { return .same }
    if !added.isEmpty { try history.append(added, to: row.id, upTo: nil) }
    return .remarks(count: added.count, nameless: leftOut)
  }

  /// What of `events` is new and whose `author` lets it pass; with how many were left out.
  private func taken(
    of events: some Sequence<StoredEvent>, by author: (StoredEvent) -> StoredEvent?, beside known: KnownRemarks
  ) -> (added: [StoredEvent], leftOut: Int) {
    var known = known
    var (added, leftOut): ([StoredEvent], Int) = ([], 0)
    for stored in events where !known.holds(stored) {
      guard let stored = author(stored) else {
        leftOut += 1
        continue
      }
      if !known.holds(stored) {
        known.take(stored)
        added.append(stored)
      }
    }
    return (added, leftOut)
  }

  /// How a session began; nil where its events do not say.
  private static func beginning(of events: [StoredEvent]) -> Beginning? {
    guard let first = events.first(where: { $0.kind == "began" }),
      case .began(let beginning)? = EventLine.event(from: first.line)?.kind
    else { return nil }
    return beginning
  }

  /// Whether events are of somebody else's session.
  private static func isWatched(_ events: [StoredEvent]) -> Bool { beginning(of: events)?.learner != nil }

  /// A source without its folder, as who watches is told it.
  private static func fileName(_ source: String) -> Substring? { source.split(separator: "/").last }

  /// A comment or a judgement of somebody else than the learner, who has a name or is given the author's; nil for others.
  private func ofOthers(_ stored: StoredEvent) -> StoredEvent? {
    let stored = attributed(stored) ?? stored
    return switch EventLine.event(from: stored.line)?.kind {
    case .comment(let comment) where comment.by != nil: stored
    case .assessed(let assessment) where assessment.judge == .tutor && assessment.name != nil: stored
    default: nil
    }
  }

  /// The place behind the last event of the take itself.
  private static func end(of events: [StoredEvent]) -> Int {
    if let ended = events.firstIndex(where: { $0.kind == "ended" }) { return ended + 1 }
    return events.firstIndex { afterwards.contains($0.kind) } ?? events.count
  }
  private static let afterwards: Set = ["correction", "comment", "guess", "assessed", "scored", "edited", "turn"]

  /// An event of the author: comments and judgements that have no name get theirs; nil for what is only the learner's to
  /// say, as a title, a guess or the scores.
  private func attributed(_ stored: StoredEvent) -> StoredEvent? {
    guard let author else { return stored }
    guard var event = EventLine.event(from: stored.line) else { return nil }
    switch event.kind {
    case .comment(var comment):
      if comment.by == nil { comment.by = author }
      event.kind = .comment(comment)
    case .assessed(var assessment):
      if assessment.judge == .learner { assessment.judge = .tutor }
      if assessment.judge == .tutor, assessment.name == nil { assessment.name = author }
      event.kind = .assessed(assessment)
    case .correction: return stored
    default: return nil
    }
    return StoredEvent(event)
  }
}
