/// Makes the head of an answer out of header lines.
///
/// Heads of status 1xx come before the one that counts and are forgotten; lines after it (trailers) are ignored.
struct HeadReader {
  /// What a line means.
  enum Step: Equatable {
    case more
    /// The head is complete.
    case complete
    case tooLarge
  }

  /// Bytes and lines of a head at most.
  static let byteLimit = 64 << 10, lineLimit = 200

  private(set) var status = 0
  private(set) var headers: [HTTPHeader] = []
  private(set) var isComplete = false
  private var bytes = 0

  /// Takes in the next line, with its end.
  mutating func take(_ line: some Collection<UInt8>) -> Step {
    guard !isComplete else { return .more }
    bytes += line.count
    guard bytes <= Self.byteLimit, headers.count < Self.lineLimit else { return .tooLarge }
    let text = line.filter { $0 != 13 && $0 != 10 }
    if text.starts(with: "HTTP/".utf8) {
      let words = text.split(separator: 32)
      status = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
      headers = []
    } else if text.isEmpty {
      isComplete = status >= 200
      return isComplete ? .complete : .more
    } else if let colon = text.firstIndex(of: 58) {
      headers.append(HTTPHeader(Self.trimmed(text[..<colon]), Self.trimmed(text[(colon + 1)...])))
    }
    return .more
  }

  /// The length that the answer claims to have; nil where it says none.
  var claimedLength: Int? { headers["content-length"].flatMap { Int($0) } }

  /// Where it says to look instead, nil where it is to be read itself.
  var redirect: String? { Hop.isRedirect(status) ? headers["location"] : nil }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> String {
    let start = text.drop { $0 == 32 || $0 == 9 }
    let end = start.lastIndex { $0 != 32 && $0 != 9 }.map { $0 + 1 } ?? start.startIndex
    return String(decoding: start[start.startIndex..<end], as: UTF8.self)
  }
}
