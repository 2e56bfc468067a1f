import CLinux
import Glibc

/// A thread of the program: named, with no signals delivered to it, running a body once.
enum Worker {
  private final class Body {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a detached thread; false, and nothing was run, where the system has none to give.
  @discardableResult
  static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    // SAFETY: the thread takes the reference over, or it is released here where there is no thread.
    let box = Unmanaged.passRetained(Body(run: body))
    let code = rostrum_thread_start(
      name,
      { argument in
        guard let argument else { return }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
      }, box.toOpaque())
    if code != 0 { box.release() }
    return code == 0
  }
}
