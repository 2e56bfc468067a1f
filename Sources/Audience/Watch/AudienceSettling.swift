import NIOCore

extension AudienceLoop {
  /// Waits until the thread "audience" has done what it was asked to before: what was sent last has then gone to the
  /// sockets. Not on that thread.
  package static func settle() { try? loop.submit {}.wait() }
}
