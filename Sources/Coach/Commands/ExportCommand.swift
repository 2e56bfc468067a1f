import ArgumentParser
import Glibc
import History
import Practice
import Sound

/// `rostrum export`: sessions as files for people, players and programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write sessions as PDF, HTML, Markdown, CSV, JSON, captions, pictures or clips.",
    discussion: """
      Examples:
        rostrum export last --format pdf
        rostrum export last --format md --output -
        rostrum export --all --format csv --output sessions.csv
        rostrum export --all --format json --output backup/
        rostrum export last --clip best --format flac
        rostrum export last --clip phrase@1:20 --output clips/
        rostrum export --everything --output my-data

      Files are called rostrum-ID.FORMAT, are for your eyes only, and replace nothing
      without --yes. JSON is what rostrum import takes in, and loses nothing.
      """)

  @Argument(help: "Sessions: an id each, the beginning of one, or last.")
  var sessions: [String] = []

  @Flag(help: "All sessions.")
  var all = false

  @Flag(help: "A folder with everything that is stored about you.")
  var everything = false

  @Option(help: "pdf, html, json, csv, md, vtt, srt, svg or png; with --clip flac or wav.")
  var format: String?

  @Option(help: "A piece of the kept sound: phrase@1:20, best, worst or 1:20-1:40.")
  var clip: String?

  @Flag(help: "With --format csv and one session: a row a second.")
  var course = false

  @Option(help: "A file, a folder, or - for standard output; the current folder, if left out.")
  var output: String?

  @Flag(help: "Replace files that exist.")
  var yes = false

  mutating func run() throws {
    try check()
    let surroundings = try Surroundings.gather()
    Log.open(in: surroundings.places.logs)
    if everything { return try PersonExport(surroundings, replaces: yes).write(to: output) }
    if let clip { return try cut(clip, surroundings) }
    let form = try form()
    let isOneFile = sessions.count != 1 && [.json, .csv].contains(form) && isFileOrOutput
    if sessions.count != 1, !isOneFile, output == "-" { throw Failure(.usage, Messages.oneFileForMany) }
    let place = try ExportPlace(output, several: sessions.count != 1 && !isOneFile, replaces: yes)
    if place.target == .standardOutput, [.pdf, .png].contains(form), isatty(STDOUT_FILENO) != 0 {
      throw Failure(.usage, Messages.binaryToTerminal)
    }
    let status: ExitStatus
    do throws(Failure) {
      let history = try KeptSessions.history()
      let rows = try chosen(history)
      status = try SessionExport(history, surroundings).write(
        rows, as: form, to: place, isOneFile: isOneFile, course: course)
    } catch {
      guard error.status == .badData, Self.isDamaged(surroundings.places) else { throw error }
      Printed.complain(Messages.salvaging(surroundings.places.database))
      guard form == .json || format == nil else { throw Failure(.badData, Messages.salvageIsJSON) }
      throw try SalvageExport(surroundings.places).write(sessions, to: place, isOneFile: isOneFile)
    }
    if status != .ok { throw ExitStatusError(status: status) }
  }

  /// Whether several sessions go into one file: one is named, or standard output.
  private var isFileOrOutput: Bool {
    guard let output else { return false }
    return output == "-" || (!output.hasSuffix("/") && kind(of: output) != S_IFDIR && hasEnding(output))
  }

  private func hasEnding(_ path: String) -> Bool {
    [".json", ".csv", ".jsonl", ".ndjson"].contains { path.lowercased().hasSuffix($0) }
  }

  private func chosen(_ history: History) throws(Failure) -> [SessionRow] {
    guard !all else {
      let rows = try Forgetter.all(in: history).filter { $0.state != .live }
      if rows.isEmpty { throw Failure(.noInput, Messages.noSessions) }
      return rows
    }
    var rows: [SessionRow] = []
    for reference in sessions {
      let row = try KeptSessions.find(reference, in: history)
      if !rows.contains(where: { $0.id == row.id }) { rows.append(row) }
    }
    return rows
  }

  /// Whether the history is damaged, and not merely newer or another program's.
  private static func isDamaged(_ places: Places) -> Bool {
    do throws(HistoryError) {
      let found = try History.salvage(folder: places.data)
      guard !found.sessions.isEmpty else { return false }
    } catch { return false }
    do throws(HistoryError) {
      let history = try History(reading: places.data)
      return try !history.check().isEmpty
    } catch { return error.kind == .corrupt }
  }

  private func cut(_ text: String, _ surroundings: Surroundings) throws(Failure) {
    guard let piece = ClipPiece(text) else { throw Failure(.usage, Messages.noPiece(text)) }
    let ending = format ?? output.flatMap { $0.hasSuffix(".wav") ? "wav" : nil } ?? "flac"
    guard let form = Clip.Format(rawValue: ending.lowercased()) else { throw Failure(.usage, Messages.clipForms) }
    let history = try KeptSessions.history()
    let row = try KeptSessions.find(sessions[0], in: history)
    let place = try ExportPlace(output, several: false, replaces: yes)
    try SessionExport(history, surroundings).clip(piece, of: row, as: form, to: place, replaces: yes)
  }

  /// The format: as given, else as the output is called, else PDF for one session and JSON for all.
  private func form() throws(Failure) -> ExportFormat {
    if let format {
      let name = format.lowercased() == "markdown" ? "md" : format.lowercased()
      if ["flac", "wav"].contains(name) { throw Failure(.usage, Messages.soundNeedsClip) }
      guard let form = ExportFormat(rawValue: name) else { throw Failure(.usage, Messages.noFormat(format)) }
      return form
    }
    let ending = output?.split(separator: "/").last?.split(separator: ".").dropFirst().last.map { $0.lowercased() }
    return ending.flatMap(ExportFormat.init) ?? (course ? .csv : all ? .json : .pdf)
  }

  private func check() throws(Failure) {
    let ways = [("SESSION", !sessions.isEmpty), ("--all", all), ("--everything", everything)].filter(\.1).map(\.0)
    guard let first = ways.first else { throw Failure(.usage, Messages.exportWhat) }
    if ways.count > 1 { throw Failure(.usage, Messages.notTogether(first, ways[1])) }
    if output?.isEmpty ?? false { throw Failure(.usage, Messages.outputHasNoName) }
    if everything, output == "-" { throw Failure(.usage, Messages.everythingIsAFolder) }
    if everything, format != nil { throw Failure(.usage, Messages.notTogether("--everything", "--format")) }
    if clip != nil, sessions.count != 1 { throw Failure(.usage, Messages.clipIsOfOne) }
    if clip != nil, course { throw Failure(.usage, Messages.notTogether("--clip", "--course")) }
    if course {
      guard sessions.count == 1, try form() == .csv else { throw Failure(.usage, Messages.courseIsOfOne) }
    }
  }
}
