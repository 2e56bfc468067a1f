/// Where sound is asked to come from.
package enum SourceRequest: Sendable {
  /// An ALSA device; `default` tries `pulse` and `pipewire` after itself.
  case device(String)
  /// A recording libsndfile can read, in real time unless `fast`.
  case file(path: String, fast: Bool)
  /// Raw S16LE mono at `rate` hertz from an open descriptor, which stays the caller's.
  case stream(descriptor: Int32, rate: Int, fast: Bool)
  /// Raw S16LE mono at `rate` hertz from a named pipe; waits for its writer.
  case fifo(path: String, rate: Int, fast: Bool)
  /// Mono samples pulled from `next` on the player's thread; `nil` ends the source.
  case generated(name: String, rate: Int, fast: Bool, next: @Sendable () -> [Int16]?)
}

/// What a source turned out to be.
package struct SourceDescription: Equatable, Sendable {
  /// The ALSA device in use, or the file's name.
  package var name: String
  /// What was asked for.
  package var requested: String
  /// What it delivers.
  package var format: SoundFormat
  /// A microphone, which waits for nobody.
  package var isLive: Bool
  /// The length of a file, where its header tells.
  package var durationSeconds: Double?
  /// Whether the capture thread got SCHED_FIFO; `nil` before it started, and where there is no such thread.
  package var hasRealtimePriority: Bool?
}

/// How a capture is doing: cheap to ask for.
package enum CaptureState: Equatable, Sendable {
  /// Opened, or delivering.
  case running
  /// The device failed with `code` (`errno`, positive; 0 for plain silence on the line) and is being brought back.
  case recovering(code: Int32, sinceNanoseconds: Int64)
  /// Paused by `hold`.
  case held
  /// Nothing more will come; with the reason where it was not the end of the source or `stop`.
  case ended(SoundError?)
}

/// Why samples are missing.
package enum GapCause: Equatable, Sendable, CaseIterable {
  /// The device's buffer overflowed (EPIPE).
  case overrun
  /// The machine slept (ESTRPIPE).
  case suspended
  /// The device went away and was opened again.
  case vanished
  /// The device was there and gave no samples for 2 s.
  case stalled
  /// This reader fell behind by more than the ring holds.
  case readerBehind
}
