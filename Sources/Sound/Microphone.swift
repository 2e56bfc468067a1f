import CALSA
import Glibc

/// An ALSA capture device, opened and set up the way speech needs it.
///
/// The device's own rate is kept (ALSA does not resample unless nothing else works), because our filter is known and
/// the plugin's is whatever the machine has. Half a second of buffer means that a stall of ours is no overrun.
struct Microphone: Sendable {
  // SAFETY: an ALSA handle may be used from one thread at a time; the one that opened it gives it to the ear.
  /// The ALSA handle.
  nonisolated(unsafe) let pcm: OpaquePointer
  /// The device in use, by the name it was tried under.
  let name: String
  /// What ALSA was asked to open for it: the name, or the name inside the converting `plug`.
  let pcmName: String
  /// What it delivers.
  let format: SoundFormat
  /// Frames in a period.
  let periodFrames: Int

  /// Gives the device back.
  func close() { snd_pcm_close(pcm) }

  /// Devices tried when `requested` is asked for.
  static func candidates(_ requested: String) -> [String] {
    requested == "default" ? ["default", "pulse", "pipewire"] : [requested]
  }

  /// Opens the first of `candidates(requested)` that can be opened, as `wanted` if that is given.
  ///
  /// Fails with what the one asked for said; `detail` holds what the others said.
  static func open(
    _ requested: String, periodMilliseconds: Int, as wanted: SoundFormat? = nil
  ) throws(SoundError) -> Microphone {
    var failures: [SoundError] = []
    for name in candidates(requested) {
      do throws(SoundError) {
        return try openOne(name, periodMilliseconds: periodMilliseconds, as: wanted)
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

  /// Opens `name` itself, and if that offers nothing usable, through ALSA's converting `plug`.
  private static func openOne(
    _ name: String, periodMilliseconds: Int, as wanted: SoundFormat?
  ) throws(SoundError) -> Microphone {
    do throws(SoundError) {
      return try openExactly(name, name, periodMilliseconds, wanted)
    } catch {
      guard error.kind == .badDevice, !name.hasPrefix("plug"), !name.contains("'") else { throw error }
      return try openExactly("plug:'\(name)'", name, periodMilliseconds, wanted)
    }
  }

  private static func openExactly(
    _ pcmName: String, _ name: String, _ periodMilliseconds: Int, _ wanted: SoundFormat?
  ) throws(SoundError) -> Microphone {
    rostrum_alsa_silence()
    var handle: OpaquePointer?
    let code = snd_pcm_open(&handle, pcmName, SND_PCM_STREAM_CAPTURE, Int32(SND_PCM_NONBLOCK))
    guard code >= 0, let handle else { throw openFailure(name, code: -code, suffix: "c") }
    do throws(SoundError) {
      let (format, period) = try HardwareSetup.negotiate(handle, name, periodMilliseconds, wanted)
      return Microphone(pcm: handle, name: name, pcmName: pcmName, format: format, periodFrames: period)
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
