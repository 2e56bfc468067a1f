import CSndFile
import Glibc

/// A WAV file whose writer never came to put the length of the sound into its header: it says 0, and sound follows.
///
/// Programs that write a stream leave that behind when they are cut off. libsndfile takes it for a file without sound;
/// here it is opened once more as bare samples, from the end of the header to the end of the file.
enum UnclosedWave {
  /// Bytes of a sample by the part of libsndfile's format that says how samples are coded; no others are bare samples.
  private static let sampleBytes: [Int: Int] = [
    Int(SF_FORMAT_PCM_U8): 1, Int(SF_FORMAT_ULAW): 1, Int(SF_FORMAT_ALAW): 1, Int(SF_FORMAT_PCM_16): 2,
    Int(SF_FORMAT_PCM_24): 3, Int(SF_FORMAT_PCM_32): 4, Int(SF_FORMAT_FLOAT): 4, Int(SF_FORMAT_DOUBLE): 8,
  ]
  /// Chunks looked at before giving up.
  private static let chunkLimit = 64

  /// Opens the sound of the file behind `descriptor`, which libsndfile has read `info` from; nil where there is none, or
  /// none of this kind. The handle has a descriptor of its own, and `info` then has the true length.
  static func open(_ descriptor: Int32, _ info: inout SF_INFO) -> (handle: OpaquePointer, descriptor: Int32)? {
    let (container, coding) = (Int(info.format) & Int(SF_FORMAT_TYPEMASK), Int(info.format) & Int(SF_FORMAT_SUBMASK))
    guard info.frames == 0, [Int(SF_FORMAT_WAV), Int(SF_FORMAT_WAVEX)].contains(container),
      let bytes = sampleBytes[coding], info.channels > 0
    else { return nil }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, var start = soundStart(descriptor, end: Int64(facts.st_size)) else {
      return nil
    }
    let frames = (Int64(facts.st_size) - start) / Int64(bytes * Int(info.channels))
    let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard frames > 0, own >= 0 else { return nil }
    lseek(own, 0, SEEK_SET)
    info.format = Int32(Int(SF_FORMAT_RAW) | coding | Int(SF_ENDIAN_LITTLE))
    guard let handle = sf_open_fd(own, Int32(SFM_READ), &info, 1) else { return nil }
    let code = sf_command(handle, Int32(SFC_SET_RAW_START_OFFSET), &start, Int32(MemoryLayout<sf_count_t>.size))
    // The place is taken over with the next seek only.
    guard code == 0, sf_seek(handle, 0, Int32(SEEK_SET)) == 0 else {
      sf_close(handle)
      return nil
    }
    info.frames = frames
    return (handle, own)
  }

  /// Where the sound begins, in bytes; nil where the file is whole and really holds none: then what follows the empty
  /// `data` chunk is chunks again, up to the end.
  private static func soundStart(_ descriptor: Int32, end: Int64) -> Int64? {
    guard let head = chunk(descriptor, at: 0), head.name == Array("RIFF".utf8) else { return nil }
    var (place, start): (Int64, Int64?) = (12, nil)
    for _ in 0..<chunkLimit {
      if place == end || place == end + 1 { return nil }
      guard let next = chunk(descriptor, at: place), next.name.allSatisfy({ (0x20..<0x7F).contains($0) }) else { break }
      place += 8
      if start == nil, next.name == Array("data".utf8) {
        guard next.bytes == 0 else { return nil }
        start = place
      }
      place += next.bytes + next.bytes % 2
    }
    return start.flatMap { $0 < end ? $0 : nil }
  }

  /// The name and the length of the chunk that begins at `place`; nil beyond the end.
  private static func chunk(_ descriptor: Int32, at place: Int64) -> (name: [UInt8], bytes: Int64)? {
    var head = [UInt8](repeating: 0, count: 8)
    guard pread(descriptor, &head, 8, off_t(place)) == 8 else { return nil }
    return (Array(head[..<4]), head[4...].reversed().reduce(0) { $0 << 8 | Int64($1) })
  }
}
