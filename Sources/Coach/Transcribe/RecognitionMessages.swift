import Recognition

/// What is said about words and their recogniser.
extension Messages {
  static let transcribeReadsFiles =
    "transcribe reads files, not standard input. Save the sound first, then name the file."
  static let stockWords =
    "About every second word of free speech is wrong here: count and search in it, do not quote it."
  static let sessionWithoutWords = "No words were heard in this session."
  static func noWords(_ path: String) -> String { "\(path): no words were heard in it." }
  static func transcribing(_ share: Double) -> String { "Listening: \(Figures.percent(share))" }

  /// The sentence for words that cannot be recognised.
  static func sentence(_ error: RecognitionError) -> String {
    let detail = error.detail.isEmpty ? error.operation : error.detail
    switch error.kind {
    case .modelMissing:
      return
        "The model of English is not installed: there is no \(detail). Run: sudo apt install \(RecognitionError.package)"
    case .modelBroken:
      return
        "The model of English cannot be loaded (\(detail)). Run: sudo apt install --reinstall \(RecognitionError.package)"
    case .scriptRefused: return "The script cannot be listened for (\(detail)). Words are recognised without it."
    case .failed: return "Words are no longer recognised (\(detail)). All else goes on."
    }
  }
}

extension Failure {
  /// The failure of a recogniser.
  init(_ error: RecognitionError) {
    let status: ExitStatus =
      switch error.kind {
      case .modelMissing, .modelBroken: .unavailable
      case .scriptRefused: .badData
      case .failed: .io
      }
    self.init(status, Messages.sentence(error))
  }
}
