package import ArgumentParser
import Glibc
import Practice

/// The command line: `rostrum` alone opens the home screen, everything else is a subcommand.
package struct Rostrum: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rostrum", abstract: "A coach for people who speak: live pace, pauses and fillers, in the terminal.",
    discussion: """
      Alone it opens the home screen. Nothing leaves this machine unasked.

      Example: rostrum rehearse --length 5-7m
      """,
    version: version,
    subcommands: [
      RehearseCommand.self, DrillCommand.self, DrillsCommand.self, PlanCommand.self, AnalyzeCommand.self,
      TranscribeCommand.self, CalibrateCommand.self,
      TutorCommand.self,
      TutorsCommand.self, ReviewCommand.self, SessionsCommand.self, ShareCommand.self, WatchCommand.self,
      ExportCommand.self,
      ImportCommand.self,
      ForgetCommand.self, BackupCommand.self, RestoreCommand.self, DevicesCommand.self, TalkCommand.self,
      ConfigCommand.self, DoctorCommand.self, RelayCommand.self, ProbeWordsCommand.self,
    ])

  /// The version that `--version` prints.
  package static let version = Beginning.currentVersion

  @OptionGroup var look: LookOptions

  package init() {}

  package mutating func run() throws {
    try Rehearsal.home(flags: look.flags)
  }

  /// Runs the program: parses, runs, and ends the process with the proper exit code.
  package static func launch() -> Never {
    do {
      try prepareProcess()
      var command = try parseAsRoot()
      try command.run()
      Glibc.exit(ExitStatus.ok.rawValue)
    } catch let failure as Failure {
      Printed.complain(failure.sentence)
      Glibc.exit(failure.status.rawValue)
    } catch let status as ExitStatusError {
      Glibc.exit(status.status.rawValue)
    } catch {
      // Help, version, and what the command line got wrong; it may repeat what was typed, escapes included.
      let code = exitCode(for: error)
      let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false).map {
        Printed.safe(String($0))
      }
      let text = lines.joined(separator: "\n")
      if code == .success { Printed.line(text) } else { Printed.error(text) }
      Glibc.exit(code.rawValue)
    }
  }

  /// Makes sure of what every command relies on: three open descriptors, so that no file of ours becomes standard
  /// output; writing into one that was closed, into a closed pipe or past a file's limit is an error and not the end; the
  /// user's locale.
  private static func prepareProcess() throws(Failure) {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    setlocale(LC_ALL, "")
    var files = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 else { return }
    let wanted = rlim_t(Limits.openFiles)
    if files.rlim_cur < wanted {
      files.rlim_cur = min(wanted, files.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    }
    guard files.rlim_cur >= wanted else { throw Failure(.io, Messages.fewFiles(Int(files.rlim_cur))) }
  }
}
