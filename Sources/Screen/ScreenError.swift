/// Why there is no screen.
package struct ScreenError: Error, Equatable {
  /// What went wrong.
  package enum Code: Equatable, Sendable {
    /// There is no terminal, or it is not one.
    case noTerminal
    /// terminfo knows no terminal of this name.
    case unknownTerminal(String)
    /// The terminal cannot place its cursor, as `dumb` cannot.
    case plainTerminal(String)
    /// The system refused; `underlying` says why.
    case system
  }

  /// What went wrong.
  package let code: Code
  /// The call that failed.
  package let operation: String
  /// The system's error number, or 0.
  package let underlying: Int32

  init(_ code: Code, _ operation: String, _ underlying: Int32 = 0) {
    self.code = code
    self.operation = operation
    self.underlying = underlying
  }
}
