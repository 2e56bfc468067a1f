import Audience
import Practice
import Terminal

/// The wall as lines: what comes of each watch, and in words also who is selected, what a key has opened and what went
/// wrong.
final class WatchTeller {
  private let face: LineFace
  private var lines: WatchLines
  private var spoken = SpokenWall()

  init(_ face: LineFace) {
    self.face = face
    lines = WatchLines(face.style)
  }

  /// Tells what came of a seat, after it has taken that in.
  func tell(_ news: Watch.News, _ seat: Seat) {
    for line in lines.lines(for: news, seat: seat) { face.style == .json ? face.put(line) : face.write(line) }
  }

  /// Tells what keys have changed, and what no event says.
  func tell(_ desk: Desk) {
    guard face.style == .plain else { return }
    for line in spoken.lines(about: desk) { face.write(line) }
  }
}

/// What lines say of the wall itself, each thing once: a pure step from desks to lines.
struct SpokenWall: Equatable, Sendable {
  /// Why the wall is empty, as it was said last.
  private var emptiness: String?
  private var selected: String?
  private var left: String?
  private var notice: String?
  private var room = Room.wall
  private var matter: String?
  /// Remarks that were sent so far.
  private var sent = 0

  /// The lines for what is so now and was not at the last look.
  mutating func lines(about desk: Desk) -> [String] {
    guard let wall = desk.wall else { return [] }
    var lines: [String] = []
    let emptiness = Messages.empty(wall)
    if let emptiness, emptiness != self.emptiness { lines.append(emptiness) }
    self.emptiness = emptiness
    if let seat = wall.selected, seat.id != selected {
      lines.append(Messages.selected(SeatNames(wall).name(seat)))
    }
    selected = wall.selected?.id
    // The screen shows it in the seat itself.
    let left = wall.selected.flatMap { $0.isLeft ? $0.id : nil }
    if let left, left != self.left { lines += wall[left].flatMap(WatchWords.sentence).map { [$0.text] } ?? [] }
    self.left = left
    // Who has sent something hears what becomes of it; that the line is closed needs no words.
    let sent = wall.seats.reduce(0) { $0 + $1.nextNumber }
    if desk.room != room, desk.room != .wall || sent <= self.sent { lines += SpokenWall.entered(desk) }
    (room, self.sent) = (desk.room, sent)
    let now = SpokenWall.matter(desk, wall)
    if let now, now != matter { lines.append(now) }
    matter = now
    if let notice = desk.notice, notice != self.notice { lines.append(notice) }
    notice = desk.notice
    return lines
  }

  /// What is said of a room on the way into it.
  private static func entered(_ desk: Desk) -> [String] {
    switch desk.room {
    case .help:
      let below = desk.rooms.dropLast().last ?? .wall
      return desk.help(of: below).map { "\($0.key): \($0.help)" } + [Messages.helpLeft]
    case .wall: return [Messages.onTheWall]
    default: return []
    }
  }

  /// What the keys are about in the room in front.
  private static func matter(_ desk: Desk, _ wall: Wall) -> String? {
    switch desk.room {
    case .entry: return desk.entry.map { $0.complaint ?? $0.question }
    case .watched: return wall.selected.map { Messages.zoomedIn(SeatNames(wall).name($0)) }
    case .rubricForm:
      guard wall.rubrics.indices.contains(wall.rubric) else { return nil }
      let rubric = wall.rubrics[wall.rubric]
      guard rubric.criteria.indices.contains(wall.criterion) else { return rubric.name }
      let criterion = rubric.criteria[wall.criterion]
      let level = wall.selected?.levels[Seat.LevelKey(rubric: rubric.id, criterion: criterion.id)]
      return Messages.judging(rubric.name, criterion.name, level: level)
    case .drillChoice: return wall.drills.indices.contains(wall.drill) ? wall.drills[wall.drill].name : nil
    default: return nil
    }
  }
}
