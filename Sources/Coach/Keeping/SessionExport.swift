import Glibc
import History
import Practice
import Report
import Sound

/// Sessions as files.
struct SessionExport {
  let history: History
  let surroundings: Surroundings
  let reader: PastReader

  /// Exports from `history`.
  init(_ history: History, _ surroundings: Surroundings) {
    self.history = history
    self.surroundings = surroundings
    reader = PastReader(history, surroundings)
  }

  /// Writes `rows` in a format, each into a file of its own or all into one, and prints the paths. What fails for one
  /// session alone is said, and the others go on; the status is that of the first failure.
  func write(
    _ rows: [SessionRow], as format: ExportFormat, to place: ExportPlace, isOneFile: Bool, course: Bool
  ) throws(Failure) -> ExitStatus {
    let (progress, interruption) = (ProgressLine(), Interruption())
    var (status, document) = (ExitStatus.ok, [UInt8]())
    for (index, row) in rows.enumerated() {
      progress.show(Messages.exporting(index, rows.count))
      try interruption.check(Messages.exportStopped(index, rows.count))
      let bytes: [UInt8]
      do throws(Failure) { bytes = try self.bytes(of: row, as: format, course: course) } catch {
        if isDamaged(row.id) { throw error }
        progress.clear()
        if rows.count == 1 { throw error }
        Printed.complain("\(row.id): \(error.sentence)")
        if status == .ok { status = error.status }
        continue
      }
      if isOneFile {
        document += format == .csv && !document.isEmpty ? Self.withoutFirstLine(bytes) : bytes[...]
        continue
      }
      progress.clear()
      if let path = try place.write(bytes, "rostrum-\(row.id).\(format.rawValue)") { Printed.line(Printed.safe(path)) }
    }
    progress.clear()
    guard isOneFile else { return status }
    let name = rows.count == 1 ? "rostrum-\(rows[0].id)" : "rostrum-sessions"
    if let path = try place.write(document, "\(name).\(format.rawValue)") { Printed.line(Printed.safe(path)) }
    return status
  }

  /// The bytes of one session in a format.
  private func bytes(of row: SessionRow, as format: ExportFormat, course: Bool) throws(Failure) -> [UInt8] {
    if format == .json {
      do throws(HistoryError) {
        return Array(
          (SessionDocument.text(SessionFacts(row), lines: try history.events(of: row.id).map(\.line)) + "\n").utf8)
      } catch { throw Failure(error) }
    }
    let past = try reader.read(row.id)
    if format == .csv, course {
      let lines = [SessionTable.courseHeader] + SessionTable.course(past.session)
      return Array(lines.map { $0 + SessionTable.lineBreak }.joined().utf8)
    }
    return try ReportMaker.bytes(of: past, row, as: format) { () throws(HistoryError) in
      try history.events(of: row.id).map(\.line)
    }
  }

  /// Whether the events of a session cannot be read because the history is damaged.
  private func isDamaged(_ id: String) -> Bool {
    do throws(HistoryError) { _ = try history.events(of: id) } catch { return error.kind == .corrupt }
    return false
  }

  private static func withoutFirstLine(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.firstIndex(of: UInt8(ascii: "\n")).map { bytes[($0 + 1)...] } ?? []
  }

  /// Cuts a piece of a session's kept sound out, with its captions beside it; prints the paths and why it is the piece.
  func clip(
    _ piece: ClipPiece, of row: SessionRow, as format: Clip.Format, to place: ExportPlace, replaces: Bool
  ) throws(Failure) {
    let session: Session
    do throws(HistoryError) { session = try Archive.session(row.id, in: history) } catch { throw Failure(error) }
    guard let cut = piece.cut(of: session) else { throw Failure(.noInput, Messages.noPieceHere(piece.name)) }
    let parts = KeptTake.parts(of: row.id, session, in: surroundings.places.takes)
    guard !parts.isEmpty else { throw Failure(.noInput, Messages.noSoundToCut) }
    let clock = clockName(cut.range.lowerBound)
    guard let path = place.path("rostrum-\(row.id)-\(clock).\(format.rawValue)") else {
      throw Failure(.usage, Messages.binaryToTerminal)
    }
    let stem = path.hasSuffix("." + format.rawValue) ? String(path.dropLast(format.rawValue.count + 1)) : path
    for beside in [path, stem + ".vtt", stem + ".srt"] where !replaces && kind(of: beside) != nil {
      throw Failure(.cannotCreate, Messages.outputExists(beside))
    }
    if replaces, kind(of: path) == S_IFREG { unlink(path) }
    let kept: ClosedRange<Double>
    do throws(SoundError) { kept = try Clip.cut(parts, cut.range, to: path, as: format) } catch { throw Failure(error) }
    Printed.line(Printed.safe(path))
    if let captions = try? Captions.of(session, range: kept) {
      for (ending, form) in [("vtt", Captions.Form.vtt), ("srt", .srt)] {
        try ExportPlace.write(Array(captions.text(form).utf8), to: "\(stem).\(ending)", replaces: replaces)
        Printed.line(Printed.safe("\(stem).\(ending)"))
      }
    } else {
      Printed.complain(Messages.clipWithoutCaptions)
    }
    if !cut.reason.isEmpty { Printed.complain(Messages.clipIs(kept, cut.reason)) }
  }

  /// A moment as a part of a file's name: `1m20`.
  private func clockName(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e7)))
    return "\(whole / 60)m\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
  }
}

/// A piece of a session as it is asked for: `phrase@1:20`, `best`, `worst`, `1:20-1:40`.
enum ClipPiece: Equatable {
  case phrase(at: Double)
  case best
  case worst
  case span(ClosedRange<Double>)

  /// Reads a piece; nil for anything else.
  init?(_ text: String) {
    if text == "best" || text == "worst" {
      self = text == "best" ? .best : .worst
    } else if text.hasPrefix("phrase@") {
      guard let seconds = ClockText.seconds(String(text.dropFirst(7))) else { return nil }
      self = .phrase(at: seconds)
    } else {
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { ClockText.seconds(String($0)) }
      guard ends.count == 2, let first = ends[0], let last = ends[1], first < last else { return nil }
      self = .span(first...last)
    }
  }

  /// Its first word.
  var name: String {
    switch self {
    case .phrase: "phrase"
    case .best: "best"
    case .worst: "worst"
    case .span: "span"
    }
  }

  /// Where it is in `session`, and why; nil where there is none.
  func cut(of session: Session) -> (range: ClosedRange<Double>, reason: String)? {
    let found: Cutting.Cut?
    switch self {
    case .phrase(let seconds): found = Cutting(session).phrase(at: seconds)
    case .best: found = Cutting(session).bestStretch
    case .worst: found = Cutting(session).worstStumble
    case .span(let range): return (range, "")
    }
    return found.map { ($0.range, $0.reason) }
  }
}
