import Terminal

/// What people are told about files of sessions, in and out.
extension Messages {
  // MARK: In

  static let importNeedsFile = "import needs a file. For example: rostrum import rostrum-k3f9x7qa.json"
  static let authorHasNoName = "--as needs a name. For example: --as \"Ana Ruiz\""

  static func importIsNoFile(_ path: String) -> String { "\(path) is not a file. import takes what export wrote." }
  static func notImported(_ path: String, _ why: String) -> String {
    "\(path): \(why). Nothing of it was imported."
  }
  static func anotherSession(_ id: String) -> String {
    "There is another session \(id) here already, or what is in the file was changed; both are left as they are."
  }
  static func imported(_ outcome: SessionImport.Outcome, _ id: String, author: String?) -> String {
    switch outcome {
    case .taken(let events): return "Imported session \(id), \(Figures.count(events, "event"))."
    case .same: return "Session \(id) is here already, with nothing less in it."
    case .remarks(let count, let nameless):
      let came = count == 0 ? "" : "; \(Figures.count(count, "remark")) of others came to it"
      let were = "\(Figures.count(nameless, "remark")) without a name \(nameless == 1 ? "was" : "were") left out"
      return "Session \(id) is here already\(came)." + (nameless > 0 ? " \(were). Say whose with --as NAME." : "")
    case .merged(let events, let leftOut):
      let by = author.map { " of \($0)" } ?? ""
      let rest =
        leftOut > 0
        ? " \(Figures.count(leftOut, "event")) that only the learner can say, such as a title, were left out." : ""
      return "Session \(id) is here already; \(Figures.count(events, "event"))\(by) came to it.\(rest)"
    }
  }

  // MARK: Out

  static let exportWhat = "Export what? Name sessions, or give --all or --everything. rostrum sessions lists them."
  static let clipIsOfOne = "--clip is of one session. For example: rostrum export last --clip best"
  static let clipForms = "A clip is --format flac or wav."
  static let soundNeedsClip = "flac and wav are for pieces. For example: rostrum export last --clip best --format flac"
  static let oneFileForMany =
    "Several sessions go into one file as json or csv alone. Give the name of a folder with --output."
  static let courseIsOfOne = "--course is of one session, with --format csv."
  static let binaryToTerminal = "This format is not for a terminal. Give --output FILE."
  static let everythingIsAFolder = "--everything makes a folder. Give its name with --output."

  static func noFormat(_ name: String) -> String {
    "\"\(name)\" is no format. There are pdf, html, json, csv, md, vtt, srt, svg and png; flac and wav with --clip."
  }
  static func noPiece(_ text: String) -> String {
    "\"\(text)\" is no piece. Write phrase@1:20, best, worst or 1:20-1:40."
  }
  static func noPieceHere(_ text: String) -> String {
    switch text {
    case "best": "This session has no stretch of 20 s that is mostly speech. Name one: --clip 1:20-1:40"
    case "worst": "This session has no stumble: never three within ten seconds. Name a piece: --clip 1:20-1:40"
    default: "No phrase was heard there. Name a piece: --clip 1:20-1:40"
    }
  }
  static let clipWithoutCaptions = "No words were heard there, so the clip has no captions."
  static func clipIs(_ range: ClosedRange<Double>, _ reason: String) -> String {
    "The clip is \(clockTime(range.lowerBound)) to \(clockTime(range.upperBound)): \(reason)."
  }
  static func exporting(_ done: Int, _ count: Int) -> String { "Exporting \(done) of \(count)" }
  static func exportStopped(_ done: Int, _ count: Int) -> String { "Stopped: \(done) of \(count) are written." }
  static func folderNotEmpty(_ path: String) -> String {
    "\(path) is not empty. Give --yes to write into it all the same, or the name of another folder."
  }
  static func everythingWritten(_ path: String, _ sessions: Int, _ sound: Int) -> String {
    "All that is stored is in \(path): \(Figures.count(sessions, "session")), \(Figures.count(sound, "recording")), "
      + "settings, consents, ledger, logs. README.txt says what each is."
  }

  // MARK: Out of a damaged history

  static func salvaging(_ database: String) -> String {
    "\(database) is damaged. What is readable of it is exported; nothing is written to it."
  }
  static let salvageIsJSON =
    "From a damaged history sessions are exported with --format json alone; import takes them in."
  static func salvaged(_ whole: Int, _ sessions: Int, lost: Int, withoutRow: Int) -> String {
    var parts = ["Whole, as far as can be told: \(whole) of \(Figures.count(sessions, "session"))"]
    if lost > 0 { parts.append("\(Figures.count(lost, "event")) of the others \(lost == 1 ? "is" : "are") lost") }
    if withoutRow > 0 { parts.append("of \(withoutRow) the row is lost, and what only it held") }
    return parts.joined(separator: "; ") + ". Sessions of which nothing is left cannot be counted."
  }
  static let nothingSalvaged = "No session can be read in it."
}
