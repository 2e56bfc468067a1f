import Glibc

/// A question that is asked once, before something that cannot be taken back.
enum Confirmation {
  /// Whether a person says yes to `question`, or `--yes` said so before. Fails with `unattended` where nobody can be
  /// asked.
  static func given(_ question: String, yes: Bool, unattended: String) throws(Failure) -> Bool {
    if yes { return true }
    guard isatty(STDIN_FILENO) != 0, isatty(STDERR_FILENO) != 0 else { throw Failure(.usage, unattended) }
    for line in Printed.broken(Printed.safe(question), to: Terminals.columns(STDERR_FILENO)) { Printed.error(line) }
    _ = "Go on? [y/N] ".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    let answer = (readLine() ?? "").lowercased().trimmingBlanks()
    return answer == "y" || answer == "yes"
  }
}
