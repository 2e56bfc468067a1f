import Foundation
import Support

/// Somebody at a learner's socket without the program: what an account can send there by hand.
///
/// A script of Debian's own Python, run as that account. Each line of its input is one act; all that comes is printed.
/// - `send TEXT`: a line. `bytes N`: N bytes without a line break. `open N`: N more connections that say nothing.
/// - `until WORD`: reads until that has come, or a minute is over. `rest SECONDS`: reads for so long.
enum RawClient {
  /// Whether it can be run here.
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  /// Starts it.
  /// - Throws: `SupportError` if it does not start.
  static func start(
    as account: Accounts.Account, of accounts: Accounts, at socket: String, _ acts: String...
  ) throws -> Running {
    try Running(
      accounts.command(as: account, ["/usr/bin/python3", "-c", script, socket]),
      input: Array((acts.joined(separator: "\n") + "\n").utf8))
  }

  /// The first line of somebody who watches.
  static func hello(_ role: String, token: String? = nil) -> String {
    let given = token.map { ",\"token\":\"\($0)\"" } ?? ""
    return "send {\"wire\":\"hello\",\"version\":1,\"program\":\"0.1.0\",\"role\":\"\(role)\"\(given)}"
  }

  private static let script = """
    import select, socket, sys, time

    def dial():
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.connect(sys.argv[1])
        return line

    try:
        line = dial()
    except OSError as error:
        print("no line:", error.strerror)
        sys.exit(1)
    more, seen, over = [], b"", False

    def read(seconds, word=None):
        global seen, over
        end = time.monotonic() + seconds
        while not over and time.monotonic() < end and (word is None or word not in seen):
            if select.select([line], [], [], 0.1)[0]:
                try:
                    come = line.recv(65536)
                except OSError:
                    come = b""
                over = come == b""
                seen += come
                sys.stdout.buffer.write(come)
                sys.stdout.buffer.flush()

    def say(text):
        print("client:", text, flush=True)

    for act in sys.stdin:
        name, _, rest = act.rstrip("\\n").partition(" ")
        try:
            if name == "send":
                line.sendall(rest.encode() + b"\\n")
            elif name == "bytes":
                gone, piece = 0, b"a" * 65536
                line.settimeout(20)
                try:
                    while gone < int(rest):
                        gone += line.send(piece)
                finally:
                    line.settimeout(None)
                    say("%d bytes went" % gone)
            elif name == "open":
                for _ in range(int(rest)):
                    try:
                        more.append(dial())
                    except OSError:
                        pass
                say("%d lines" % len(more))
            elif name == "until":
                read(60, rest.encode())
            elif name == "rest":
                read(float(rest))
        except OSError as error:
            say(error.strerror or str(error))
    read(1)
    say("over" if over else "still there")
    """
}
