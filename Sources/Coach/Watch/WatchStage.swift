import Audience
import CLinux
import Practice
import Terminal

/// The wall on the main thread: the doors there are, a watch for each seat, and what the watcher asks for.
///
/// All that a watcher can do to a learner is `WatchEnd.send`; nothing here types, runs or reads anything of theirs.
final class WatchStage: Act {
  /// The line to one learner.
  struct Line {
    /// Its number among all lines there were: what comes of an earlier one is passed over.
    var number: Int
    var end: any WatchEnd
    var role: Watcher.Role
    /// Tries in vain since something came.
    var tries = 0
    /// When it is tried again, by the monotonic clock; nil where it is not.
    var triedAt: Int64?
  }

  /// Comes to a door, with the bytes of events that came before; what comes of it is told on another thread.
  typealias Connect = (Door, Hello, Int, @escaping @Sendable (Watch.News) -> Void) -> any WatchEnd

  let surroundings: Surroundings
  let face: any Face
  let plan: WatchPlan
  let post = WatchPost()
  var desk = Desk(room: .wall)
  private(set) var isDone = false
  private(set) var status: ExitStatus = .ok
  /// Why it ended before its end, nil while all is well.
  var failure: Failure?
  var suspendRequested = false

  /// The lines there are, by the names of their seats.
  var lines: [String: Line] = [:]
  /// The names of seats by the numbers of their lines.
  var seats: [Int: String] = [:]
  private var lineCount = 0
  /// What guests have still to try their invitation at.
  var guest = GuestRound()
  var voice: WatchVoice?
  /// Seats of which it was said that they are not heard.
  var saidSilent: Set<String> = []
  var teller: WatchTeller?
  /// The seats whose doors were there at the last look.
  private var doorsBefore: Set<String> = []
  private var lobby: Lobby?
  private let connect: Connect
  let clock: () -> Int64
  private var isNew = true
  /// Whether only what may wait for the next tick is new: readings, and seats that are not in view.
  private var isStale = false

  init(
    surroundings: Surroundings, face: any Face, plan: WatchPlan,
    clock: @escaping () -> Int64 = { rostrum_monotonic_nanoseconds() },
    connect: @escaping Connect = { Watch($0, $1, eventBytes: $2, news: $3) }
  ) {
    (self.surroundings, self.face, self.plan) = (surroundings, face, plan)
    (self.clock, self.connect) = (clock, connect)
    desk.theme = surroundings.settings.theme
    desk.wall = Wall(role: plan.role, isGuest: plan.isGuest)
    desk.wall?.hasLooked = false
  }

  /// Begins to look for learners; reads cues, rubrics and drills in the background.
  func start() {
    let post = post
    if let notice = plan.notice { say(notice) }
    lobby = Lobby(folders: plan.folders) { post.put(.doors($0)) }
    readForms()
  }

  // MARK: What the loop polls

  var needsFrame: Bool { isNew }
  var isLeaving: Bool { isDone }
  var takeDescriptor: Int32 { post.descriptor }
  let errandDescriptor: Int32 = -1
  var mayStop: Bool { !plan.isGuest }
  var isIdle: Bool {
    desk.wall?.seats.contains { $0.state == .watching } != true && !lines.values.contains { $0.triedAt != nil }
  }

  func collectErrands() {}

  /// Takes in what has come.
  func collect() {
    let come = post.take()
    for item in come.items { take(item) }
    take(come.glances)
    follow()
  }

  /// Looks after what tells nothing by itself: readings, lines to be tried again.
  func tick() {
    if !face.isCongested { collect() }
    let now = clock()
    for (id, line) in lines where line.triedAt.map({ $0 <= now }) == true { tryAgain(id) }
    if desk.wall?.age(at: now) == true || isStale { isNew = true }
  }

  func redraw() { isNew = true }

  func draw() {
    guard isNew, face.isReady else { return }
    (isNew, isStale) = (false, false)
    if face.drawsFrames { face.show(desk) }
  }

  /// Answers a key.
  func press(_ key: Key) {
    if plan.isGuest, let action = Keymap.action(for: key, in: desk.room), !GuestRules.allows(action) { return }
    for order in desk.press(key) { perform(order) }
    if let size = face.size {
      if desk.offset > 0, let last = Frame.lastOffset(of: desk, size: size) { desk.offset = min(desk.offset, last) }
      if desk.offset < 0 { desk.offset = max(desk.offset, Frame.firstOffset(of: desk, size: size)) }
    }
    follow()
    isNew = true
  }

  /// Leaves; those who are watched see it by their own kernel's word.
  func end(_ status: ExitStatus, reason: Ending.Reason) {
    guard !isDone else { return }
    self.status = status
    isDone = true
    voice?.close()
    lobby?.close()
    for line in lines.values { line.end.close() }
    post.close()
  }

  // MARK: What comes

  private func take(_ item: WatchPost.Item) {
    switch item {
    case .news(let number, let news):
      guard let id = seats[number], lines[id]?.number == number else { return }
      take(news, of: id)
    case .doors(let doors): meet(doors)
    case .forms(let rubrics, let drills):
      desk.wall?.rubrics = rubrics
      desk.wall?.drills = drills
    case .notice(let sentence): say(sentence)
    }
    // What nobody sees at the moment can wait for the next tick.
    if case .news(let number, _) = item, let id = seats[number], !isInView(id) {
      isStale = face.drawsFrames
    } else {
      isNew = true
    }
  }

  private func take(_ glances: [Int: Glance]) {
    for (number, glance) in glances {
      guard let id = seats[number], lines[id]?.number == number else { continue }
      desk.wall?.take(.glance(glance), of: id)
      if face.drawsFrames { isStale = true }
    }
  }

  private func take(_ news: Watch.News, of id: String) {
    desk.wall?.take(news, of: id)
    guard let seat = desk.wall?[id] else { return }
    teller?.tell(news, seat)
    if case .welcome(let welcome) = news {
      lines[id]?.tries = 0
      if plan.wantsSound, !welcome.shares.contains(.sound), saidSilent.insert(id).inserted {
        say(Messages.notHeard(seat.learner))
      }
    }
    if WatchAgain.isDue(seat) {
      lines[id]?.end.close()
      let wait = WatchAgain.wait(tries: lines[id]?.tries ?? 0)
      lines[id]?.triedAt = wait.map { clock() + Int64($0 * 1e9) }
      lines[id]?.tries += 1
    }
    if plan.isGuest { goRound(after: id) }
  }

  /// Takes in the doors there are now, and asks at those that are new.
  private func meet(_ doors: [Door]) {
    // A session that listens in several places is one: the first of them is come to.
    var seen: Set<String> = []
    let doors = doors.filter { seen.insert(Seat.id(of: $0)).inserted }
    // A door that is there again is tried at once.
    let again = lines.filter { $1.triedAt != nil && seen.contains($0) && !doorsBefore.contains($0) }.keys
    doorsBefore = seen
    if plan.isGuest {
      guest.meet(doors, account: plan.account, staysHome: plan.staysHome)
      _ = desk.wall?.meet(doors.filter { $0 == guest.current })
      goRound()
    } else {
      let new = desk.wall?.meet(doors) ?? []
      let kept = Set(desk.wall?.seats.map(\.id) ?? [])
      for id in lines.keys where !kept.contains(id) { drop(id) }
      for id in new { ask(id, plan.role) }
    }
    for id in again { tryAgain(id) }
    desk.wall?.hasLooked = true
  }

  // MARK: Lines

  /// Comes to the door of a seat; with `resume` it goes on where it was.
  func ask(_ id: String, _ role: Watcher.Role, resume: Resume? = nil, tries: Int = 0) {
    guard !isDone, let seat = desk.wall?[id] else { return }
    let before = lines[id]
    before?.end.close()
    if let before { seats[before.number] = nil }
    lineCount += 1
    let number = lineCount
    let hello = Hello(
      role: role, wantsSound: plan.wantsSound, token: resume == nil ? plan.token : nil, resume: resume)
    let (post, voice) = (post, voice)
    seats[number] = id
    let end = connect(seat.door, hello, resume == nil ? 0 : before?.end.eventBytes ?? 0) { news in
      if case .sound(_, let bytes) = news { voice?.hear(bytes, line: number) } else { post.put(news, line: number) }
    }
    lines[id] = Line(number: number, end: end, role: role, tries: tries)
  }

  private func tryAgain(_ id: String) {
    guard let line = lines[id], let seat = desk.wall?[id] else { return }
    ask(id, line.role, resume: seat.resume ?? line.end.resume, tries: line.tries)
  }

  /// Ends the line of a seat.
  func drop(_ id: String) {
    guard let line = lines.removeValue(forKey: id) else { return }
    line.end.close()
    seats[line.number] = nil
  }

  /// Says a sentence on the screen, or as a line.
  func say(_ sentence: String) {
    desk.notice = sentence
    isNew = true
  }

  /// Has what is selected heard, and said where lines are written.
  private func follow() {
    let selected = desk.wall?.selected
    voice?.select(selected?.shares.contains(.sound) == true ? selected.flatMap { lines[$0.id]?.number } : nil)
    teller?.tell(desk)
  }

  /// Seats on the wall up to which each event is drawn at once; with more of them those of the selected one are.
  private static let atOnce = 8

  private func isInView(_ id: String) -> Bool {
    guard face.drawsFrames, let wall = desk.wall else { return false }
    return wall.selected?.id == id || (desk.room == .wall && wall.seats.count <= WatchStage.atOnce)
  }
}
