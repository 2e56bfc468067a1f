import Audience
import Practice

extension Seat {
  /// How near to the beginning of a wall a seat belongs.
  enum Standing: Int, Comparable {
    /// Somebody speaks, and has let this watcher in.
    case live
    /// A session that was over when it was offered.
    case past
    /// Nobody has answered yet.
    case asking
    /// A talk that was watched to its end.
    case ended
    /// Refused, left, lost, taken back.
    case gone

    static func < (a: Standing, b: Standing) -> Bool { a.rawValue < b.rawValue }
  }

  /// Where it belongs. A line that has just broken keeps its place: most come back within seconds.
  var standing: Standing {
    switch state {
    case .watching: admitted
    case .broken: hasBeenWatched && isHere && !isLost ? admitted : .gone
    case .asked: .asking
    case .found: isLeft ? .gone : .asking
    case .over(.finished): .ended
    case .refused, .over: .gone
    }
  }

  private var admitted: Standing { welcome?.isPast == true ? .past : isOver ? .ended : .live }

  /// Whether nobody speaks there any more.
  var isOver: Bool {
    if case .over = session.phase { return true }
    return welcome?.isPast == true
  }

  /// Whether anything of it was ever told, so that there is something to look at.
  var hasBeenWatched: Bool { welcome != nil }

  /// The second of a note that is written now: the one that is looked at, else that of the last event.
  ///
  /// Readings run ahead of events, but a session keeps nothing beyond its last event: with any later second the note
  /// would stand at another one than was said when it was written.
  var noteSeconds: Double { position ?? session.lastEventSeconds }
}
