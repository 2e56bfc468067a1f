import Network
import Testing

@testable import Tutor

/// The course of a call in time, without a clock.
struct CallStateTests {
  /// What a call does, as short words.
  private func words(_ actions: [CallState.Action]) -> [String] {
    actions.map { action in
      switch action {
      case .tell(.trying(let name)): "try \(name)"
      case .tell(.text(let text)): "\"\(text)"
      case .tell(.cut(_, let why)): "cut \(why.kind)"
      case .tell(.passed(let why)): "passed \(why.kind)"
      case .tell(.finished(let receipt)): "done \(receipt.firstTokenSeconds) \(receipt.seconds)"
      case .tell(.failed(let problems)): "failed " + problems.map(\.kind.rawValue).joined(separator: " ")
      case .send(_, let attempt): "send \(attempt)"
      case .rest(let seconds, let attempt): "rest \(seconds) \(attempt)"
      case .watch(let seconds, let attempt): "watch \(seconds) \(attempt)"
      case .drop(let attempt): "drop \(attempt)"
      }
    }
  }

  private func call(_ names: String = "ab") -> CallState {
    CallState(
      endpoints: names.map { ChatEndpoint(name: String($0), url: "https://x.example", model: "m") },
      messages: [ChatMessage(.user, "hi")], settings: ChatSettings(), keys: { _ in .success(nil) })
  }

  private func text(_ text: String, end: String = "null") -> HTTPNews {
    .bytes(Array("data: {\"choices\":[{\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":\(end)}]}\n\n".utf8))
  }

  private let good = HTTPNews.head(status: 200, headers: [])

  @Test func `an answer is timed from its request to its first word and its end`() {
    var call = call()
    #expect(words(call.step(.began(at: 10))) == ["try a", "send 1"])
    #expect(call.step(.began(at: 10)).isEmpty)
    #expect(call.step(.news(good, attempt: 1, at: 10.5)).isEmpty)
    #expect(words(call.step(.news(text("A"), attempt: 1, at: 12))) == ["watch 20.0 1", "\"A"])
    #expect(words(call.step(.news(text("B", end: "\"stop\""), attempt: 1, at: 13))) == ["\"B"])
    #expect(words(call.step(.news(.done, attempt: 1, at: 14))) == ["done 2.0 4.0"])
    #expect(call.step(.news(text("C"), attempt: 1, at: 15)).isEmpty)
    #expect(call.step(.cancelled(at: 16)).isEmpty)
  }

  @Test func `a stall counts from the last byte, and only behind the first word`() {
    var call = call()
    _ = call.step(.began(at: 0))
    _ = call.step(.news(good, attempt: 1, at: 1))
    #expect(words(call.step(.news(text("A"), attempt: 1, at: 50))) == ["watch 20.0 1", "\"A"])
    #expect(call.step(.news(.bytes(Array(": alive\n\n".utf8)), attempt: 1, at: 65)).isEmpty)
    #expect(words(call.step(.waited(attempt: 1, at: 70))) == ["watch 15.0 1"])
    #expect(words(call.step(.waited(attempt: 1, at: 85))) == ["drop 1", "cut stalled", "try b", "send 2"])
    #expect(call.step(.waited(attempt: 1, at: 90)).isEmpty)
    #expect(call.step(.news(text("late"), attempt: 1, at: 91)).isEmpty)
    #expect(words(call.step(.cancelled(at: 92))) == ["drop 2", "failed stalled cancelled"])
  }

  @Test func `silence behind an announced end is an end`() {
    var call = call()
    _ = call.step(.began(at: 0))
    _ = call.step(.news(good, attempt: 1, at: 1))
    _ = call.step(.news(text("A", end: "\"stop\""), attempt: 1, at: 2))
    #expect(words(call.step(.waited(attempt: 1, at: 22))) == ["done 2.0 22.0"])
  }

  @Test func `a rest that a server asks for is kept once`() {
    var call = call("a")
    let busy = HTTPNews.head(status: 429, headers: [HTTPHeader("Retry-After", "3")])
    _ = call.step(.began(at: 0))
    _ = call.step(.news(busy, attempt: 1, at: 1))
    #expect(words(call.step(.news(.done, attempt: 1, at: 1))) == ["drop 1", "rest 3.0 2"])
    #expect(words(call.step(.waited(attempt: 2, at: 4))) == ["send 3"])
    _ = call.step(.news(busy, attempt: 3, at: 5))
    #expect(words(call.step(.news(.done, attempt: 3, at: 5))).first == "drop 3")
    #expect(call.isEnded)
  }

  @Test func `a key that is refused is said at once, and the next is asked`() {
    var call = call("ab")
    _ = call.step(.began(at: 0))
    _ = call.step(.news(.head(status: 401, headers: []), attempt: 1, at: 1))
    #expect(words(call.step(.news(.done, attempt: 1, at: 1))) == ["drop 1", "passed keyRefused", "try b", "send 2"])
    _ = call.step(.news(.head(status: 403, headers: []), attempt: 2, at: 2))
    #expect(words(call.step(.news(.done, attempt: 2, at: 2))) == ["drop 2", "failed keyRefused keyRefused"])
  }

  @Test func `a call that is stopped while it rests is over`() {
    var call = call("ab")
    _ = call.step(.began(at: 0))
    _ = call.step(.news(.head(status: 503, headers: [HTTPHeader("Retry-After", "3")]), attempt: 1, at: 1))
    _ = call.step(.news(.done, attempt: 1, at: 1))
    #expect(words(call.step(.cancelled(at: 2))).count == 2)
    #expect(call.isEnded)
    #expect(call.step(.waited(attempt: 2, at: 4)).isEmpty)
  }

  @Test func `the network waits for the first word as long as for the first byte`() {
    let patience = HTTPRequest.Patience(firstByteSeconds: 180, stallSeconds: 20)
    let endpoint = ChatEndpoint(name: "e", url: "https://x.example", model: "m", patience: patience)
    #expect(ChatRequest(endpoint: endpoint, messages: []).request(key: nil).patience.stallSeconds == 180)
  }
}
