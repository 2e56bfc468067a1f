import Foundation
import Glibc
import Synchronization

/// A proxy for language models that nobody here wrote: LiteLLM's, which answers by itself with what its config says.
///
/// It takes ten seconds to start, so there is one for a whole test run, started when the first test asks. It is on a
/// leash, and gone when the run is, with all that it started. `make setup-llm` installs it.
package final class LiteLLM: Sendable {
  /// Whether it is installed.
  package static let isThere = FileManager.default.fileExists(atPath: folder + "/complete")
  /// What to say where it is not.
  package static let whyNot: String = "needs LiteLLM's proxy in .build/llm (make setup-llm)"

  /// The one proxy, or why it does not start.
  package static func shared() throws -> LiteLLM {
    try one.withLock { one in
      if one == nil { one = Result { try LiteLLM() } }
      return try one?.get() ?? LiteLLM()
    }
  }

  /// The key that it asks for.
  package static let key = "sk-rostrum-4711-of-the-tests"
  /// What its model `tutor` says.
  package static let answer = "You spoke at about 150 words a minute. **Slow down** at the end, and breathe: né 日本."
  /// The base of its interface.
  package let url: String

  private static let folder = Machine.package + "/.build/llm/venv"
  private static let one = Mutex<Result<LiteLLM, any Error>?>(nil)
  private let scratch: Scratch
  private let child: Child
  private let leash: Leash

  /// Its models: `tutor` answers, `busy` has had too many questions, `broken` fails.
  private static let config = """
    model_list:
      - model_name: tutor
        litellm_params: {model: openai/tutor, api_key: none, mock_response: "\(answer)"}
      - model_name: busy
        litellm_params: {model: openai/busy, api_key: none, mock_response: "litellm.RateLimitError"}
      - model_name: broken
        litellm_params: {model: openai/broken, api_key: none, mock_response: "litellm.InternalServerError"}
    litellm_settings: {num_retries: 0, telemetry: false}
    general_settings: {master_key: "\(key)"}

    """

  private init() throws {
    scratch = try Scratch()
    let config = try scratch.write(Self.config, to: "config.yaml")
    let port = try Self.freePort()
    url = "http://127.0.0.1:\(port)/v1"
    // Prices come with it; without this it would fetch newer ones.
    let environment = [
      "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true", "LITELLM_LOCAL_MODEL_COST_MAP": "True",
      "HOME": scratch.path, "PYTHONDONTWRITEBYTECODE": "1",
    ]
    let log = scratch.path("log")
    let (nothing, output) = (open("/dev/null", O_RDONLY | O_CLOEXEC), open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
    defer { [nothing, output].forEach { close($0) } }
    child = try Child(
      [Self.folder + "/bin/litellm", "--config", config, "--port", "\(port)", "--host", "127.0.0.1"],
      environment: Machine.base.merging(environment) { $1 },
      streams: .descriptors(input: nothing, output: output, errors: output))
    let child = child
    leash = try Leash("kill -9 -\(child.pid); rm -rf '\(scratch.path)'")
    let hasEnded = { child.poll() != nil }
    guard eventually(within: 240, everySeconds: 0.1, { Self.answers(port) || hasEnded() }), !hasEnded() else {
      let said = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
      throw SupportError("LiteLLM does not start: \(said.suffix(2000))")
    }
  }

  private static func freePort() throws -> Int {
    try withSocket(port: 0) { socket, address, size in
      guard bind(socket, address, size) == 0 else { throw SupportError("no port", errno) }
      var (bound, length) = (sockaddr_in(), size)
      let code = withUnsafeMutablePointer(to: &bound) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
      }
      guard code == 0 else { throw SupportError("no port", errno) }
      return Int(UInt16(bigEndian: bound.sin_port))
    }
  }

  private static func answers(_ port: Int) -> Bool {
    (try? withSocket(port: port) { connect($0, $1, $2) == 0 }) ?? false
  }

  private static func withSocket<Answer>(
    port: Int, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> Answer
  ) throws -> Answer {
    let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard made >= 0 else { throw SupportError("no socket", errno) }
    defer { close(made) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    return try withUnsafePointer(to: &address) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body(made, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
