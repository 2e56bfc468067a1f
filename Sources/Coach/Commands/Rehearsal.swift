import Audience
import Glibc
import History
import Practice
import Screen
import Sound
import Terminal

/// Opens a face, puts a stage on it, runs the loop, and takes leave.
enum Rehearsal {
  enum Style { case screen, plain, json }

  /// Runs one take from beginning to end.
  static func run(_ plan: TakePlan, style: Style, readsInput: Bool, surroundings: Surroundings) throws(Failure) {
    let signals = Loop.catchSignals()
    let theme = try surroundings.theme()
    try prepare(surroundings)
    let parts = try TakeParts.open(plan, surroundings)
    let face = face(style, readsInput: readsInput, theme: theme, surroundings)
    let room: Room = plan.drill == nil ? .rehearsal : .drill
    let stage = Stage(surroundings: surroundings, face: face, room: room, plan: plan)
    do throws(Failure) { try stage.start(parts) } catch {
      face.close()
      throw error
    }
    try perform(stage, signals: signals, tellsFarewell: style == .json ? STDERR_FILENO : STDOUT_FILENO)
  }

  /// Opens the home screen.
  static func home(flags: [String: String]) throws {
    let surroundings = try Surroundings.gather(flags: flags)
    try surroundings.insistOnSettings()
    guard isatty(STDOUT_FILENO) != 0 else {
      throw Failure(.usage, "The home screen needs a terminal. rostrum --help lists the commands that do not.")
    }
    let settings = surroundings.settings
    let plan = TakePlan(request: .device(settings.device), length: settings.length, keepsAudio: settings.keepAudio)
    let (stage, signals) = try screen(plan, surroundings)
    stage.draw()
    stage.lookAround()
    try perform(stage, signals: signals, tellsFarewell: STDOUT_FILENO)
  }

  /// Offers a past session to tutors, while the learner looks at it.
  static func share(_ past: PastSession, _ surroundings: Surroundings) throws(Failure) {
    try review(past, at: nil, isShared: true, surroundings)
  }

  /// Opens a past session: its summary, or the time machine at a second; or the history.
  static func review(
    _ past: PastSession?, at seconds: Double?, isShared: Bool = false, _ surroundings: Surroundings
  ) throws(Failure) {
    let settings = surroundings.settings
    let plan = TakePlan(request: .device(settings.device), length: settings.length)
    let (stage, signals) = try screen(plan, surroundings)
    stage.desk.rooms = []
    if let past { stage.opened(past, at: seconds) } else { stage.desk.rooms = [.history] }
    if past == nil { stage.perform(.review(.list(isMore: false))) }
    if isShared { stage.share() }
    stage.errands.run(Errands.sweep(surroundings))
    stage.draw()
    try perform(stage, signals: signals, tellsFarewell: STDOUT_FILENO)
  }

  /// Opens the card of the drill that `plan` wishes for; where the terminal shows no screens it begins at once.
  static func card(_ plan: TakePlan, _ wish: DrillWish, _ surroundings: Surroundings) throws(Failure) {
    let theme = try surroundings.theme()
    guard let face = screenFace(theme: theme, surroundings) else {
      var plan = plan
      let starts = DrillStarts(surroundings)
      try plan.attempt(try starts.take(wish.drill, topic: wish.topic, folder: wish.folder, seed: wish.seed))
      return try run(plan, style: .screen, readsInput: false, surroundings: surroundings)
    }
    let signals = Loop.catchSignals()
    do throws(Failure) { try prepare(surroundings) } catch {
      face.close()
      throw error
    }
    var plan = plan
    plan.wish = wish
    let stage = Stage(surroundings: surroundings, face: face, room: .drillCard, plan: plan)
    stage.desk.drills.card = DrillState.Card(wish.drill)
    stage.desk.notice = plan.notices.first
    stage.errands.run(DrillErrands.card(wish.drill, surroundings))
    stage.errands.run(Errands.devices)
    stage.draw()
    try perform(stage, signals: signals, tellsFarewell: STDOUT_FILENO)
  }

  /// Opens the drills, what is due first.
  static func drills(_ surroundings: Surroundings) throws(Failure) {
    let settings = surroundings.settings
    let plan = TakePlan(request: .device(settings.device), keepsAudio: settings.keepAudio)
    let (stage, signals) = try screen(plan, surroundings)
    stage.desk.rooms = []
    for order in stage.desk.openDrills() { stage.perform(order) }
    stage.errands.run(Errands.sweep(surroundings))
    stage.draw()
    try perform(stage, signals: signals, tellsFarewell: STDOUT_FILENO)
  }

  /// Opens the conversation about a past session.
  static func converse(_ past: PastSession, _ tutors: TutorDesk, _ surroundings: Surroundings) throws(Failure) {
    let signals = Loop.catchSignals()
    let theme = try surroundings.theme()
    Log.open(in: surroundings.places.logs)
    let settings = surroundings.settings
    let plan = TakePlan(request: .device(settings.device), length: settings.length)
    let face = face(.screen, readsInput: false, theme: theme, surroundings)
    let stage = Stage(surroundings: surroundings, face: face, room: .home, plan: plan)
    stage.desk.rooms = []
    stage.opened(tutors, past)
    stage.draw()
    try perform(stage, signals: signals, tellsFarewell: STDOUT_FILENO)
  }

  /// Makes sure that the history can be used, and closes what an earlier run left open.
  private static func prepare(_ surroundings: Surroundings) throws(Failure) {
    Log.open(in: surroundings.places.logs)
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      for sentence in try Archive.closeAbandoned(in: history, takes: surroundings.places.takes) {
        Printed.complain(sentence)
      }
      for sentence in Retention(surroundings).apply() { Printed.complain(sentence) }
    } catch {
      // A full disk or a busy one must not keep anybody from rehearsing: the session says that it is not saved.
      guard [.diskFull, .busy, .io].contains(error.kind) else { throw Failure(error) }
    }
  }

  /// A stage on the screen, with the signals that are received from here on; throws where the terminal shows no screens.
  private static func screen(
    _ plan: TakePlan, _ surroundings: Surroundings
  ) throws(Failure) -> (stage: Stage, signals: Int32) {
    let signals = Loop.catchSignals()
    let theme = try surroundings.theme()
    guard let face = screenFace(theme: theme, surroundings) else {
      throw Failure(.usage, Messages.noScreens(surroundings.environment["TERM"] ?? ""))
    }
    Log.open(in: surroundings.places.logs)
    return (Stage(surroundings: surroundings, face: face, room: .home, plan: plan), signals)
  }

  private static func perform(_ stage: Stage, signals: Int32, tellsFarewell descriptor: Int32) throws(Failure) {
    Loop.run(stage, signals: signals)
    stage.face.close()
    for sharing in stage.departing { sharing.close(.finished) }
    stage.plan.publishing?.close()
    // A terminal that takes nothing any more must not keep the program from ending.
    let outlet = Outlet(descriptor: descriptor)
    for sentence in stage.farewell {
      for line in Printed.broken(Printed.safe(sentence), to: Terminals.columns(descriptor)) { outlet.write(line) }
    }
    outlet.flush(waitMilliseconds: 1_000)
    LedgerPost.finish()
    if stage.status != .ok { exit(stage.status.rawValue) }
  }

  /// The face for a style; lines where the terminal shows no screens.
  static func face(_ style: Style, readsInput: Bool, theme: Theme, _ surroundings: Surroundings) -> any Face {
    if style == .screen, let face = screenFace(theme: theme, surroundings) { return face }
    if style == .screen { Printed.complain("This terminal cannot show screens; writing lines instead.") }
    return LineFace(style: style == .json ? .json : .plain, keys: plainKeys(readsInput: readsInput))
  }

  /// Keys for line output: from the terminal, if this is the job in its foreground.
  private static func plainKeys(readsInput: Bool) -> PlainKeys? {
    guard readsInput || isatty(STDIN_FILENO) != 0 else { return nil }
    return try? PlainKeys(terminal: .controlling)
  }

  private static func screenFace(theme: Theme, _ surroundings: Surroundings) -> ScreenFace? {
    let environment = surroundings.environment
    let settings = surroundings.settings
    let isUTF8 = Screen.localeIsUTF8
    let name = environment["TERM"] ?? ""
    let depth =
      settings.colourDepth ?? ColourDepth.detect(environment: environment)
    guard let screen = try? Screen(terminal: .controlling, termName: name, depth: depth, theme: theme) else {
      return nil
    }
    let glyphs: Glyphs =
      switch settings.glyphs {
      case .auto: .of(utf8: isUTF8)
      case .unicode: .unicode
      case .ascii: .ascii
      }
    return ScreenFace(screen: screen, glyphs: glyphs)
  }
}
