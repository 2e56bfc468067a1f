import Audience
import History
import Practice

/// What sharing has to do on disk.
enum ShareErrands {
  /// Puts the drill that a tutor chose on the learner's schedule.
  static func assign(
    _ id: String, note: String, days: Int?, by watcher: Watcher, number: Int, _ surroundings: Surroundings
  ) -> @Sendable () -> Errand {
    {
      let shelf = surroundings.drills()
      func done(_ answer: Remark.Answer, _ words: String? = nil) -> Errand {
        .assigned(watcher, number: number, answer, words: words)
      }
      guard let drill = shelf.drill(id) else { return done(.refused(Messages.drillNotHere)) }
      let now = wallMilliseconds()
      let due = days.map { now + min(max($0, 0), 365) * 86_400_000 }
      do throws(HistoryError) {
        let history = try History(folder: surroundings.places.data)
        _ = try history.assign(
          Assignment(drill: drill.id, note: note, by: watcher.name, dueMilliseconds: due, atMilliseconds: now))
        return done(.taken, Messages.tutorAssigned(drill.name, days: days, note: note))
      } catch { return done(.refused(Failure(error).sentence)) }
    }
  }
}
