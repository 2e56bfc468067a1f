import History

/// Sessions that are not in the index yet are put there before it is asked.
enum CatchingUp {
  /// Indexes what is not; where the history cannot be written to, what is in it already has to do.
  static func index(_ surroundings: Surroundings) throws(Failure) {
    let (progress, interruption) = (ProgressLine(), Interruption())
    defer { progress.clear() }
    var stoppedBy: Int32 = 0
    do throws(HistoryError) {
      let reading = try History(reading: surroundings.places.data)
      let version = PastReader(reading, surroundings).indexVersion
      guard try !reading.unindexed(version: version, limit: 1).isEmpty else { return }
      let history = try History(folder: surroundings.places.data)
      let reader = PastReader(history, surroundings)
      let all = try history.unindexed(version: version, limit: .max)
      for (done, id) in all.enumerated() {
        progress.show(Messages.indexing(done, all.count))
        stoppedBy = interruption.signal
        if stoppedBy != 0 { break }
        _ = try reader.index(id, at: wallMilliseconds())
      }
    } catch {
      guard [.readOnly, .diskFull, .busy, .cannotCreate].contains(error.kind) else { throw Failure(error) }
      Printed.complain(Messages.notIndexed(Messages.sentence(error)))
    }
    if stoppedBy != 0 { throw Failure(ExitStatus(signal: stoppedBy), Messages.indexingStopped) }
  }
}
