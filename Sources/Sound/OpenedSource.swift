import CLinux
import Glibc
import Synchronization

/// A source that could be opened: what it is, the ring it fills, and what its thread will do.
///
/// It knows nothing of the capture that owns it, so that a thread stuck in libasound keeps only this alive.
struct OpenedSource: Sendable {
  /// Priority asked for on the capture thread: above everything ordinary, below a sound server's own.
  static let realtimePriority: Int32 = 5
  /// Frames a recording is read in when it is not paced.
  static let fastChunk = 4096

  /// What it is.
  let description: SourceDescription
  /// Where its sound goes.
  let ring: SampleRing
  /// What the thread and everybody else tell each other.
  let status: CaptureStatus
  /// `ear` or `player`.
  let threadName: String
  /// What the thread does, until told to stop.
  let body: @Sendable () -> Void

  /// Opens what was asked for.
  init(_ request: SourceRequest, periodMilliseconds: Int, ringSeconds: Double) throws(SoundError) {
    let status = CaptureStatus()
    switch request {
    case .device(let name):
      try self.init(device: name, periodMilliseconds, ringSeconds, status)
    case .file(let path, let fast):
      let file = try AudioFile(path: path)
      self.init(file, Self.lastPart(path), path, fast, ringSeconds, status, seconds: file.durationSeconds)
    case .stream(let descriptor, let rate, let fast):
      try Self.check(rate, "stream")
      let source = RawStream(descriptor: descriptor, rate: rate, name: "stream", isOurs: false, wake: status.wake)
      self.init(source, "stream", "stream", fast, ringSeconds, status)
    case .fifo(let path, let rate, let fast):
      try Self.check(rate, path)
      let source = try RawStream(fifo: path, rate: rate, wake: status.wake)
      self.init(source, Self.lastPart(path), path, fast, ringSeconds, status)
    case .generated(let name, let rate, let fast, let next):
      try Self.check(rate, name)
      self.init(GeneratedSound(rate: rate, next: next), name, name, fast, ringSeconds, status)
    }
  }

  private init(
    _ source: any SampleSource, _ name: String, _ requested: String, _ isFast: Bool, _ ringSeconds: Double,
    _ status: CaptureStatus, seconds: Double? = nil
  ) {
    description = SourceDescription(
      name: name, requested: requested, format: source.format, isLive: false, durationSeconds: seconds,
      hasRealtimePriority: nil)
    let ring = SampleRing(format: source.format, seconds: ringSeconds, chunkLimit: Self.fastChunk)
    self.ring = ring
    self.status = status
    threadName = "player"
    body = {
      var player = Player(ring: ring, status: status, source: source, isFast: isFast)
      player.run()
    }
  }

  private init(
    device requested: String, _ periodMilliseconds: Int, _ ringSeconds: Double, _ status: CaptureStatus
  ) throws(SoundError) {
    let microphone = try Microphone.open(requested, periodMilliseconds: periodMilliseconds)
    let format = microphone.format
    description = SourceDescription(
      name: microphone.name, requested: requested, format: format, isLive: true, durationSeconds: nil,
      hasRealtimePriority: nil)
    // A device that comes back may have another period: a tenth of a second is the most it can be.
    let ring = SampleRing(
      format: format, seconds: max(ringSeconds, 1), chunkLimit: format.rate / 10, waitsForReaders: false)
    self.ring = ring
    self.status = status
    threadName = "ear"
    body = {
      status.priority.store(rostrum_thread_realtime(Self.realtimePriority) ? 2 : 1, ordering: .relaxed)
      var ear = Ear(rate: format.rate, periodFrames: microphone.periodFrames)
      ear.run(microphone, into: ring, status) {
        guard
          let found = try? Microphone.open(requested, periodMilliseconds: periodMilliseconds, as: format)
        else { return nil }
        status.nameInUse.withLock { $0 = found.name }
        return found
      }
    }
  }

  /// Ends a source whose thread never ran, for `reason` if it could not.
  func giveUp(_ reason: SoundError?) {
    status.endError.withLock { $0 = reason }
    ring.end()
  }

  private static func check(_ rate: Int, _ name: String) throws(SoundError) {
    guard SoundFormat.rates.contains(rate) else {
      throw SoundError(.notAudio, operation: "rate", name: name, detail: "\(rate) Hz")
    }
  }

  private static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
