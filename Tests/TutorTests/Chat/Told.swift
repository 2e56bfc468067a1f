import Synchronization

@testable import Tutor

/// What a call told, as short words: `try a`, the text, `cut a stalled`, `done a`, `failed a:tls b:cut`.
final class Told: Sendable {
  private let news = Mutex<[CallNews]>([])

  func add(_ news: CallNews) { self.news.withLock { $0.append(news) } }

  var all: [CallNews] { news.withLock { $0 } }

  var isOver: Bool {
    switch all.last {
    case .finished, .failed: true
    default: false
    }
  }

  var receipt: Receipt? {
    if case .finished(let receipt) = all.last { receipt } else { nil }
  }

  var problems: [CallProblem] {
    if case .failed(let problems) = all.last { problems } else { [] }
  }

  var words: [String] {
    var words: [String] = []
    for news in all {
      switch news {
      case .trying(let name): words.append("try \(name)")
      case .text(let text):
        if words.last?.hasPrefix("\"") == true { words[words.count - 1] += text } else { words.append("\"" + text) }
      case .cut(let name, let why): words.append("cut \(name) \(why.kind)")
      // Why one was passed by is told at the end too where all were; CallStateTests has its rows.
      case .passed: break
      case .finished(let receipt): words.append("done \(receipt.endpoint)")
      case .failed(let problems):
        words.append("failed " + problems.map { "\($0.endpoint):\($0.kind)" }.joined(separator: " "))
      }
    }
    return words
  }
}
