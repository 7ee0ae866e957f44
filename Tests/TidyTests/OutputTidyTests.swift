import TestSupport
import Testing

/// That there is one writer, as far as a machine can check it.
@Suite("Tidy: outputs")
struct OutputTidyTests {
  @Test(
    "Only the one writer writes: files through Outputs, both standard streams through Console",
    // The service keeps what it was handed in a folder of its own.
    arguments: TidyTests.sources.filter {
      !$0.hasPrefix("strata/Outputs/") && $0 != "Service/Workroom.swift"
    }
  )
  func writes(file: String) throws {
    for line in try Repository.text("Sources/\(file)").split(separator: "\n") {
      let isWriting = line.firstMatch(
        of: /(^|[^A-Za-z.])(debugPrint|print|puts|fputs|fprintf|dprintf|fwrite|putchar)\(/
      )
      #expect(isWriting == nil, "\(file): \(line)")
      for word in [
        "FileHandle", ".write(to: URL", ".write(toFile", "Glibc.write(", "Darwin.write(",
        "O_WRONLY", "O_TRUNC", "createFile(", "STDOUT_FILENO,", "STDERR_FILENO,",
      ] {
        #expect(!line.contains(word), "\(file) writes past Outputs: \(line)")
      }
    }
  }
}
