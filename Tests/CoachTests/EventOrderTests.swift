import Practice
import SpeechSignals
import Testing

@testable import Coach

/// What analyst and scribe leave, in the order in which it is due.
@Suite struct EventOrderTests {
  private func post(
    _ found: [Double] = [], heardTo seconds: Double = 0, words: [Double] = [], wordsTo: Double = 0,
    isLast: Bool = false,
    wordsAreLast: Bool = false, isFailed: Bool = false, reading: Double? = nil
  ) -> Mailbox.Post {
    var post = Mailbox.Post()
    post.events = found.map { SessionEvent(at: $0, .mark("found")) }
    post.seconds = seconds
    post.isLast = isLast
    post.words.events = words.map { SessionEvent(at: $0, .mark("word")) }
    post.words.seconds = wordsTo
    post.words.isLast = wordsAreLast
    post.words.isFailed = isFailed
    if let reading {
      var value = Reading()
      value.frame = Int(reading * 100)
      post.reading = value
    }
    return post
  }

  private func times(_ due: EventOrder.Due) -> [Double] { due.events.map(\.seconds) }

  @Test func `from a microphone everything is taken as it comes`() {
    var order = EventOrder(hasWords: true, isRepeatable: false)
    #expect(times(order.take(post([1, 2], heardTo: 3))) == [1, 2])
    #expect(times(order.take(post([4], heardTo: 4, words: [2.5], wordsTo: 3))) == [4, 2.5])
    #expect(!order.take(post(isLast: true)).isLast)
    #expect(order.take(post(wordsAreLast: true)).isLast)
  }

  @Test func `of a recording nothing is due before both have come as far`() {
    var order = EventOrder(hasWords: true, isRepeatable: true)
    #expect(times(order.take(post([1, 5], heardTo: 6))) == [])
    #expect(times(order.take(post(words: [0.5, 2], wordsTo: 2.5))) == [0.5, 1, 2])
    #expect(times(order.take(post([5], heardTo: 8, words: [5], wordsTo: 7))) == [5, 5, 5])
    #expect(!order.take(post([9], heardTo: 9, isLast: true)).isLast)
    let end = order.take(post(words: [8.5], wordsAreLast: true))
    #expect(times(end) == [8.5, 9] && end.isLast)
  }

  @Test func `a recogniser that failed holds nothing up, and its thread is waited for`() {
    var order = EventOrder(hasWords: true, isRepeatable: true)
    let failed = order.take(post([1], heardTo: 2, isFailed: true))
    #expect(times(failed) == [1] && failed.hasNoWords && !failed.isLast)
    #expect(times(order.take(post([3], heardTo: 4))) == [3])
    #expect(!order.take(post(isLast: true)).isLast)
    #expect(order.take(post(wordsAreLast: true)).isLast)
  }

  @Test func `readings are held back and never starved`() {
    var order = EventOrder(hasWords: true, isRepeatable: true)
    #expect(order.take(post(heardTo: 2, reading: 2)).reading == nil)
    #expect(order.take(post(heardTo: 3, reading: 3)).reading == nil)
    #expect(order.take(post(heardTo: 4, wordsTo: 2.5, reading: 4)).reading?.frame == 200)
    #expect(order.take(post(heardTo: 5.01, wordsTo: 9, reading: 5)).reading?.frame == 500)
  }

  @Test func `without a scribe the end of the analyst is the end`() {
    var order = EventOrder(hasWords: false, isRepeatable: true)
    let due = order.take(post([1], heardTo: 2, isLast: true))
    #expect(times(due) == [1] && due.isLast)
  }
}
