// Milliseconds of one inventory in a fresh process: `inventory-phases total PACKAGE`; of its first phases alone, in
// another: `inventory-phases parts PACKAGE`. What is left of the total is finding, canonical form and hashing.

import Archive
import Hashing
import SolutionPackages
import Solutions
import XML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

func read(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { fatalError("cannot open \(path)") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let size = ftell(file)
  rewind(file)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = fread(buffer.baseAddress, 1, size, file)
  }
}

func milliseconds(_ duration: Duration) -> Double {
  Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
}

let clock = ContinuousClock()
let bytes = read(CommandLine.arguments[2])

if CommandLine.arguments[1] == "total" {
  let total = try clock.measure {
    let package = try PackageReader().read(bytes, file: "package")
    precondition(!package.components.isEmpty)
  }
  print("total", milliseconds(total))
} else {
  try printParts(of: bytes)
}

func printParts(of bytes: [UInt8]) throws {
  var document: [UInt8] = []
  let inflate = try clock.measure {
    try ArchiveReader(bytes).forEachFile { entry, content in
      if entry.path == "customizations.xml" { document = try content.whole() }
      return true
    }
  }
  let begin = clock.now
  let tree = try XMLTree(consume document)
  let parse = clock.now - begin
  precondition(tree.memory > 0)
  print("inflate", milliseconds(inflate))
  print("parse", milliseconds(parse))
}
