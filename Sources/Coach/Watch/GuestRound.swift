import Audience

/// The way of a guest from door to door with their one invitation, until one lets them in.
///
/// A door that does not know the invitation leaves it unused. Nothing of the other doors is shown: who else practises here
/// is none of a guest's business.
struct GuestRound: Equatable, Sendable {
  /// Doors that were not tried yet, in order.
  private(set) var waiting: [Door] = []
  /// The door that is tried, or that let them in.
  private(set) var current: Door?
  private(set) var isIn = false
  private var tried: Set<String> = []

  /// Whether every door there was has said no.
  var isOver: Bool { current == nil && waiting.isEmpty && !tried.isEmpty }

  /// Takes in the doors there are now, those of the `account` that the guest was let into first, and alone where they
  /// stay home: who is shown a token at a door can use it themselves.
  mutating func meet(_ doors: [Door], account: String, staysHome: Bool = false) {
    let doors = staysHome ? doors.filter { $0.learner == account } : doors
    let new = doors.filter { !tried.contains(Seat.id(of: $0)) && $0 != current }
    waiting = new.filter { $0.learner == account } + new.filter { $0.learner != account }
  }

  /// The next door to try; nil where one is being tried, let them in, or none is left.
  mutating func next() -> Door? {
    guard !isIn, current == nil, !waiting.isEmpty else { return nil }
    let door = waiting.removeFirst()
    tried.insert(Seat.id(of: door))
    current = door
    return door
  }

  /// What the door that is tried has answered.
  mutating func answered(_ state: Seat.State) {
    switch state {
    case .watching: isIn = true
    case .refused, .broken: if !isIn { current = nil }
    case .found, .asked, .over: break
    }
  }
}
