/// The files that a run reads, where it may replace files: these it never does.
struct SparedFiles {
  private let recordings: Set<FileIdentity>
  /// The talk that was spoken from.
  private let script: FileIdentity?

  /// Nothing to spare.
  init() { (recordings, script) = ([], nil) }

  /// Recordings, nil for one that is not there, and a talk.
  init(recordings: [FileIdentity?], script: String?) {
    self.recordings = Set(recordings.compactMap(\.self))
    self.script = script.flatMap { FileIdentity($0) }
  }

  /// Fails where `path` is one of the recordings, or the talk.
  func check(_ path: String) throws(Failure) {
    guard let found = FileIdentity(path) else { return }
    if found == script { throw Failure(.cannotCreate, Messages.outputIsScript(path)) }
    if recordings.contains(found) { throw Failure(.cannotCreate, Messages.outputIsRecording(path)) }
  }
}
