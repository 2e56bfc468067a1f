import Glibc
package import History
package import Sound

extension Failure {
  /// The failure of a source or a recording.
  package init(_ error: SoundError) {
    let available =
      error.kind == .noSuchDevice
      ? listDevices().filter(\.captures).map(\.id).prefix(8) : []
    self.init(Failure.status(of: error), Messages.sentence(error, available: Array(available)))
  }

  private static func status(of error: SoundError) -> ExitStatus {
    switch error.kind {
    case .noSuchDevice, .deviceBusy, .badDevice: .unavailable
    case .noPermission: .noPermission
    case .noSuchFile: .noInput
    case .notAudio, .emptyFile, .truncatedFile: .badData
    case .noSuchChannel: .usage
    case .cannotCreate: .cannotCreate
    case .diskFull, .io: .io
    }
  }

  /// The failure of the history.
  package init(_ error: HistoryError) {
    let status: ExitStatus =
      switch error.kind {
      case .newerVersion, .corrupt: .badData
      case .readOnly, .cannotCreate, .exists: .cannotCreate
      case .diskFull, .io, .queueFull: .io
      case .busy, .held: .unavailable
      case .notFound: .noInput
      case .ambiguous: .usage
      }
    self.init(status, Messages.sentence(error))
  }

  /// The failure of a folder or file of settings, themes or talks.
  package init(_ error: PlaceError) {
    let sentence = error.description.prefix(1).uppercased() + error.description.dropFirst()
    switch error.cause {
    case .system(ENOENT),
      .system(ENOTDIR) where error.operation.hasPrefix("read"):
      self.init(.noInput, "There is no file \(Printed.safe(error.path)). Check the path.")
    case .notUTF8: self.init(.badData, "\(sentence). Save it as UTF-8 and try again.")
    case .tooLarge: self.init(.badData, "\(sentence). Cut it, or name another file.")
    case .system(EACCES), .system(EPERM):
      self.init(
        error.operation.contains("create") ? .cannotCreate : .noPermission, "\(sentence). Check its permissions.")
    case .system where error.operation.contains("create") || error.operation.contains("write"):
      self.init(.cannotCreate, "\(sentence). Set ROSTRUM_HOME to a folder of yours.")
    case .system: self.init(.io, "\(sentence).")
    case .notAFile: self.init(.noInput, "\(sentence).")
    case .notAFolder: self.init(.cannotCreate, "\(sentence).")
    }
  }

  /// The failure of what is written in settings or a theme: every complaint on a line of its own.
  package init(_ complaints: [Complaint]) {
    let isFlag = complaints.first?.file.hasPrefix("--") ?? false
    let lines = complaints.prefix(20).map(\.description).joined(separator: "\n")
    self.init(isFlag ? .usage : .configuration, lines)
  }
}
