import Support
import Synchronization

@testable import Network

/// What came of a request.
final class Asked: Sendable {
  private let all = Mutex<[HTTPNews]>([])

  /// Takes in what is told.
  func tell(_ news: HTTPNews) { all.withLock { $0.append(news) } }

  var news: [HTTPNews] { all.withLock { $0 } }

  /// Whether the last word was said.
  var isOver: Bool { news.contains { $0 == .done || $0.error != nil } }

  /// Waits for the end.
  func wait() -> Asked {
    _ = eventually(everySeconds: 0.002) { isOver }
    return self
  }

  var status: Int? { news.compactMap { if case .head(let status, _) = $0 { status } else { nil } }.first }

  var headers: [HTTPHeader] {
    news.compactMap { if case .head(_, let headers) = $0 { headers } else { nil } }.first ?? []
  }

  var body: [UInt8] { news.flatMap { if case .bytes(let bytes) = $0 { bytes } else { [UInt8]() } } }

  var text: String { String(decoding: body, as: UTF8.self) }

  var error: NetworkError? { news.compactMap(\.error).first }

  /// Whether the news are a head at most, bytes, and one end.
  var isInOrder: Bool {
    let ends = news.filter { $0 == .done || $0.error != nil }
    let heads = news.indices.filter { if case .head = news[$0] { true } else { false } }
    let isEndLast = news.last.map { $0 == .done || $0.error != nil } ?? false
    return ends.count == 1 && isEndLast && heads.count <= 1 && (heads.first ?? 0) == 0
  }
}

extension HTTPNews {
  var error: NetworkError? { if case .failed(let error) = self { error } else { nil } }
}

/// Asks once and waits for the end.
func ask(_ request: HTTPRequest, of client: HTTPClient = HTTPClient()) -> Asked {
  let asked = Asked()
  client.send(request) { asked.tell($0) }
  return asked.wait()
}
