// swift-tools-version: 6.2
import PackageDescription

/// The strictest checks the compiler offers without third-party macros, on every target of ours.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Signal code, and what the history's benchmark goes through, is optimised in debug builds too: tests feed it minutes
/// of sound, and a history of ten thousand sessions is made.
let signals = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A C target: one header of shims, and the libraries it stands for.
func shim(_ name: String, _ libraries: String...) -> Target {
  .target(name: name, linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// Where Debian has the headers of Pango, and those of GLib, of which one is the machine's own. A folder that is not there
/// is passed over. Not by pkg-config: of its answer the package manager refuses a part, aloud, at every build.
let pango = [
  "pango-1.0", "glib-2.0", "cairo", "harfbuzz", "../lib/x86_64-linux-gnu/glib-2.0/include",
  "../lib/aarch64-linux-gnu/glib-2.0/include",
].map { "-I/usr/include/" + $0 }

func room(_ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting] = strict) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Tests of one room; `golden` names folders of expected texts, which are read where they lie.
func tests(_ name: String, _ dependencies: [Target.Dependency], golden: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["Support"], exclude: golden, swiftSettings: strict)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let sockets: [Target.Dependency] = ["NIOCore", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "rostrum",
  products: [.executable(name: "rostrum", targets: ["rostrum"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    // Rank 0: C libraries.
    shim("CALSA", "asound"), shim("CNcurses", "ncursesw", "tinfo"), shim("CLinux", "crypt"),
    shim("CSndFile", "sndfile"),
    shim("CSampleRate", "samplerate"), shim("CEBUR128", "ebur128"), shim("CFFTW", "fftw3f"),
    shim("CEspeak", "espeak-ng"), shim("CUTF8Proc", "utf8proc"), shim("CCmark", "cmark"),
    .target(
      name: "CPocketSphinx", cSettings: [.headerSearchPath("found")],
      linkerSettings: [.linkedLibrary("pocketsphinx"), .linkedLibrary("sphinxbase")]),
    shim("CSphinxBase", "sphinxbase"), shim("CCurl", "curl"), shim("CRubberBand", "rubberband"),
    shim("CArchive", "archive"),
    .target(
      name: "CCairo", cSettings: [.unsafeFlags(pango)],
      linkerSettings: ["pangocairo-1.0", "pango-1.0", "gobject-2.0", "glib-2.0", "cairo"].map { .linkedLibrary($0) }),
    // Rank 1: pure.
    room("SpeechSignals", ["CEBUR128", "CFFTW"], settings: signals),
    room("Terminal", ["CUTF8Proc"]),
    // Rank 2.
    room("Practice", ["SpeechSignals", "CCmark"]),
    room("Espeak", ["CEspeak"]),
    // Rank 3: one outside thing each.
    room("Sound", ["CALSA", "CLinux", "CSndFile", "CSampleRate", "CRubberBand"], settings: signals),
    room("Network", ["CCurl", "CLinux"]),
    room("Screen", ["CNcurses", "CLinux", "Terminal"]),
    room("History", ["CLinux", "Practice", database], settings: signals),
    room("Packs", ["CArchive"]),
    room("Audience", ["CLinux", "Practice"] + sockets),
    room("Report", ["CCairo", "SpeechSignals", "Terminal", "Practice"]),
    // Rank 3b: as rank 3, and they may ask over the network.
    room(
      "Recognition", ["CPocketSphinx", "CSphinxBase", "SpeechSignals", "Practice", "Espeak", "Network"],
      settings: signals),
    room("Tutor", ["CLinux", "SpeechSignals", "Terminal", "Practice", "Network", mustache]),
    room("Voice", ["Espeak", "Practice", "SpeechSignals", "Network"]),
    // Rank 4 and 5.
    room(
      "Coach",
      [
        "CLinux", "SpeechSignals", "Terminal", "Practice", "Espeak", "Sound", "Screen", "History", "Report",
        "Recognition", "Network", "Tutor", "Voice", "Packs", "Audience", yaml, logging, arguments,
      ]),
    .executableTarget(
      name: "rostrum", dependencies: ["Coach"], swiftSettings: strict,
      linkerSettings: [
        .unsafeFlags([
          "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--no-export-dynamic",
        ])
      ]),
    // Tests, one folder a target.
    .target(name: "Support", dependencies: ["CLinux"], path: "Tests/Support", swiftSettings: strict),
    tests("SpeechSignalsTests", ["SpeechSignals"]),
    tests("TerminalTests", ["Terminal"]),
    tests("PracticeTests", ["Practice", "SpeechSignals"], golden: ["Fixtures"]),
    tests("SoundTests", ["Sound", "Espeak", "SpeechSignals"]),
    tests("NetworkTests", ["Network"]),
    tests("ScreenTests", ["Screen", "Terminal"]),
    tests("HistoryTests", ["History", "Practice", database]),
    tests("PacksTests", ["Packs"]),
    tests("AudienceTests", ["Audience", "Practice", "CLinux"] + sockets),
    tests("RecognitionTests", ["Recognition", "Practice", "CSphinxBase", "Network"]),
    tests("TutorTests", ["Tutor", "Practice", "SpeechSignals", "Network"]),
    tests("VoiceTests", ["Voice", "SpeechSignals", "Network"]),
    tests("ReportTests", ["Report", "Practice", "SpeechSignals", "Terminal"], golden: ["Golden"]),
    tests(
      "CoachTests",
      [
        "Coach", "Practice", "Terminal", "SpeechSignals", "Report", "Recognition", "Sound", "Network", "Tutor", "Voice",
        "History", "Packs", "Audience",
      ],
      golden: ["Settings/Golden", "Golden"]),
    tests("EndToEndTests", []),
    .testTarget(
      name: "BenchTests", dependencies: ["Coach", "Voice", "History", "Audience", "Practice", "Support"],
      swiftSettings: signals),
    tests("WordsBench", ["Recognition", "Practice", "Sound", "Coach"]),
    tests("HouseTests", []),
  ],
  swiftLanguageModes: [.v6]
)
