import CLinux
import Glibc
import Practice
import Report
import Terminal

/// What `analyze` writes: the faces of an analysis, and where they go.
final class AnalysisOutput {
  /// In which form.
  enum Form: Sendable { case page, plain, json, csv, textGrid }

  /// What became of the file of a run that was stopped.
  enum Part { case kept(String), dropped(String) }

  private let form: Form
  private let target: String?
  private let replaces: Bool
  /// The one file that everything goes into; nil for standard output, and where each recording has its own.
  private let file: NewFile?
  private let spared: SparedFiles
  private var written = 0
  private var grids: Set<String> = []

  /// Makes ready: `target` is a file, `-` or nil for standard output; for TextGrids a folder too, nil for beside each
  /// recording. Fails before any work is done where it cannot be written.
  init(_ form: Form, target: String?, replaces: Bool, recordings: [RecordingPath], script: String? = nil)
    throws(Failure)
  {
    self.form = form
    self.replaces = replaces
    self.target = target
    spared =
      replaces ? SparedFiles(recordings: recordings.map { FileIdentity($0.bytes) }, script: script) : SparedFiles()
    let isFolder = form == .textGrid && target.map { kind(of: $0) == S_IFDIR } ?? true
    guard let target, target != "-", !isFolder else {
      file = nil
      return
    }
    guard form != .textGrid || recordings.count == 1 else { throw Failure(.usage, Messages.gridsNeedFolder(target)) }
    try spared.check(target)
    file = try NewFile(path: target, replaces: replaces)
  }

  /// Writes one recording.
  func put(_ finished: Finished) throws(Failure) {
    defer { written += 1 }
    switch form {
    case .page:
      if written > 0 { try line("") }
      for text in AnalysisPage(finished, glyphs: Self.glyphs).lines(columns: Self.columns(file != nil)) {
        try line(text)
      }
    case .plain:
      if written > 0 { try line("") }
      for text in AnalysisPage(finished, glyphs: Self.glyphs).plainLines { try line(text) }
    case .json:
      try AnalysisDocument(finished).forEachPiece { piece throws(Failure) in try self.text(piece) }
      try text("\n")
    case .csv:
      if written == 0 { try text(AnalysisTable.header + AnalysisTable.lineBreak) }
      try text(AnalysisTable.row(finished) + AnalysisTable.lineBreak)
    case .textGrid: try grid(finished)
    }
  }

  /// Writes two recordings side by side.
  func put(_ comparison: Comparison) throws(Failure) {
    written += 1
    if form == .json { return try text(comparison.json.text + "\n") }
    for text in comparison.lines(columns: Self.columns(file != nil), glyphs: Self.glyphs) { try line(text) }
  }

  /// Puts the file in its place, if anything was written into it.
  func finish() throws(Failure) {
    guard written > 0 else { return }
    try file?.finish()
  }

  /// Ends a run that was stopped: what is finished is kept where there was no file before, and replaces none.
  ///
  /// Returns what became of the file, nil where there is none.
  func finishPart() throws(Failure) -> Part? {
    guard let file, let target, written > 0 else { return nil }
    guard !file.replacesFile else { return .dropped(target) }
    try file.finish()
    return .kept(target)
  }

  private func grid(_ finished: Finished) throws(Failure) {
    let text = TextGrid(finished).text
    if target == "-" || file != nil { return try self.text(text) }
    let name = finished.analysis.recording.name
    let path = Self.gridPath(name, folder: target)
    guard grids.insert(path).inserted else { throw Failure(.cannotCreate, Messages.sameGrid(path, name)) }
    try spared.check(path)
    let file = try NewFile(path: path, replaces: replaces)
    try file.put(text)
    try file.finish()
    Printed.line(Printed.safe(path))
  }

  /// Where the TextGrid of a recording goes: its own name with the ending exchanged, in `folder` or beside it.
  static func gridPath(_ recording: String, folder: String?) -> String {
    var name = recording
    if let slash = recording.lastIndex(of: "/") { name = String(recording[recording.index(after: slash)...]) }
    let place = folder ?? String(recording.dropLast(name.count))
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
    let separator = place.isEmpty || place.hasSuffix("/") ? "" : "/"
    return place + separator + name + ".TextGrid"
  }

  private func line(_ text: String) throws(Failure) { try self.text(text + "\n") }

  private func text(_ text: String) throws(Failure) {
    if file == nil { Printed.text(text) } else { try file?.put(text) }
  }

  private static var glyphs: Glyphs { Glyphs.of(utf8: Surroundings.isUTF8) }

  /// The width of the terminal; 80 for a file or a pipe.
  private static func columns(_ isFile: Bool) -> Int {
    var (rows, columns): (Int32, Int32) = (24, 80)
    guard !isFile, Terminals.size(&rows, &columns) else { return 80 }
    return Int(columns)
  }
}
