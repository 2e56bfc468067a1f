import ArgumentParser
import Glibc
import History
import Practice
import Report

/// `rostrum import`: sessions that `rostrum export --format json` wrote, and what a tutor said about them.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in sessions that export --format json wrote.",
    discussion: """
      A file is read to its end first: one that is cut off or wrong changes nothing. A
      session that is here already gets what is new behind its end, such as a tutor's
      comments, and nothing else of it changes.

      Examples:
        rostrum import rostrum-k3f9x7qa.json
        rostrum import session-with-notes.json --as "Ana Ruiz"
        ssh laptop rostrum export --all --format json --output - | rostrum import -
      """)

  @Argument(help: "Files of one session or many; - for standard input.", completion: .file())
  var files: [String] = []

  @Option(name: .customLong("as"), help: "Whose comments and judgements those without a name are.")
  var author: String?

  @Flag(help: "One JSON object a session.")
  var json = false

  mutating func run() throws {
    guard !files.isEmpty else { throw Failure(.usage, Messages.importNeedsFile) }
    let name = author.map { Comment("", start: 0, by: $0).by ?? "" }
    if name?.trimmingBlanks().isEmpty ?? false { throw Failure(.usage, Messages.authorHasNoName) }
    let surroundings = try Surroundings.gather()
    Log.open(in: surroundings.places.logs)
    var status = ExitStatus.ok
    var takes: SessionImport?
    for path in files {
      do throws(Failure) {
        let (file, spare) = try Self.readable(path)
        defer { if let spare { unlink(spare) } }
        try file.read(isCheck: true) { _ in }
        if takes == nil { takes = try Self.open(surroundings, author: name) }
        guard let takes else { return }
        try file.read(isCheck: false) { (session) throws(Failure) in
          report(try takes.take(session), session.facts.id)
        }
      } catch {
        Printed.complain(error.sentence)
        if status == .ok { status = error.status }
      }
    }
    if status != .ok { throw ExitStatusError(status: status) }
  }

  private static func open(_ surroundings: Surroundings, author: String?) throws(Failure) -> SessionImport {
    do throws(HistoryError) {
      let history = try History(folder: surroundings.places.data)
      return SessionImport(history: history, reader: PastReader(history, surroundings), author: author)
    } catch { throw Failure(error) }
  }

  /// A file that can be read twice; standard input is put into one, whose path is the second value.
  private static func readable(_ path: String) throws(Failure) -> (SessionFile, String?) {
    guard path == "-" else { return (SessionFile(path: path, name: path), nil) }
    var template = Array("\(Surroundings.processEnvironment()["TMPDIR"] ?? "/tmp")/rostrum-import-XXXXXX".utf8CString)
    let copy = mkstemp(&template)
    let spare = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard copy >= 0 else { throw Failure(.cannotCreate, Messages.notWritten(spare, errno)) }
    defer { close(copy) }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count == 0 { return (SessionFile(path: spare, name: "standard input"), spare) }
      guard count > 0, write(copy, block, count) == count else {
        let code = errno
        unlink(spare)
        throw Failure(.io, Messages.notWritten(spare, code))
      }
    }
  }

  private func report(_ outcome: SessionImport.Outcome, _ id: String) {
    guard json else { return Printed.sentence(Messages.imported(outcome, id, author: author)) }
    let (word, events, leftOut) =
      switch outcome {
      case .taken(let events): ("imported", events, 0)
      case .merged(let events, let leftOut): ("merged", events, leftOut)
      case .remarks(let count, let nameless): ("merged", count, nameless)
      case .same: ("same", 0, 0)
      }
    Printed.line(
      JSON.object([
        .init("id", .string(id)), .init("outcome", .string(word)), .init("events", .count(events)),
        .init("left_out", .count(leftOut)),
      ]).text)
  }
}
