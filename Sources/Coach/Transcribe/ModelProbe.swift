import CLinux
import Glibc
import Recognition

/// Whether a model can be loaded at all, tried where it can do no harm.
///
/// The library ends the process over files that are damaged, by exit() or by reading where nothing is. So a model is
/// first loaded by a child, which hears a second of noise with it; what it found good is remembered by the names,
/// sizes and times of the model's files, since that takes half a second.
enum ModelProbe {
  /// Seconds after which a child that is still trying ends itself.
  static let seconds: UInt32 = 20

  /// Throws `.modelMissing` or `.modelBroken` where `model` cannot be loaded, and `.failed` where that cannot be found
  /// out.
  ///
  /// - Parameters:
  ///   - trusts: Whether what was found good before counts.
  ///   - program: What is started to try, as `PROGRAM probe-words FOLDER`; the running program itself.
  static func check(
    _ model: SphinxModel = .installed, places: Places, trusts: Bool = true, program: String = "/proc/self/exe"
  ) throws(RecognitionError) {
    if let missing = model.missing() {
      throw RecognitionError(.modelMissing, operation: "open", detail: missing)
    }
    let (facts, cache) = (facts(of: model), places.state + "/words-model")
    if trusts, (try? readText(path: cache, limit: Limits.textBytes)) == facts { return }
    guard (try? PronouncingDictionary(path: model.dictionary))?.isWhole ?? false else {
      throw RecognitionError(.modelBroken, operation: "read", detail: model.dictionary)
    }
    try tryOut(model, program)
    // Where nothing can be kept it is tried each time.
    try? writeText(facts, path: cache)
  }

  /// Loads the model in `folder` and hears a second of noise with it. In a process of its own: it may not come back.
  static func load(_ folder: String) throws(RecognitionError) {
    alarm(seconds)
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    let recogniser = try PocketSphinx(model: SphinxModel(folder: folder))
    var random: UInt32 = 1
    let noise = (0..<PocketSphinx.sampleRate).map { _ -> Float in
      random = random &* 1_664_525 &+ 1_013_904_223
      return Float(Int32(bitPattern: random)) / 4_294_967_296
    }
    var heard: [Heard] = []
    try recogniser.hear(noise.span, into: &heard)
    try recogniser.finish(into: &heard)
  }

  /// A line for each file: path, bytes, time of its last change.
  static func facts(of model: SphinxModel) -> String {
    model.files().map { path in
      var found = stat()
      guard stat(path, &found) == 0 else { return "\(path) -\n" }
      return "\(path) \(found.st_size) \(found.st_mtim.tv_sec).\(found.st_mtim.tv_nsec)\n"
    }.joined()
  }

  private static func tryOut(_ model: SphinxModel, _ program: String) throws(RecognitionError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in STDIN_FILENO...STDERR_FILENO {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, ours) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&ours)
    for signal in [SIGALRM, SIGPIPE, SIGXFSZ, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      sigaddset(&ours, signal)
    }
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &ours)
    // A group of its own: Ctrl-C is for the program, and must not look like a broken model.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    let words = ["rostrum", "probe-words", model.folder]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    arguments.append(nil)
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, &attributes, arguments, environ)
    guard code == 0 else {
      throw RecognitionError(.failed, operation: "posix_spawn", detail: String(cString: strerror(code)))
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw RecognitionError(.failed, operation: "waitpid") }
    }
    if [SIGKILL, SIGTERM, SIGHUP, SIGINT].contains(status & 0x7F) {
      throw RecognitionError(.failed, operation: "waitpid", detail: "the process that tries the model was stopped")
    }
    guard status == 0 else {
      throw RecognitionError(
        .modelBroken, operation: "load", detail: model.folder, complaint: "probe ended with status \(status)")
    }
  }
}
