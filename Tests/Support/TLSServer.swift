import Foundation

/// A server for HTTPS that hands out files as they are, head and all: `openssl s_server -HTTP`.
///
/// The file `answer` is asked for as `/answer`. Its certificate is made on the spot and signs itself; it is made out to
/// `localhost`, and believed by nobody who is not given `certificate`.
package final class TLSServer: Sendable {
  /// What its certificate is like.
  package enum Certificate: Sendable {
    case good, expired
    /// Made out to another name.
    case otherName
  }

  /// Whether there is an `openssl` to do it.
  package static let isThere = (try? run(["openssl", "version"]))?.code == 0
  /// What to say where there is none.
  package static let whyNot: String = "needs the command openssl (make setup-test)"

  /// The port that it listens at.
  package let port: Int
  /// The path of its certificate, PEM.
  package let certificate: String
  private let scratch: Scratch
  private let running: Running

  /// Starts one.
  /// - Parameters:
  ///   - files: names and whole answers, head and body.
  ///   - options: further words for `openssl s_server`.
  /// - Throws: `SupportError` if it does not come up.
  package init(_ kind: Certificate = .good, files: [String: String], options: [String] = []) throws {
    scratch = try Scratch()
    for (name, text) in files { _ = try scratch.write(text, to: name) }
    certificate = scratch.path("certificate.pem")
    let name = kind == .otherName ? "example.com" : "localhost"
    let make = """
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out asked.csr \
      -subj "/CN=\(name)" -addext "subjectAltName=DNS:\(name)" && \
      openssl x509 -req -in asked.csr -signkey key.pem -days \(kind == .expired ? -1 : 2) -copy_extensions copy \
      -out certificate.pem
      """
    let made = try run(["/bin/sh", "-c", make], folder: scratch.path)
    guard made.code == 0 else { throw SupportError("no certificate: \(made)") }
    let words = [
      "openssl", "s_server", "-HTTP", "-accept", "127.0.0.1:0", "-cert", "certificate.pem", "-key", "key.pem",
    ]
    let running = try Running(words + options, folder: scratch.path)
    self.running = running
    var found: Int?
    _ = eventually {
      let line = running.output.split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }
      found = line.flatMap { $0.split(separator: ":").last }.flatMap { Int($0) }
      return found != nil || running.child.poll() != nil
    }
    guard let found else { throw SupportError("openssl s_server does not listen: \(running.errors)") }
    port = found
  }

  deinit { running.child.end() }

  /// The address of `path`, at `localhost`.
  package func url(_ path: String) -> String { "https://localhost:\(port)\(path)" }
}
