import Foundation
import Support
import Testing

/// A host with an OpenSSH server, on which learners rehearse and to which tutors log in.
struct Classroom {
  /// The accounts of the host.
  let accounts: Accounts
  /// Its server.
  let server: SSHServer
  /// Whether all of it can be had.
  static let isThere = SSHServer.isThere && Tmux.isThere && Database.isThere && Speech.isThere
  /// What to say where it cannot.
  static let whyNot = "\(SSHServer.whyNot), tmux, sqlite3 and pocketsphinx-testdata"

  init() throws {
    accounts = try Accounts()
    server = try SSHServer(for: accounts)
  }

  /// Somebody at the learner's own terminal who rehearses from a recording and shares it.
  func learner(_ sound: Wave, more: String = "", columns: Int = 100, rows: Int = 30) throws -> SharingLearner {
    try SharingLearner(in: self, try accounts.add(isLearner: true), sound, more: more, columns: columns, rows: rows)
  }

  /// An account that logs in to this host by its own key.
  func visitor(isTutor: Bool = true) throws -> Accounts.Account {
    let account = try accounts.add(isTutor: isTutor)
    try server.allow(account, into: account)
    return account
  }

  /// The wall of `account`, over `ssh -t`, at a terminal of its own.
  func wall(
    of account: Accounts.Account, _ arguments: String = "", columns: Int = 140, rows: Int = 40
  ) throws -> Wall {
    let tmux = try Tmux(columns: columns, rows: rows)
    let line = server.command(account, to: account, remote("watch " + arguments), isOnTerminal: true)
    tmux.enter(quoted(line))
    guard eventually(everySeconds: 0.05, { tmux.isAlternate }) else {
      throw SupportError("rostrum watch did not take the screen:\n\(tmux.screen)")
    }
    return Wall(account: account, tmux: tmux)
  }

  /// `rostrum …` as a shell at the far end of a login reads it.
  func remote(_ arguments: String) -> String {
    "LANG=C.UTF-8 ROSTRUM_SHARE_FOLDER='\(accounts.share)' exec '\(accounts.program)' \(arguments)"
  }

  /// Runs the program as `account` to its end, off any terminal.
  func rostrum(as account: Accounts.Account, _ arguments: String...) throws -> Run {
    try run(accounts.command(as: account, [accounts.program] + arguments))
  }
}

/// Somebody who watches, at a terminal of their own.
struct Wall {
  let account: Accounts.Account
  let tmux: Tmux
}

/// Somebody who rehearses on a screen of their own, as an account of their own.
final class SharingLearner {
  let account: Accounts.Account
  let tmux: Tmux
  /// What is kept of the rehearsal, read as the learner.
  let database: Database
  private let classroom: Classroom

  init(
    in classroom: Classroom, _ account: Accounts.Account, _ sound: Wave, more: String = "", columns: Int = 100,
    rows: Int = 30, isShared: (() -> Bool)? = nil
  ) throws {
    (self.account, self.classroom) = (account, classroom)
    let accounts = classroom.accounts
    database = Database(
      path: account.home + "/.local/share/rostrum/history.sqlite", before: accounts.command(as: account, []))
    tmux = try Tmux(columns: columns, rows: rows)
    let path = try accounts.write(sound.file, to: "speech.wav", of: account)
    let line = accounts.command(
      as: account, [accounts.program, "rehearse", "--input", path, "--share"],
      environment: ["TERM": "tmux-256color"])
    tmux.enter(quoted(line) + " " + more)
    guard eventually(everySeconds: 0.05, { tmux.isAlternate }) else {
      throw SupportError("the rehearsal did not take the screen:\n\(tmux.screen)")
    }
    guard eventually({ isShared?() ?? !sockets.isEmpty }) else {
      throw SupportError("nothing is shared:\n\(tmux.screen)")
    }
  }

  /// The process of the rehearsal.
  var process: Int32? { ProcessFigures.descendant(of: tmux.shell, named: "rostrum") }

  /// The sockets that the learner listens on for tutors.
  var sockets: [String] {
    let folder = "\(classroom.accounts.share)/\(account.name)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".sock") }
      .map { "\(folder)/\($0)" }
  }

  /// Answers the request of `name` with a key of the room about sharing, and leaves that.
  func answer(_ name: String, _ key: String) throws {
    guard tmux.wait(until: { $0.contains("\(name) asks to watch") }) else {
      throw SupportError("\(name) does not ask:\n\(tmux.screen)")
    }
    tmux.press("S")
    guard tmux.wait(until: { $0.contains("Sharing") && $0.contains("\(name) asks to watch as") }) else {
      throw SupportError("no room about sharing:\n\(tmux.screen)")
    }
    tmux.press(key)
    guard tmux.wait(until: { !$0.contains("\(name) asks to watch") }) else {
      throw SupportError("\(key) answers nothing:\n\(tmux.screen)")
    }
    tmux.press("Escape")
    guard tmux.wait(until: { !$0.contains("end sharing  Esc back") }) else {
      throw SupportError("the room about sharing is not left:\n\(tmux.screen)")
    }
  }

  /// All that is kept so far, in order.
  var events: [SeenEvent] {
    let rows = (try? database.rows("SELECT line FROM event ORDER BY seq")) ?? []
    return rows.compactMap { SeenEvent($0[0]) }
  }

  /// What became of those who came, as `joined beck`.
  var guests: [String] {
    events.filter { $0.kind == "watcher" }.map {
      "\($0.fields["change"] as? String ?? "?") \($0.fields["name"] as? String ?? "?")"
    }
  }

  /// Expects the log to say so soon.
  func expectGuest(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let isThere = eventually(everySeconds: 0.1) { guests.contains(line) }
    #expect(isThere, "\(line) is not among \(guests):\n\(tmux.screen)", sourceLocation: sourceLocation)
  }

  /// Finishes and saves once some seconds are kept, leaves for the shell, and returns all that was kept.
  func finish() throws -> [SeenEvent] {
    _ = eventually { events.count { $0.kind == "second" } > 4 }
    tmux.press("q")
    guard tmux.wait(until: { $0.contains("Finish and save?") }) else {
      throw SupportError("q asked nothing:\n\(tmux.screen)")
    }
    tmux.press("y")
    guard tmux.wait(until: { $0.contains("Summary") }) else { throw SupportError("no summary:\n\(tmux.screen)") }
    _ = tmux.wait { $0.contains("rostrum sessions show") && !$0.contains("Saved session") }
    tmux.press("Enter")
    guard eventually(everySeconds: 0.05, { !tmux.isAlternate && tmux.foreground == "sh" }) else {
      throw SupportError("the shell did not come back:\n\(tmux.screen)")
    }
    return events
  }
}

/// Expects a log without a hole: a roll-up of each second that was heard, in order, and no second twice.
func expectWhole(_ events: [SeenEvent], isOver: Bool = true, _ note: String = "") {
  let starts = events.filter { $0.kind == "second" }.compactMap { $0.number("start") }
  let steps = zip(starts, starts.dropFirst()).map { $1 - $0 }
  #expect(events.first?.kind == "began", "\(note)")
  #expect(!isOver || events.contains { $0.kind == "ended" }, "\(note): \(events.last?.kind ?? "nothing")")
  #expect(starts.count > 2 && steps.allSatisfy { abs($0 - 1) < 0.05 }, "\(note): \(starts)")
  let lost = events.filter { $0.kind == "gap" }
  #expect(lost.isEmpty, "\(note): sound was lost \(lost.map(\.seconds))")
}
