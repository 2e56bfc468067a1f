import Foundation
import Support
import Testing

/// Sessions to talk over, and servers to ask about them.
extension World {
  /// Rehearses the reading and returns the session's id.
  func rehearsed() throws -> String {
    let done = try rostrum("rehearse", "--input", try file(try Speech.reading()), "--fast")
    return try #require(savedSession(in: done.output + done.errors), "\(done)")
  }

  /// Makes `text` the settings.
  func configure(_ text: String) throws {
    let path = try scratch.folder("home/config") + "/config.yaml"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Makes endpoints at these addresses, called a, b, c…, the settings; each asks for the key in `Answer.variable`.
  func configure(endpoints: [String], model: String = "m", more: String = "") throws {
    let entries = zip("abcdef", endpoints).map { name, url in
      """
        - name: \(name)
          url: \(url)
          model: \(model)
          key-env: \(Answer.variable)
          first-byte-seconds: 2
          stall-seconds: 1

      """
    }
    try configure("\(more)endpoints:\n" + entries.joined())
  }

  /// Asks about the last session in lines.
  func ask(_ question: String, _ arguments: String...) throws -> Run {
    try run(
      [RostrumBinary.path, "tutor", "last"] + arguments, environment: environment, input: Array((question + "\n").utf8))
  }

  /// The turns that are kept with a session, in order.
  func turns(of id: String) throws -> [SeenEvent] {
    let shown = try rostrum("sessions", "show", id, "--json")
    return try #require(SeenEvent.all(in: shown.output), "\(shown)").filter { $0.kind == "turn" }
  }

  /// The files below the world's home that hold `text`, as bytes.
  func files(with text: String) -> [String] {
    scratch.listing("home").filter {
      FileManager.default.contents(atPath: "\(home)/\($0)")?.range(of: Data(text.utf8)) != nil
    }
  }
}

extension SeenEvent {
  /// A text of this name.
  func text(_ name: String) -> String { fields[name] as? String ?? "" }
}

/// What a model's server says, in OpenAI's dialect.
enum Answer {
  /// The key that endpoints of the tests ask for, and the variable that holds it.
  static let key = "hunter2-the-key-of-the-tests"
  static let variable = "TUTOR_TEST_KEY"
  /// What gives the program the key.
  static let environment = [variable: key]
  /// Where it is asked for.
  static let path = "/v1/chat/completions"
  /// The head of a stream.
  static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
  /// The end of a stream.
  static let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"

  /// One piece of a stream.
  static func chunk(_ text: String) -> String {
    let object: [String: Any] = ["model": "m-1", "choices": [["index": 0, "delta": ["content": text]]]]
    let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
    return "data: \(String(decoding: data, as: UTF8.self))\n\n"
  }

  /// A whole stream of these pieces.
  static func stream(_ pieces: String...) -> [FaultyServer.Step] {
    [.text(head + pieces.map(chunk).joined() + end)]
  }
}
