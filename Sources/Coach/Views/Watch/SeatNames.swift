import Audience
import Practice
import Terminal

/// What the seats of a wall are called, so that those of one learner can be told apart: by when they began, by their
/// title, and where nothing else differs by the session's id.
struct SeatNames {
  /// What a seat can be told from another one by, in the same order for each, the fullest first; nil where it has none.
  private typealias Forms = [String?]

  /// The forms of all seats of each learner who has several.
  private let several: [String: [Forms]]

  /// The names on `wall`.
  init(_ wall: Wall) {
    several = Dictionary(grouping: wall.seats, by: \.learner).filter { $0.value.count > 1 }
      .mapValues { $0.map(SeatNames.forms) }
  }

  /// Whether some learner has more than one seat.
  var hasSeveral: Bool { !several.isEmpty }

  /// What tells `seat` from the others of its learner in `columns` cells; nil where it is the only one.
  func tag(_ seat: Seat, columns: Int) -> String? {
    let all = own(seat)
    return all.first { cellWidth($0) <= columns } ?? all.last
  }

  /// All that tells `seat` from the others of its learner, or its title where it is the only one.
  func detail(_ seat: Seat) -> String { own(seat).first ?? seat.shown.title ?? "" }

  /// What a seat is called in a sentence: "ada", "ada (since 10:20)".
  func name(_ seat: Seat) -> String {
    let name = WatchWords.name(seat)
    return tag(seat, columns: 24).map { "\(name) (\($0))" } ?? name
  }

  /// The forms of `seat` that no other seat of its learner has; empty where it is the only one.
  private func own(_ seat: Seat) -> [String] {
    guard let all = several[seat.learner] else { return [] }
    return SeatNames.forms(seat).enumerated().compactMap { place, text in
      text.flatMap { text in all.count { $0[place] == text } == 1 ? text : nil }
    }
  }

  private static func forms(_ seat: Seat) -> Forms {
    let id = seat.door.session
    guard let beginning = seat.session.beginning else { return [nil, nil, nil, nil, nil, id] }
    let name = seat.session.title.flatMap { $0.isEmpty ? nil : $0 } ?? beginning.source
    let title = name.isEmpty ? nil : name
    guard beginning.startedAtMilliseconds > 0 else { return [nil, nil, nil, title, nil, id] }
    let (start, offset) = (Double(beginning.startedAtMilliseconds) / 1_000, beginning.utcOffsetSeconds)
    let date = CivilDate(secondsSince1970: start, utcOffset: offset)
    let minutes = Int((min(max(start + Double(offset), 0), 1e12) / 60).rounded(.down))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = two(minutes / 60 % 24) + ":" + two(minutes % 60)
    // Who speaks has begun today.
    let when = seat.isOver ? date.short(withYearUnless: date.year) + " " + clock : "since " + clock
    return [title.map { when + " " + $0 }, when, clock, title, when + " " + id, id]
  }

  /// How many are on the wall: "3 learners", "12 sessions of 2 learners".
  static func count(_ wall: Wall) -> String {
    let count = Set(wall.seats.map(\.learner)).count
    let learners = Figures.count(count, "learner")
    return count == wall.seats.count ? learners : Figures.count(wall.seats.count, "session") + " of " + learners
  }
}
