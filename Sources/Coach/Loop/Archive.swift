import Glibc
package import History
package import Practice
import Sound
import Terminal

/// Sessions in the history as values: stored lines folded through the same reducer as a live take.
package enum Archive {
  /// The session that `id` was, replayed from its events.
  package static func session(_ id: String, in history: History) throws(HistoryError) -> Session {
    var session = Session()
    try history.forEachEvent(
      of: id,
      { stored in
        if let event = EventLine.event(from: stored.line) { _ = session.apply(event) }
      })
    return session
  }

  /// Closes sessions whose process died: kept as interrupted, with a summary of what there is. Says which.
  ///
  /// Sound that was kept in `takes` gets the length that its header still lacks.
  package static func closeAbandoned(in history: History, takes: String) throws(HistoryError) -> [String] {
    var sentences: [String] = []
    for abandoned in try history.abandoned() {
      let session = try session(abandoned.row.id, in: history)
      let ending = Ending(reason: .interrupted, summary: session.summary)
      let event = SessionEvent(at: session.seconds, .ended(ending))
      try history.close(abandoned, appending: [StoredEvent(event)], summary: summaryText(session.summary))
      let recording = "\(takes)/\(abandoned.row.id).flac"
      if access(recording, F_OK) == 0 { try? TakeRecorder.repair(path: recording) }
      sentences.append(Messages.closedAbandoned(abandoned.row.id, clockTime(session.seconds)))
    }
    return sentences
  }

  /// A summary as the cached line of a row.
  package static func summaryText(_ summary: Summary) -> String { JSON.object(summary.fields).text }
}

extension StoredEvent {
  /// The row of an event.
  package init(_ event: SessionEvent) {
    self.init(seconds: event.seconds, kind: EventLine.kindName(of: event), line: EventLine.text(of: event))
  }
}

extension SessionRow {
  /// The row of a session that begins.
  package init(_ beginning: Beginning) {
    self.init(
      id: beginning.id, startedAt: Int64(beginning.startedAtMilliseconds),
      utcOffsetSeconds: beginning.utcOffsetSeconds, title: beginning.title, source: beginning.source)
  }

  /// The cached summary, empty where there is none.
  package var parsedSummary: Summary? {
    summary.flatMap { JSON(parsing: $0) }.map { Summary($0) }
  }

  /// When it began, on the speaker's own clock then: `2026-11-21 05:52`.
  package var when: String {
    var seconds = time_t(clamping: startedAt / 1_000).addingReportingOverflow(utcOffsetSeconds).partialValue
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "-" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return "\(date) \(two(parts.tm_hour)):\(two(parts.tm_min))"
  }
}
