import Foundation
import Support
import Testing

extension EndToEnd {
  /// Sound that somebody sends as it is spoken, and the keys of the person who looks on.
  @Suite(
    .serialized, .enabled(if: Speech.isThere && Tmux.isThere && Database.isThere, "needs speech, tmux and sqlite3"))
  struct FeedTests {
    @Test func `what is sent while paused is not in the session`() throws {
      let (world, feed, speech) = (try World(), try Feed(), try Speech.reading())
      let (before, during, after) = (speech.cut(to: 3), speech.cut(from: 3, to: 6), speech.cut(from: 10, to: 13))
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input - --rate 16000 < '\(feed.path)'")
      let isBeforeTaken = feed.pour(before)
      #expect(isBeforeTaken, "\(feed.unread) bytes are not read:\n\(tmux.screen)")
      tmux.press("Space")
      #expect(tmux.wait { $0.contains("Paused") }, "\(tmux.screen)")
      let isDuringTaken = feed.pour(during)
      #expect(isDuringTaken, "paused, the stream stands still: \(feed.unread) bytes are not read")
      tmux.press("Space")
      #expect(tmux.wait { !$0.contains("Paused") }, "\(tmux.screen)")
      // What the pipe holds when the reader learns of the end of the pause is thrown away. Twice a little, taken: then
      // it has learnt of it, for it looks before each time it reads.
      for _ in 0..<2 {
        let isLittleTaken = feed.pour(Speech.room(seconds: 0.02))
        #expect(isLittleTaken, "\(feed.unread) bytes are not read:\n\(tmux.screen)")
      }
      let isAfterTaken = feed.pour(after)
      #expect(isAfterTaken, "\(feed.unread) bytes are not read:\n\(tmux.screen)")
      let (_, shell) = try rehearsal.finish()
      let id = try #require(savedSession(in: shell), "\(shell)")
      let (heard, duration) = try figures(of: id, in: world)
      let alone = try World()
      let path = try alone.file(before + after)
      let done = try alone.rostrum("rehearse", "--input", path, "--fast", "--json")
      let wanted = try figures(of: #require(SeenEvent(done.lines.first ?? "")?.fields["id"] as? String), in: alone)
      #expect(abs(duration - wanted.duration) < 0.5, "\(duration) s kept of \(wanted.duration) s sent while listening")
      #expect(abs(heard - wanted.speech) < 0.5, "\(heard) s of speech kept of \(wanted.speech) s")
      let breaks = try world.database.rows("SELECT line FROM event WHERE kind IN ('paused', 'resumed') ORDER BY seq")
      let kinds = breaks.compactMap { SeenEvent($0[0])?.kind }
      // The question that `q` asks pauses too, once more and to the end.
      #expect(kinds.starts(with: ["paused", "resumed"]) && kinds.count <= 3, "\(breaks)")
    }

    @Test func `a stream of zeros is said to have no sound`() throws {
      let (world, feed) = (try World(), try Feed())
      let tmux = try world.tmux()
      let rehearsal = try Rehearsal(in: tmux, "--input - --rate 16000 < '\(feed.path)'")
      let isSilenceTaken = feed.pour(Wave.silence(seconds: 4))
      #expect(isSilenceTaken, "\(feed.unread) bytes are not read")
      #expect(tmux.wait { $0.contains("No sound") }, "\(tmux.screen)")
      let isSpeechTaken = try feed.pour(Speech.reading(seconds: 3))
      #expect(isSpeechTaken, "\(feed.unread) bytes are not read")
      #expect(tmux.wait { !$0.contains("No sound") }, "\(tmux.screen)")
      #expect(savedSession(in: try rehearsal.finish().shell) != nil)
    }

    /// The seconds of speech and the seconds in all that are kept of a session.
    private func figures(of id: String, in world: World) throws -> (speech: Double, duration: Double) {
      let line = try world.database.value("SELECT line FROM event WHERE sessionId = '\(id)' AND kind = 'ended'")
      let ended = try #require(SeenEvent(line), "no end is kept of \(id)")
      return (ended.number("speech_seconds") ?? -1, ended.number("duration_seconds") ?? -1)
    }
  }
}
