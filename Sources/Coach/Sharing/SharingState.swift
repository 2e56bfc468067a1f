package import Audience
package import Practice

/// Sharing as the learner's desk has it: whether it is on, who asks, and who of them may hear.
package struct SharingState: Equatable, Sendable {
  /// Whether others may look on.
  package enum Reach: Equatable, Sendable {
    case off
    /// Sockets are being made.
    case opening
    /// On; whether an account other than the learner's own can come too.
    case on(reachesOthers: Bool)
  }

  package var reach = Reach.off
  /// Those who asked and have no answer yet, the oldest first.
  package var requests: [Watcher] = []
  /// Those who look on now.
  package var watchers: [Watcher] = []
  /// The numbers of those who hear the microphone if they are let in.
  package var hearing: Set<Int> = []
  /// Which row of requests and watchers is selected.
  package var selection = 0
  /// How it stands with the class host that the session is told to; nil where there is none.
  package var line: String?

  /// Off.
  package init() {}

  package var isOn: Bool { reach != .off }
  /// The rows of the room about sharing: who asks, then who looks on.
  var rows: [Watcher] { requests + watchers }

  /// Takes in what became of somebody.
  package mutating func take(_ watcher: Watcher) {
    requests.removeAll { $0.id == watcher.id }
    watchers.removeAll { $0.id == watcher.id }
    switch watcher.change {
    case .asked: requests.append(watcher)
    case .joined: watchers.append(watcher)
    case .left, .refused, .expired, .ended: break
    }
    if watcher.change != .asked { hearing.remove(watcher.id) }
    selection = min(selection, max(rows.count - 1, 0))
  }
}

/// What the room about sharing asks the stage for.
package enum ShareOrder: Equatable, Sendable {
  case start, stop
  case decide(Int, Hub.Decision, hears: Bool)
  case dismiss(Int)
}

extension Desk {
  /// The session that is, or would be, shared.
  var sharedSession: Session { past?.session ?? session }

  /// Answers a key about sharing; nil where it means something else here.
  mutating func shareKey(_ action: Action) -> [Order]? {
    switch action {
    case .share:
      guard sharing.isOn else {
        sharing.reach = .opening
        return [.share(.start)]
      }
      sharing.selection = 0
      rooms.append(.sharing)
      return []
    case .endSharing:
      guard sharing.isOn else {
        notice = Messages.nothingShared
        return []
      }
      if room == .sharing { rooms.removeLast() }
      // Who was there is written into the log by whoever ends it.
      let watchers = sharing.watchers
      sharing = SharingState()
      sharing.watchers = watchers
      notice = Messages.sharingEnded
      return [.share(.stop)]
    case .admitOnce: return decide(.once)
    case .admitTalk: return decide(.talk)
    case .decline: return decide(.no)
    case .letHear:
      guard let asking = selectedRequest else { return [] }
      if sharing.hearing.remove(asking.id) == nil { sharing.hearing.insert(asking.id) }
      return []
    case .sendAway:
      guard sharing.rows.indices.contains(sharing.selection) else { return [] }
      let chosen = sharing.rows[sharing.selection]
      return sharing.requests.contains { $0.id == chosen.id } ? decide(.no) : [.share(.dismiss(chosen.id))]
    case .up, .down:
      guard room == .sharing else { return nil }
      let step = action == .up ? -1 : 1
      sharing.selection = min(max(sharing.selection + step, 0), max(sharing.rows.count - 1, 0))
      return []
    default: return nil
    }
  }

  /// The keys that mean nothing while nobody asks, or nobody is there.
  var idleWhileSharing: Set<Action> {
    if sharing.rows.isEmpty { return [.admitOnce, .admitTalk, .decline, .letHear, .sendAway] }
    return sharing.requests.isEmpty ? [.admitOnce, .admitTalk, .decline, .letHear] : []
  }

  private var selectedRequest: Watcher? {
    sharing.requests.indices.contains(sharing.selection) ? sharing.requests[sharing.selection] : nil
  }

  /// Answers the request that is selected; where a watcher is, the oldest.
  private mutating func decide(_ decision: Hub.Decision) -> [Order] {
    guard let asking = selectedRequest ?? sharing.requests.first else { return [] }
    let hears = sharing.hearing.contains(asking.id)
    sharing.requests.removeAll { $0.id == asking.id }
    sharing.hearing.remove(asking.id)
    if sharing.requests.isEmpty, room == .sharing { rooms.removeLast() }
    return [.share(.decide(asking.id, decision, hears: hears && decision != .no))]
  }
}
