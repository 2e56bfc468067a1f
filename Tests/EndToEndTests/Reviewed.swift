import Foundation
import Support
import Testing

/// A session to look back at, made once for all tests that do: somebody talks for 52 s, says "um" and "uh" meanwhile, and
/// keeps the sound.
enum Reviewed {
  /// Whether all that it needs is there.
  static let isThere = Speech.shared != nil && Prompted.hasModel && Tmux.isThere && Database.isThere
  /// Why tests are skipped where it is not.
  static let whyNot: Comment = "needs ../shared/speech, pocketsphinx-en-us, tmux and sqlite3"

  /// The recordings, one after the other.
  static func wave() throws -> Wave {
    let folder = (Speech.shared ?? "") + "/human/mfa_"
    return try Wave(path: folder + "acoustic_corpus.wav") + Wave(path: folder + "cold_corpus.wav")
  }

  /// What is said in it, as a talk.
  static let talk = """
    ---
    title: Corpus
    ---
    # Corpus

    This is the acoustic corpus. I'm talking pretty fast here. There's nothing going on.

    There's some speech errors but who cares.

    This is me talking really slow and slightly lower in intensity.

    We're just saying some words and here's some more words. And that should be all, thanks.

    So this is the sick corpus. I have a cold so I probably sound quite different.

    I'm saying a bunch of different words that I did not say in the original one. And here's a long pause.

    """

  private static let made = Result {
    let world = try World(["ROSTRUM_RECOGNISER": "auto"])
    return (world: world, id: try world.spoken())
  }

  /// A world of its own with that session in its history, and the session's id.
  static func world(_ environment: [String: String] = [:]) throws -> (world: World, id: String) {
    let (made, id) = try made.get()
    let world = try World(World.withoutMicrophone.merging(environment) { $1 })
    try FileManager.default.copyItem(atPath: made.home, toPath: world.home)
    return (world, id)
  }
}

extension World {
  /// Rehearses the talk with the recording, and returns the session's id.
  func spoken(_ arguments: String..., wave: Wave? = nil) throws -> String {
    let path = try file(try wave ?? Reviewed.wave(), "corpus.wav")
    let talk = try scratch.write(Reviewed.talk, to: "corpus.md")
    let done = try run(
      [RostrumBinary.path, "rehearse", talk, "--input", path, "--fast", "--keep-audio"] + arguments,
      environment: environment.merging(["ROSTRUM_RECOGNISER": "auto"]) { $1 })
    return try #require(savedSession(in: done.output + done.errors), "\(done)")
  }

  /// The events of a session as another program finds them in the database.
  func kept(_ id: String, _ kind: String) throws -> [SeenEvent] {
    try database.rows("SELECT line FROM event WHERE sessionId = '\(id)' AND kind = '\(kind)' ORDER BY seq")
      .compactMap { SeenEvent($0[0]) }
  }
}

/// The screens that look back, on a terminal that a test looks at and types into, with no network at all.
struct Looking {
  /// The terminal.
  let tmux: Tmux
  /// Where the program was started, and writes files to.
  let folder: String

  /// Opens `rostrum review` with these arguments.
  init(
    _ world: World, _ arguments: String = "last", columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:]
  ) throws {
    tmux = try world.tmux(columns: columns, rows: rows, environment: environment)
    folder = try world.scratch.folder("files")
    tmux.enter("cd '\(folder)'")
    try open(arguments)
  }

  /// Opens it again after it was left.
  func open(_ arguments: String = "last") throws {
    tmux.enter((Isolation.withoutNetwork + [rostrum, "review", arguments]).joined(separator: " "))
    guard eventually(everySeconds: 0.05, { tmux.isAlternate }) else {
      throw SupportError("the review did not take the screen:\n\(tmux.screen)")
    }
  }

  /// Presses Tab until steps are of this kind.
  func step(by unit: String, at place: SourceLocation = #_sourceLocation) {
    for _ in 0..<7 where !screen.contains("a \(unit) (Tab)") {
      let before = screen
      tmux.press("Tab")
      _ = tmux.wait { $0 != before }
    }
    expect("a \(unit)", at: place) { $0.contains("a \(unit) (Tab)") }
  }

  /// What is on the screen.
  var screen: String { tmux.screen }

  /// Presses keys and waits for `words` on the screen.
  func press(_ keys: String..., until words: String, at place: SourceLocation = #_sourceLocation) {
    for key in keys { tmux.press(key) }
    expect(words, at: place) { $0.contains(words) }
  }

  /// Presses a key, fills in the line that is asked for, and waits for `words` on the screen.
  func press(_ key: String, typing line: String, until words: String, at place: SourceLocation = #_sourceLocation) {
    tmux.press(key)
    expect("> ", at: place) { $0.contains("> ") }
    // What stands in it already is taken back first.
    tmux.command("send-keys", "-N", "60", "BSpace")
    tmux.enter(line)
    expect(words, at: place) { $0.contains(words) }
  }

  /// Waits until the screen holds what is asked for.
  func expect(_ what: String, at place: SourceLocation = #_sourceLocation, _ condition: (String) -> Bool) {
    let isSeen = tmux.wait(until: condition)
    #expect(isSeen, "\(what) is not seen:\n\(screen)", sourceLocation: place)
  }

  /// The second that the time machine is at, by its clock; nil where none is shown.
  var seconds: Int? { clock(in: screen) }

  /// Waits until the time machine's clock shows one of these seconds.
  func expectClock(_ seconds: ClosedRange<Int>, at place: SourceLocation = #_sourceLocation) {
    expect("a clock at \(seconds)", at: place) { clock(in: $0).map(seconds.contains) ?? false }
  }

  private func clock(in screen: String) -> Int? {
    screen.firstMatch(of: /([0-9]+):([0-9]{2}) of [0-9]/).flatMap { found in
      Int(found.1).flatMap { minutes in Int(found.2).map { minutes * 60 + $0 } }
    }
  }

  /// The number behind a label on the screen: `fillers  3, 7.1 a minute`.
  func number(_ label: String) -> Double? {
    screen.split(separator: "\n").lazy.compactMap { line -> Double? in
      guard let place = line.range(of: label) else { return nil }
      return line[place.upperBound...].firstMatch(of: /[0-9]+(\.[0-9]+)?/).flatMap { Double($0.0) }
    }.first
  }

  /// Goes back by Ctrl-C until the shell is there again.
  func leave(at place: SourceLocation = #_sourceLocation) {
    let isBack = eventually(everySeconds: 0.1) {
      guard tmux.isAlternate || tmux.foreground != "sh" else { return true }
      tmux.press("C-c")
      return false
    }
    #expect(isBack, "\(screen)", sourceLocation: place)
  }
}
