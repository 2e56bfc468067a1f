import Foundation
import Support
import Testing

/// A rehearsal on a terminal that a test looks at and types into, from the shell's prompt and back to it.
struct Rehearsal {
  /// The terminal.
  let tmux: Tmux

  /// Types `rostrum rehearse …` at the prompt and waits until the program has taken the screen.
  init(in tmux: Tmux, _ arguments: String) throws {
    self.tmux = tmux
    tmux.enter("\(rostrum) rehearse \(arguments)")
    guard eventually(everySeconds: 0.05, { tmux.isAlternate }) else {
      throw SupportError("the rehearsal did not take the screen:\n\(tmux.screen)")
    }
  }

  /// The process of the rehearsal.
  var process: Int32? { ProcessFigures.descendant(of: tmux.shell, named: "rostrum") }

  /// Finishes as a person does: `q`, the question, `y`, the summary, Enter; returns the summary screen and what the
  /// shell shows in the end.
  func finish() throws -> (summary: String, shell: String) {
    tmux.press("q")
    guard tmux.wait(until: { $0.contains("Finish and save?") }) else {
      throw SupportError("q asked nothing:\n\(tmux.screen)")
    }
    tmux.press("y")
    guard tmux.wait(until: { $0.contains("Summary") }) else {
      throw SupportError("no summary:\n\(tmux.screen)")
    }
    // What is said of it beyond the figures comes when the take has been read.
    _ = tmux.wait { $0.contains("rostrum sessions show") && !$0.contains("Saved session") }
    let summary = tmux.screen
    tmux.press("Enter")
    guard eventually(everySeconds: 0.05, { !tmux.isAlternate && tmux.foreground == "sh" }) else {
      throw SupportError("the shell did not come back:\n\(tmux.screen)")
    }
    _ = tmux.wait { $0.contains("Saved session") }
    return (summary, tmux.screen)
  }
}

/// The id in a line such as `Saved session k3f9x7qa: rostrum sessions show k3f9x7qa`.
func savedSession(in text: String) -> String? {
  text.firstMatch(of: /Saved session ([0-9a-z]{8})/).map { String($0.1) }
}

/// What a rehearsal leaves as event lines, summed up for comparing.
struct Outcome: Equatable, CustomStringConvertible {
  /// From the start of the first phrase to the end of the last, in seconds.
  let talkSeconds: Double
  /// The number of pauses.
  let pauses: Int
  /// The number of syllables.
  let syllables: Int
  /// Integrated loudness, -70 where there is none.
  let loudness: Double
  /// Audio time at the end.
  let duration: Double

  /// Sums up events up to `ended`, which scores may follow; nil without it.
  init?(_ events: [SeenEvent]) {
    guard let last = events.last(where: { $0.kind == "ended" }) else { return nil }
    let phrases = events.filter { $0.kind == "phrase" }
    talkSeconds = (phrases.last?.number("end") ?? 0) - (phrases.first?.number("start") ?? 0)
    pauses = Int(last.number("pauses") ?? -1)
    syllables = Int(last.number("syllables") ?? -1)
    loudness = last.number("integrated_lufs") ?? -70
    duration = last.number("duration_seconds") ?? -1
  }

  /// All figures on one line.
  var description: String {
    "\(talkSeconds) s of talk, \(pauses) pauses, \(syllables) syllables, \(loudness) LUFS, \(duration) s in all"
  }
}

/// Event lines without what differs from run to run by nature: the id and the time of day.
func comparable(_ text: String) -> [String] {
  text.split(separator: "\n").map {
    String($0).replacing(/"(id|started_at_ms|utc_offset_seconds|source)":("[^"]*"|-?[0-9]+),?/, with: "")
  }
}

/// What a person must never see: the marks of a trap or of a trace.
func showsTrace(_ text: String) -> Bool {
  ["Fatal error", "Stack dump", "Crash", "Thread 0", "Backtrace", "Program crashed", "GRDB.", "SQLite error"]
    .contains { text.contains($0) }
}

/// Flags of setpriv under which even root obeys the permissions of files, so that they can be tested as root.
let obeyingPermissions = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]

/// Whether a test may lay folders of its own over those of the machine, for its programs alone.
let canHide = getuid() == 0 && (try? run(["unshare", "-m", "true"]))?.code == 0
