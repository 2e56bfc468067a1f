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
  /// The number of who is selected; nil where nobody is, for then no key may decide about anybody.
  package var selected: Int?
  /// Who cannot come on this host, why, and who can mend that; nil where nothing is wrong.
  package var trouble: String?
  /// How it stands with the class host that the session is told to; nil where there is none.
  package var line: String?
  /// What was last said of that on the screen, which is said once.
  package var lineNotice: String?

  /// Off.
  package init() {}

  package var isOn: Bool { reach != .off }
  /// The rows of the room about sharing: who asks, then who looks on.
  var rows: [Watcher] { requests + watchers }
  /// Who is selected, and whether they ask.
  var chosen: Watcher? { rows.first { $0.id == selected } }
  var asks: Bool { requests.contains { $0.id == selected } }
  /// Whether who is selected is let hear the microphone, or is to be once they are let in.
  var letsHear: Bool { chosen.map { asks ? hearing.contains($0.id) : $0.hears } ?? false }

  /// Selects the row `step` further; where none is selected, the first or the last.
  mutating func move(_ step: Int) {
    guard let place = rows.firstIndex(where: { $0.id == selected }) else {
      selected = (step > 0 ? rows.first : rows.last)?.id
      return
    }
    selected = rows[min(max(place + step, 0), rows.count - 1)].id
  }

  /// Takes in what became of somebody.
  package mutating func take(_ watcher: Watcher) {
    requests.removeAll { $0.id == watcher.id }
    let place = watchers.firstIndex { $0.id == watcher.id }
    switch (watcher.change, place) {
    case (.asked, _): requests.append(watcher)
    case (.joined, let place?): watchers[place] = watcher
    case (.joined, nil): watchers.append(watcher)
    case (_, let place?): watchers.remove(at: place)
    case (_, nil): break
    }
    if watcher.change != .asked { hearing.remove(watcher.id) }
    // Whoever comes or goes, no key decides about another one than was looked at.
    if !rows.contains(where: { $0.id == selected }) { selected = nil }
  }
}

/// What the room about sharing asks the stage for.
package enum ShareOrder: Equatable, Sendable {
  case start, stop
  case decide(Int, Hub.Decision, hears: Bool)
  /// Lets one who looks on hear the microphone, or not any more.
  case hear(Int, Bool)
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
      sharing.selected = sharing.rows.first?.id
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
      guard let chosen = sharing.chosen else { return [] }
      guard sharing.asks else { return [.share(.hear(chosen.id, !chosen.hears))] }
      guard chosen.hears else {
        notice = Messages.didNotAskToHear(chosen)
        return []
      }
      if sharing.hearing.remove(chosen.id) == nil { sharing.hearing.insert(chosen.id) }
      return []
    case .sendAway:
      guard let chosen = sharing.chosen else { return [] }
      return sharing.asks ? decide(.no) : [.share(.dismiss(chosen.id))]
    case .up, .down:
      guard room == .sharing else { return nil }
      sharing.move(action == .up ? -1 : 1)
      return []
    default: return nil
    }
  }

  /// The keys that mean nothing about who is selected.
  var idleWhileSharing: Set<Action> {
    let decisions: Set<Action> = [.admitOnce, .admitTalk, .decline]
    guard let chosen = sharing.chosen else { return decisions.union([.sendAway, .letHear]) }
    return !sharing.asks ? decisions : chosen.hears ? [] : [.letHear]
  }

  /// Answers the request that is selected.
  private mutating func decide(_ decision: Hub.Decision) -> [Order] {
    guard sharing.asks, let chosen = sharing.chosen else { return [] }
    let hears = sharing.hearing.remove(chosen.id) != nil && decision != .no
    sharing.requests.removeAll { $0.id == chosen.id }
    sharing.selected = sharing.requests.first?.id
    // The room stays: the next key is not one of the rehearsal's.
    notice = Messages.answered(chosen, decision, hears: hears) + " " + Messages.whatNext(sharing)
    return [.share(.decide(chosen.id, decision, hears: hears))]
  }
}
