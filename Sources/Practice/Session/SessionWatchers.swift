extension Session {
  /// Whether it is the learner's own, and not one that was watched.
  package var isOwn: Bool { beginning?.learner == nil }

  /// Those who look on at the moment.
  package var watchers: [Watcher] { visits.map(\.watcher).filter { $0.change == .joined } }

  /// Takes in what became of somebody.
  mutating func take(_ watcher: Watcher) {
    var visit = Visit(watcher: watcher)
    let place = visits.lastIndex { $0.watcher.id == watcher.id }
    if let place {
      (visit.from, visit.until, visit.hasHeard) = (visits[place].from, visits[place].until, visits[place].hasHeard)
    }
    switch watcher.change {
    // What one who is here asks beyond that, and is refused, does not end their visit.
    case .asked, .refused: if let place, visits[place].watcher.change == .joined { return }
    case .joined:
      (visit.from, visit.until) = (visit.from ?? seconds, nil)
      visit.hasHeard = visit.hasHeard || watcher.hears
    case .left, .expired, .ended: visit.until = seconds
    }
    if let place { visits[place] = visit } else { Session.keep(visit, in: &visits) }
  }
}
