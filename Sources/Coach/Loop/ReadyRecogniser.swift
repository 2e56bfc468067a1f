import Practice
import Recognition
import Synchronization

/// A recogniser that is loaded while the learner still chooses, for the take that comes of it.
///
/// A model takes some tenths of a second and some dozens of megabytes: on the home screen there is time for it. It is
/// the general one, since a talk is not chosen there; whoever comes first takes it.
final class ReadyRecogniser: Sendable {
  private struct Shelf: ~Copyable {
    // SAFETY: a recogniser is put in once by the thread that made it, which keeps no reference, and taken out once by
    // the scribe that is to use it.
    nonisolated(unsafe) var recogniser: (any Recogniser)?
    var isLoading = false
  }

  private let shelf = Mutex(Shelf())

  /// Loads it on a thread of its own; does nothing where one is ready or being loaded.
  func load(_ make: @escaping Scribe.Loading) {
    let isWanted = shelf.withLock { shelf in
      guard !shelf.isLoading, shelf.recogniser == nil else { return false }
      shelf.isLoading = true
      return true
    }
    guard isWanted else { return }
    Worker.start("scribe") { [self] in
      let made = try? make()
      // SAFETY: handed over here and not used any more.
      nonisolated(unsafe) let recogniser = made
      shelf.withLock { shelf in
        shelf.recogniser = recogniser
        shelf.isLoading = false
      }
    }
  }

  /// How a take gets it: what is ready, else made anew.
  func loading(otherwise make: @escaping Scribe.Loading) -> Scribe.Loading {
    { () throws(RecognitionError) in
      // SAFETY: taken out here once, for the one thread that uses it.
      nonisolated(unsafe) var ready: (any Recogniser)?
      self.shelf.withLock { shelf in
        ready = shelf.recogniser
        shelf.recogniser = nil
      }
      if let ready { return ready }
      return try make()
    }
  }
}
