import Recognition

/// What is said about words and their recogniser.
extension Messages {
  static let transcribeReadsFiles =
    "transcribe reads files, not standard input. Save the sound first, then name the file."
  static let stockWords =
    "About every second word of free speech is wrong here: count and search in it, do not quote it."
  static let sessionWithoutWords = "No words were heard in this session."
  static func noWords(_ path: String) -> String { "\(path): no words were heard in it." }
  static let transcribeStopped = "Stopped: nothing was written down."
  /// That a script and what was said are two things; the share of it that was heard, 0 to 1.
  static func wordsDoNotFit(_ coverage: Double) -> String {
    "Only \(Figures.percent(coverage)) of the script was heard: what is written here is hardly what was said. Try without --script."
  }
  static func written(_ name: String, _ form: String) -> String {
    "\(name) is written as \(form), whatever its ending says."
  }
  static func transcribing(_ share: Double) -> String { "Listening: \(Figures.percent(share))" }

  static func transcribeReadsRecordings(_ path: String, isFolder: Bool) -> String {
    isFolder
      ? "\(path) is a folder, and transcribe takes one recording. Name a file in it."
      : "\(path) is not a file, and transcribe reads recordings. Save the sound first, then name the file."
  }
  static func outputIsScript(_ path: String) -> String {
    "\(path) is the script, and is not replaced. Give another name with --output."
  }

  /// The sentence for words that cannot be recognised.
  static func sentence(_ error: RecognitionError) -> String {
    let reason = error.detail.isEmpty ? "" : " (\(error.detail))"
    switch error.kind {
    case .modelMissing:
      return
        "The model of English is not installed: there is no \(error.detail). Run: sudo apt install \(RecognitionError.package)"
    case .modelBroken:
      return
        "The model of English is damaged\(reason). Run: sudo apt install --reinstall \(RecognitionError.package)"
    case .scriptRefused:
      return "The script cannot be listened for\(reason). Leave it out, or check it: rostrum talk check"
    case .failed: return "Words are no longer recognised\(reason). All else goes on."
    case .endpointRefused:
      return "The endpoint that makes words of sound refuses to\(reason). Check it: rostrum doctor --endpoints"
    case .endpointFailed: return "The endpoint that makes words of sound fails\(reason). All else goes on."
    case .cancelled: return "The recognition of words was cancelled."
    }
  }

  /// What the library said, for the log: all of it about its own files, else only where it was said, for it may hold
  /// words of a talk.
  static func logged(_ error: RecognitionError) -> [String: String] {
    let saysAll: [RecognitionError.Kind] = [.modelBroken, .endpointRefused, .endpointFailed]
    // ERROR: "ngram_search.c", line 205: and then what.
    let parts = error.complaint.split(separator: ": ", maxSplits: 2).map(String.init)
    let place = parts.count > 2 ? parts[1] : ""
    return [
      "kind": "\(error.kind)", "operation": error.operation,
      "library": saysAll.contains(error.kind) ? error.complaint : place,
    ]
  }
}

extension Failure {
  /// The failure of a recogniser.
  init(_ error: RecognitionError) {
    let status: ExitStatus =
      switch error.kind {
      case .modelMissing, .modelBroken, .endpointRefused, .endpointFailed: .unavailable
      case .cancelled: .interrupted
      case .scriptRefused: .badData
      case .failed: .io
      }
    Log.warning("words failed", Messages.logged(error))
    self.init(status, Messages.sentence(error))
  }
}
