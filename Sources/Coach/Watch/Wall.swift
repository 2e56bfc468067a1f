package import Audience
package import Practice

/// The wall of those who are watched: seats side by side, one of them selected.
package struct Wall: Equatable, Sendable {
  /// A drill that can be assigned.
  package struct DrillChoice: Equatable, Sendable {
    package var id: String
    package var name: String
    package var kind: DrillKind

    /// Makes one.
    package init(id: String, name: String, kind: DrillKind) { (self.id, self.name, self.kind) = (id, name, kind) }
  }

  package private(set) var seats: [Seat] = []
  /// The place of the selected seat in `seats`.
  package private(set) var selection = 0
  /// Seats that this watcher took off the wall; they can be brought back.
  package private(set) var hidden: [Seat] = []
  /// Whether the selected seat was chosen by hand, or something was done for it.
  private var isChosen = false
  private var arrivals = 0
  /// What this watcher asks for.
  package var role: Watcher.Role
  /// Whether nothing may be written here.
  package var isGuest: Bool
  /// Cues on the keys 1 to 9.
  package var cues: [String]
  package var rubrics: [Rubric]
  package var drills: [DrillChoice]
  /// The rubric and the criterion that are selected in the form, and the drill in the list.
  package var rubric = 0
  package var criterion = 0
  package var drill = 0
  /// Why nobody is seen though somebody may share, one sentence; nil where nothing is wrong.
  package var problem: String?
  /// Whether it was looked who is there.
  package var hasLooked = true

  /// Seats there are at most; who comes later is not shown.
  package static let seatLimit = 100
  /// Keys for cues.
  package static let cueLimit = 9

  /// An empty wall; of `cues` the first nine have a key.
  package init(
    role: Watcher.Role = .tutor, isGuest: Bool = false, cues: [String] = [], rubrics: [Rubric] = [],
    drills: [DrillChoice] = []
  ) {
    (self.role, self.isGuest, self.cues) = (role, isGuest, Array(cues.prefix(Wall.cueLimit)))
    (self.rubrics, self.drills) = (rubrics, drills)
  }

  /// The seat that is selected; nil on an empty wall.
  package var selected: Seat? { seats.indices.contains(selection) ? seats[selection] : nil }

  /// The seat called `id`; to set one that is not there does nothing.
  package subscript(id: String) -> Seat? {
    get { seats.first { $0.id == id } }
    set {
      guard let place = seats.firstIndex(where: { $0.id == id }), var seat = newValue else { return }
      seat.arrival = seats[place].arrival
      seats[place] = seat
      arrange()
    }
  }

  /// Takes in what comes of the watch of the seat called `id`.
  package mutating func take(_ news: Watch.News, of id: String) { change(id) { $0.take(news) } }

  /// Takes in the doors there are now, and says which seats are new: they are to be asked.
  ///
  /// A seat whose door has gone stays while there is something to be seen on it.
  package mutating func meet(_ doors: [Door]) -> [String] {
    let here = Set(doors.map(Seat.id))
    let kept = selected?.id
    // Who was taken off stays so until they share anew.
    hidden.removeAll { here.contains($0.id) ? !$0.isHere : !$0.hasBeenWatched }
    seats.removeAll { !here.contains($0.id) && !$0.hasBeenWatched }
    var new: [String] = []
    for place in seats.indices { seats[place].meet(isHere: here.contains(seats[place].id)) }
    for place in hidden.indices { hidden[place].meet(isHere: here.contains(hidden[place].id)) }
    let off = Set(hidden.map(\.id))
    for door in doors where !off.contains(Seat.id(of: door)) {
      if let place = seats.firstIndex(where: { $0.id == Seat.id(of: door) }) {
        seats[place].door = door
      } else if seats.count < Wall.seatLimit {
        add(Seat(door, isGuest: isGuest))
        new.append(Seat.id(of: door))
      }
    }
    arrange(keeping: kept)
    return new
  }

  private mutating func add(_ seat: Seat) {
    arrivals += 1
    var seat = seat
    seat.arrival = arrivals
    seats.append(seat)
  }

  /// Looks at the watcher's clock, in nanoseconds; whether an answer has ceased to be news.
  mutating func age(at now: Int64) -> Bool {
    var isNew = false
    for place in seats.indices where seats[place].age(at: now) { isNew = true }
    if isNew { arrange() }
    return isNew
  }

  /// Changes the seat called `id`.
  package mutating func change(_ id: String, _ change: (inout Seat) -> Void) {
    guard let place = seats.firstIndex(where: { $0.id == id }) else { return }
    let before = seats[place].standing
    change(&seats[place])
    if seats[place].standing != before { arrange() }
  }

  /// Takes a seat off the wall, until it is brought back or its door has gone and is there again.
  package mutating func hide(_ id: String) {
    if let seat = self[id] { hidden.append(seat) }
    remove(id)
  }

  /// Brings back all seats that were taken off, as they were: nobody is asked anything.
  mutating func bringBack() {
    let kept = selected?.id
    seats += hidden.prefix(max(Wall.seatLimit - seats.count, 0))
    hidden = []
    arrange(keeping: kept)
  }

  /// Takes the seat called `id` away.
  package mutating func remove(_ id: String) {
    let kept = selected?.id
    seats.removeAll { $0.id == id }
    arrange(keeping: kept)
  }

  /// Selects the seat `step` further, the first after the last.
  mutating func move(_ step: Int) {
    guard !seats.isEmpty else { return }
    selection = ((selection + step) % seats.count + seats.count) % seats.count
    isChosen = true
  }

  /// Has the selected seat stay so: something is done for it.
  mutating func choose() { isChosen = true }

  /// Changes the selected seat.
  mutating func withSelected<Result>(_ change: (inout Seat) -> Result) -> Result? {
    guard seats.indices.contains(selection) else { return nil }
    isChosen = true
    let result = change(&seats[selection])
    arrange()
    return result
  }

  // MARK: Order

  /// Puts the seats in order; the same one stays selected.
  private mutating func arrange() { arrange(keeping: selected?.id) }

  /// Who can be worked with comes first, in the order of their coming; the seat called `kept` stays selected.
  ///
  /// As long as nothing was chosen, the first who lets this watcher in takes the place of one who has not: keys are to
  /// mean somebody they can reach. From a seat that was watched the selection never goes by itself.
  private mutating func arrange(keeping kept: String?) {
    func isBefore(_ a: Seat, _ b: Seat) -> Bool { (a.standing, a.arrival) < (b.standing, b.arrival) }
    if !zip(seats, seats.dropFirst()).allSatisfy(isBefore) { seats.sort(by: isBefore) }
    selection = seats.firstIndex { $0.id == kept } ?? min(selection, max(seats.count - 1, 0))
    if !isChosen, selected?.hasBeenWatched == false, seats[0].standing <= .past { selection = 0 }
  }
}

/// What a watcher asks the stage for.
package enum WatchOrder: Equatable, Sendable {
  /// Asks the learner of a seat, anew where there was an answer already.
  case ask(seat: String, Watcher.Role)
  /// Sends a remark, under this number.
  case send(seat: String, Remark, number: Int)
  /// Writes the session as it was watched into a file.
  case write(seat: String)
  /// Ends the watch of a seat; the wall has taken note already.
  case close(seat: String)
}
