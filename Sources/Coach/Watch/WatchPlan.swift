import Audience
import Practice

/// What `rostrum watch` was asked to do.
struct WatchPlan: Sendable {
  /// What is asked for at each door.
  var role = Watcher.Role.tutor
  /// Whether it is one of somebody without an account here: nothing is read, written or run.
  var isGuest = false
  /// The invitation; nil for who comes by their account.
  var token: String?
  var wantsSound = false
  var style = Rehearsal.Style.screen
  /// Whether a guest's invitation is one of this account's, and so shown at no other's door.
  var staysHome = false
  /// The account this runs as.
  var account = ""
  /// What is said at the beginning; nil for nothing.
  var notice: String?
  /// Where sockets are looked for.
  var folders: [String] = []
}

/// The other end of a hub as the stage needs it.
protocol WatchEnd: Sendable {
  /// Bytes of events that came, with those of the lines before that it goes on with.
  var eventBytes: Int { get }
  /// Where it goes on should it break; nil where nobody was let in.
  var resume: Resume? { get }
  /// Sends a remark. Never waits.
  func send(_ remark: Remark, number: Int)
  func close()
}

extension Watch: WatchEnd {}

/// When a line that broke is tried again.
enum WatchAgain {
  /// Seconds before each try; the last one counts for those after it too.
  static let seconds = [1.0, 2, 4, 8, 15]
  /// Seconds after which no more is tried by itself: a hub forgets a watch that long gone.
  static let mostSeconds = 600.0

  /// Seconds to wait before the next try, after `tries` in vain; nil where it is not tried any more.
  static func wait(tries: Int) -> Double? {
    let waited = (0..<tries).reduce(0) { $0 + seconds[min($1, seconds.count - 1)] }
    return waited < mostSeconds ? seconds[min(tries, seconds.count - 1)] : nil
  }

  /// Whether a seat is to be tried again by itself: where the line broke, or was too slow.
  static func isDue(_ seat: Seat) -> Bool {
    guard !seat.isLeft else { return false }
    return switch seat.state {
    case .broken, .over(.slow): true
    default: false
    }
  }
}
