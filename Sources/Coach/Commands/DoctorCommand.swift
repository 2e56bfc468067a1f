import ArgumentParser
import Glibc
import History
import Practice
import Screen
import Sound
import SpeechSignals
import Terminal

/// `rostrum doctor`: checks everything a rehearsal needs, and says what to do about each thing that is wrong.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check microphone, words, playback, terminal, database and folders.",
    discussion: """
      Examples:
        rostrum doctor --device pulse
        rostrum doctor --endpoints
      """)

  @Option(help: "The capture device to check.")
  var device: String?

  @Flag(help: "Ask each endpoint in the settings one short question, and nothing of yours.")
  var endpoints = false

  @Flag(help: "Forbid the network outright.")
  var offline = false

  @Flag(help: "One JSON object a check.")
  var json = false

  mutating func run() throws {
    var flags: [String: String] = [:]
    flags["device"] = device
    if offline { flags["offline"] = "yes" }
    let surroundings: Surroundings
    do throws(Failure) { surroundings = try Surroundings.gather(flags: flags) } catch {
      report(
        Finding("settings", .bad, error.sentence, nextStep: "Mend or remove that file, then run doctor again."))
      throw ExitStatusError(status: error.status)
    }
    let checks: [(Surroundings) -> Finding] = [
      Checks.settings, Checks.folders, Checks.database, Checks.integrity, Checks.index, Checks.recordings,
      Checks.rubrics, Checks.baseline,
      Checks.theme, Checks.terminal,
      Checks.microphone, Checks.words, Checks.fillers, Checks.playback, Checks.sharing, Checks.watching,
    ]
    var worst = Finding.Verdict.good
    if endpoints {
      for finding in EndpointChecks(surroundings).findings(each: report) { worst = max(worst, finding.verdict) }
      if worst == .bad { throw ExitStatusError(status: .unavailable) }
      return
    }
    for check in checks {
      let finding = check(surroundings)
      worst = max(worst, finding.verdict)
      report(finding)
    }
    if worst == .bad { throw ExitStatusError(status: .unavailable) }
  }

  private func report(_ finding: Finding) {
    if json {
      Printed.line(JSON.object(finding.fields).text)
    } else {
      Printed.line(Printed.safe("\(finding.verdict.word)  \(finding.name.padded(to: 10))  \(finding.sentence)"))
      if let step = finding.nextStep { Printed.line(Printed.safe("                  \(step)")) }
    }
  }
}

/// The checks, each a look at one thing.
enum Checks {
  static func settings(_ surroundings: Surroundings) -> Finding {
    guard let first = surroundings.complaints.first else {
      return Finding("settings", .good, surroundings.places.configFile)
    }
    return Finding("settings", .bad, first.description, nextStep: "Mend the line, or run: rostrum config set KEY VALUE")
  }

  static func folders(_ surroundings: Surroundings) -> Finding {
    do throws(PlaceError) {
      try surroundings.places.make()
      for folder in [surroundings.places.data, surroundings.places.state] where access(folder, W_OK) != 0 {
        return Finding(
          "folders", .bad, "\(folder) cannot be written to.",
          nextStep: "Check its permissions, or set ROSTRUM_HOME to a folder of yours.")
      }
    } catch {
      return Finding("folders", .bad, error.description + ".", nextStep: "Set ROSTRUM_HOME to a folder of yours.")
    }
    var space = statvfs()
    if statvfs(surroundings.places.data, &space) == 0 {
      let free = Double(space.f_bavail) * Double(space.f_frsize) / 1e6
      if free < 100 {
        return Finding(
          "folders", .fair, "\(surroundings.places.data) has \(Figures.decimal(free, 0)) MB left.",
          nextStep: "Free some space: an hour of rehearsing takes about 2 MB, with --keep-audio 200 MB.")
      }
    }
    return Finding("folders", .good, surroundings.places.data)
  }

  static func database(_ surroundings: Surroundings) -> Finding {
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      let sessions = try history.sessions(limit: Limits.listedSessions)
      let many = sessions.count == Limits.listedSessions ? "or more " : ""
      return Finding(
        "history", .good, "\(many)\(Figures.count(sessions.count, "session")) in \(surroundings.places.database)")
    } catch {
      return Finding(
        "history", .bad, Messages.sentence(error),
        nextStep: "Rehearsing works with another folder meanwhile: ROSTRUM_HOME=DIR rostrum")
    }
  }

  static func baseline(_ surroundings: Surroundings) -> Finding {
    do throws(Failure) {
      guard let newest = try BaselineFile.read(surroundings.places).all.first else {
        return Finding("baseline", .good, "none yet; rostrum calibrate makes one in twenty seconds")
      }
      let room = newest.floorDecibels.map { ", room \(Figures.decimal($0, 0)) dB" } ?? ""
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      let days = max(0, now.tv_sec - newest.madeAtMilliseconds / 1_000) / 86_400
      let age = days == 0 ? "made today" : Figures.count(days, "day") + " old"
      return Finding(
        "baseline", .good,
        "\(newest.source), \(Figures.rate(newest.rate)): own level \(Figures.decimal(newest.speechDecibels, 0)) dB\(room), \(age)"
      )
    } catch {
      return Finding(
        "baseline", .fair, error.sentence, nextStep: "Rehearsing works without it. A new one: rostrum calibrate")
    }
  }

  static func theme(_ surroundings: Surroundings) -> Finding {
    do throws(Failure) {
      _ = try surroundings.theme()
      return Finding(
        "theme", .good,
        "\(surroundings.settings.theme); there are \(surroundings.shelf.names().joined(separator: ", "))")
    } catch { return Finding("theme", .bad, error.sentence, nextStep: "Choose another: rostrum config set theme dusk") }
  }

  static func terminal(_ surroundings: Surroundings) -> Finding {
    let name = surroundings.environment["TERM"] ?? "not set"
    guard isatty(STDOUT_FILENO) != 0 else {
      return Finding("terminal", .good, "output is no terminal, so rehearse writes plain lines")
    }
    var rows: Int32 = 0
    var columns: Int32 = 0
    _ = Terminals.size(&rows, &columns)
    let depth = ColourDepth.detect(environment: surroundings.environment)
    let found =
      "TERM=\(name), \(columns)x\(rows), colours: \(depth.rawValue), \(Surroundings.isUTF8 ? "UTF-8" : "ASCII")"
    if columns < 40 || rows < 12 {
      return Finding("terminal", .fair, found, nextStep: "Rostrum needs 40x12; make the window larger, or use --plain.")
    }
    if name == "dumb" || name == "not set" {
      return Finding(
        "terminal", .fair, found, nextStep: "Screens need a TERM such as xterm-256color; --plain always works.")
    }
    if !Surroundings.isUTF8 {
      return Finding("terminal", .fair, found, nextStep: "For finer meters use a UTF-8 locale: export LANG=C.UTF-8")
    }
    if depth != .truecolor, depth != .indexed256, surroundings.environment["NO_COLOR"] == nil {
      return Finding(
        "terminal", .fair, found,
        nextStep: "If it can do more, say so: export TERM=xterm-256color, and COLORTERM=truecolor over SSH.")
    }
    return Finding("terminal", .good, found)
  }

  static func microphone(_ surroundings: Surroundings) -> Finding {
    let name = surroundings.settings.device
    do throws(SoundError) {
      let capture = try Capture(.device(name))
      let reader = capture.makeReader()
      capture.start()
      defer { capture.stop() }
      var analyzer = Analyzer(settings: AnalyzerSettings())
      var results = Results()
      var buffer: [Float] = []
      var loudest: Float = -100
      var flat: Float = 0
      for _ in 0..<40 where results.readings.count < 150 {
        if case .samples = reader.next(timeoutMilliseconds: 100, into: &buffer) {
          analyzer.process(buffer.span, into: &results)
        }
      }
      for reading in results.readings {
        loudest = max(loudest, reading.peakDecibels)
        flat = reading.flatSeconds
      }
      let used = capture.description
      let found =
        "\(used.name), \(Figures.rate(used.format.rate)), \(Figures.count(used.format.channels, "channel"))"
        + (used.hasRealtimePriority == true ? ", real-time priority" : "")
      if results.readings.isEmpty {
        return Finding("microphone", .bad, "\(found): no sound arrives.", nextStep: "Choose another: rostrum devices")
      }
      let level = Figures.decimal(Double(loudest), 0)
      if flat > 1 || loudest <= -99 {
        return Finding(
          "microphone", .fair, "\(found): all silent. Muted?",
          nextStep: "Unmute it (alsamixer, pavucontrol), then try again.")
      }
      if loudest > -1 {
        return Finding(
          "microphone", .fair, "\(found): peak \(level) dB, too loud.",
          nextStep: "Turn the capture level down (alsamixer, pavucontrol).")
      }
      if loudest < -45 {
        return Finding(
          "microphone", .good,
          "\(found): peak \(level) dB. Speak while doctor runs to check the level; -30 to -6 dB is good.")
      }
      return Finding("microphone", .good, "\(found): peak \(level) dB")
    } catch {
      return Finding(
        "microphone", .bad, Failure(error).sentence,
        nextStep:
          "Choose one: rostrum devices, then: rostrum config set device NAME. Without one: rostrum rehearse --demo")
    }
  }

  static func playback(_ surroundings: Surroundings) -> Finding {
    guard let problem = canPlay(device: "default") else { return Finding("playback", .good, "default") }
    return Finding(
      "playback", .fair, "default cannot be played on (\(problem.detail)).",
      nextStep: "Rehearsing needs no playback. To hear takes again: rostrum devices lists what there is.")
  }
}

extension String {
  /// This text, filled with blanks to `columns` characters.
  fileprivate func padded(to columns: Int) -> String { self + String(repeating: " ", count: max(columns - count, 0)) }
}
