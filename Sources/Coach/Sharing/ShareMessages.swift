import Practice

/// What people are told about who looks on.
extension Messages {
  /// What became of somebody, as a line of the log: `beck watches as tutor, from pts/3`.
  static func watcher(_ watcher: Watcher) -> String {
    let role = watcher.role.rawValue
    let place = watcher.place.map { ", from " + $0 } ?? ""
    let reason = watcher.reason.map { " (\($0))" } ?? ""
    switch watcher.change {
    case .asked: return "\(watcher.name) asks to watch as \(role)\(place)"
    case .joined: return "\(watcher.name) watches as \(role)\(watcher.hears ? ", and hears you" : "")\(place)"
    case .left: return "\(watcher.name) has left\(reason)"
    case .refused: return "\(watcher.name) was not let in\(reason)"
    case .expired: return "\(watcher.name) has gone: the time of the invitation is over"
    case .ended: return "\(watcher.name) was sent away\(reason)"
    }
  }
}
