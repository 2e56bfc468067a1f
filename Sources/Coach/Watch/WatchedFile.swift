import Glibc
import Practice
import Report

/// A watched session as a file that `rostrum import` takes: what was seen of it, and no more.
struct WatchedFile: Sendable {
  let path: String
  let text: String
  /// Whether the words were there to be seen.
  let hasWords: Bool

  /// The file of a session of `learner`, as far as its events were seen; nil where it has not begun.
  init?(learner: String, events: [SessionEvent], hasWords: Bool, folder: String = ".") {
    let events = events.map { WatchedFile.signed($0, learner) }
    guard let beginning = events.lazy.compactMap({ $0.beginning }).first, WatchedFile.isID(beginning.id) else {
      return nil
    }
    let ending = events.last { if case .ended = $0.kind { true } else { false } }
    var state = "live"
    if case .ended(let end)? = ending?.kind { state = end.reason == .finished ? "finished" : "interrupted" }
    let facts = SessionFacts(
      id: beginning.id, startedAtMilliseconds: beginning.startedAtMilliseconds,
      utcOffsetSeconds: beginning.utcOffsetSeconds, title: beginning.title, source: beginning.source, state: state,
      endedSeconds: ending?.seconds ?? events.last?.seconds)
    let stem = "rostrum-watched-\(WatchedFile.name(learner))-\(beginning.id)"
    path = FreeName.path(folder == "." ? stem : folder + "/" + stem, "json")
    text = SessionDocument.text(facts, lines: events.map(EventLine.text)) + "\n"
    self.hasWords = hasWords
  }

  /// Writes it, for its owner alone, and never over anything.
  func write() throws(Failure) {
    let file = try NewFile(path: path, replaces: false, isPrivate: true)
    try file.put(text)
    try file.finish()
  }

  /// An event that says whose it is: a history must not take it for its owner's. The name is the kernel's, whatever
  /// the line said.
  private static func signed(_ event: SessionEvent, _ learner: String) -> SessionEvent {
    guard var beginning = event.beginning else { return event }
    beginning.learner = Afterwards.name(learner)
    return SessionEvent(at: event.seconds, .began(beginning))
  }

  /// A session's id as a history keeps it: it becomes a part of a file's name.
  private static func isID(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
  }

  /// An account's name as a part of a file's name.
  static func name(_ learner: String) -> String {
    let safe = learner.unicodeScalars.prefix(32).map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_": String(scalar)
      default: "_"
      }
    }
    return safe.isEmpty ? "learner" : safe.joined()
  }
}

extension SessionEvent {
  fileprivate var beginning: Beginning? { if case .began(let beginning) = kind { beginning } else { nil } }
}
