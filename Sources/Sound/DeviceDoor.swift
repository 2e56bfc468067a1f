import CALSA
import Glibc

/// The way to a device of ALSA's: which names stand for the one asked for, and what it means when none opens.
enum DeviceDoor {
  /// Devices tried when `requested` is asked for.
  static func candidates(_ requested: String) -> [String] {
    requested == "default" ? ["default", "pulse", "pipewire"] : [requested]
  }

  /// Gives what `use` makes of the first of `candidates(requested)` that can be opened and set up.
  ///
  /// A device that offers nothing usable is tried once more through ALSA's converting `plug`. Fails with what the one
  /// asked for said; `detail` holds what the others said.
  ///
  /// - Parameters:
  ///   - requested: The device, as in `default` or `hw:1`.
  ///   - stream: Which way sound goes.
  ///   - use: Sets an opened handle up, given the name it was tried under and the one ALSA was asked to open. Where it
  ///     throws, the handle is closed.
  static func open<Opened>(
    _ requested: String, _ stream: snd_pcm_stream_t,
    use: (_ pcm: OpaquePointer, _ name: String, _ pcmName: String) throws(SoundError) -> Opened
  ) throws(SoundError) -> Opened {
    var failures: [SoundError] = []
    for name in candidates(requested) {
      do throws(SoundError) {
        return try openOne(name, stream, use)
      } catch {
        failures.append(error)
      }
    }
    // The one asked for speaks, unless another says something more telling than that it is not there.
    guard let first = failures.first(where: { $0.kind != .noSuchDevice }) ?? failures.first else {
      throw SoundError(.noSuchDevice, operation: "snd_pcm_open", name: requested)
    }
    let all = failures.count == 1 ? first.detail : failures.map { "\($0.name): \($0.detail)" }.joined(separator: "; ")
    throw SoundError(first.kind, operation: first.operation, name: requested, code: first.code, detail: all)
  }

  private static func openOne<Opened>(
    _ name: String, _ stream: snd_pcm_stream_t, _ use: (OpaquePointer, String, String) throws(SoundError) -> Opened
  ) throws(SoundError) -> Opened {
    do throws(SoundError) {
      return try openExactly(name, name, stream, use)
    } catch {
      guard error.kind == .badDevice, !name.hasPrefix("plug"), !name.contains("'") else { throw error }
      return try openExactly("plug:'\(name)'", name, stream, use)
    }
  }

  private static func openExactly<Opened>(
    _ pcmName: String, _ name: String, _ stream: snd_pcm_stream_t,
    _ use: (OpaquePointer, String, String) throws(SoundError) -> Opened
  ) throws(SoundError) -> Opened {
    rostrum_alsa_silence()
    var handle: OpaquePointer?
    let code = snd_pcm_open(&handle, pcmName, stream, Int32(SND_PCM_NONBLOCK))
    guard code >= 0, let handle else {
      throw openFailure(name, code: -code, suffix: stream == SND_PCM_STREAM_CAPTURE ? "c" : "p")
    }
    do throws(SoundError) {
      return try use(handle, name, pcmName)
    } catch {
      snd_pcm_close(handle)
      throw error
    }
  }

  /// What a refused `snd_pcm_open` means; `suffix` is `c` for capture nodes and `p` for playback nodes.
  static func openFailure(_ name: String, code: Int32, suffix: String) -> SoundError {
    let said = code > 1000 ? "ALSA error \(code)" : describe(code)
    func failure(_ kind: SoundError.Kind, _ detail: String? = nil) -> SoundError {
      SoundError(kind, operation: "snd_pcm_open", name: name, code: code, detail: detail ?? said)
    }
    switch code {
    case EBUSY, EAGAIN: return failure(.deviceBusy)
    case EACCES, EPERM: return failure(.noPermission, closedNodeGroup(suffix))
    case ENOENT, ENODEV, ENXIO, EINVAL, ECONNREFUSED, ENOTCONN, ETIMEDOUT:
      // A card we may not touch looks to ALSA like a card that is not there.
      if let group = closedNodeGroup(suffix) { return failure(.noPermission, group) }
      return failure(.noSuchDevice)
    default: return failure(.io)
    }
  }

  /// The group that may use the first sound card node we may not, if there is one.
  private static func closedNodeGroup(_ suffix: String) -> String? {
    guard let folder = opendir("/dev/snd") else { return nil }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let node = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard node.hasPrefix("pcm"), node.hasSuffix(suffix) else { continue }
      let path = "/dev/snd/" + node
      guard access(path, R_OK | W_OK) != 0 else { continue }
      var facts = stat()
      guard stat(path, &facts) == 0 else { continue }
      return groupName(facts.st_gid)
    }
    return nil
  }

  private static func groupName(_ id: gid_t) -> String {
    var entry = group()
    var found: UnsafeMutablePointer<group>?
    var text = [CChar](repeating: 0, count: 4096)
    guard getgrgid_r(id, &entry, &text, text.count, &found) == 0, found != nil, let name = entry.gr_name else {
      return String(id)
    }
    return String(cString: name)
  }
}
