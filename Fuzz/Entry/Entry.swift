import Archive
import SolutionPackages
import Solutions
import TestSupport
import XML

#if canImport(Glibc)
  import Glibc
#endif

/// What the fuzzer feeds; chosen by the environment variable STRATA_FUZZ_TARGET.
private enum Target: String {
  case archive
  case xml
  case manifest
  case version

  static let chosen: Target =
    getenv("STRATA_FUZZ_TARGET")
    .flatMap { Target(rawValue: String(cString: $0)) } ?? .xml

  func feed(_ bytes: [UInt8]) {
    switch self {
    case .archive: archive(bytes)
    case .xml: xml(bytes)
    case .manifest: manifest(bytes)
    case .version: version(bytes)
    }
  }

  private func archive(_ bytes: [UInt8]) {
    var limits = ArchiveLimits.standard
    limits.bytesPerEntry = 1 << 20
    limits.totalBytes = 4 << 20
    guard let reader = try? ArchiveReader(bytes, limits: limits) else { return }
    var total = 0
    try? reader.forEachFile { _, content in
      total += try content.whole().count
      return true
    }
    precondition(total <= limits.totalBytes, "the limit holds")
  }

  /// What is read and written canonically reads again as the same.
  private func xml(_ bytes: [UInt8]) {
    guard let tree = try? XMLTree(bytes) else { return }
    let once = CanonicalWriter.bytes(of: XMLFragment(tree.root))
    guard let again = try? XMLTree(once) else {
      preconditionFailure("canonical XML can be read")
    }
    precondition(
      CanonicalWriter.bytes(of: XMLFragment(again.root)) == once,
      "canonical XML is stable"
    )
  }

  /// The first half is `solution.xml`, the second `customizations.xml`; a plan is made of what reads.
  private func manifest(_ bytes: [UInt8]) {
    let middle = bytes.firstIndex(of: 0x00) ?? bytes.count
    var zip = ZipWriter()
    zip.add("solution.xml", Array(bytes[..<middle]))
    zip.add("customizations.xml", Array(bytes[min(middle + 1, bytes.count)...]))
    zip.add("[Content_Types].xml", [])
    guard let package = try? PackageReader().read(zip.bytes(), file: "fuzz") else { return }
    guard let state = try? Plan.installing(package, on: InstalledState()) else { return }
    precondition(state.brokenInvariants().isEmpty, "the state is sound")
    _ = Plan.importing([package], on: state)
    _ = Plan.uninstalling(package.name, on: state)
  }

  private func version(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let version = SolutionVersion(text) {
      precondition(SolutionVersion(version.description) == version, "a version reads as itself")
    }
    if let guid = GUID(text) { precondition(GUID(guid.description) == guid, "so does a GUID") }
    _ = SolutionName(text)?.patchParent
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  Target.chosen.feed(data.map { Array(UnsafeBufferPointer(start: $0, count: size)) } ?? [])
  return 0
}
