import Archive
import Contract
import JSON
import SolutionPackages
import Solutions
import XML

#if canImport(Glibc)
  import Glibc
#endif

/// What the fuzzer feeds; chosen by the environment variable STRATA_FUZZ_TARGET.
private enum Target: String {
  case archive
  case json
  case part
  case plan
  case xml
  case manifest
  case version

  static let chosen: Target =
    getenv("STRATA_FUZZ_TARGET")
    .flatMap { Target(rawValue: String(cString: $0)) } ?? .xml

  func feed(_ bytes: [UInt8]) {
    switch self {
    case .archive: archive(bytes)
    case .json: json(bytes)
    case .part: part(bytes)
    case .plan: plan(bytes)
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

  /// What is read and written in the one way reads again as the same, and so does each text.
  private func json(_ bytes: [UInt8]) {
    guard let document = try? JSONDocument(bytes) else { return }
    var once = JSONText()
    once.write(document.root)
    guard let again = try? JSONDocument(once.bytes) else {
      preconditionFailure("what was written can be read")
    }
    var twice = JSONText()
    twice.write(again.root)
    precondition(once.bytes == twice.bytes, "the one way is stable")
  }

  /// A component file: never a crash, and the same definition from the one spelling of the same values.
  private func part(_ bytes: [UInt8]) {
    func read(_ part: [UInt8]) -> SolutionPackage? {
      var zip = ZipWriter()
      zip.add("solution.xml", Array(Self.solution.utf8))
      zip.add("customizations.xml", Array("<ImportExportXml/>".utf8))
      zip.add("[Content_Types].xml", [])
      zip.add("smp_things/a/smp_thing.json", part)
      return try? PackageReader().read(zip.bytes(), file: "fuzz")
    }
    guard let package = read(bytes), let document = try? JSONDocument(bytes) else { return }
    var one = JSONText()
    one.write(document.root)
    let again = read(one.bytes)
    precondition(
      again?.components.map(\.definition.hash) == package.components.map(\.definition.hash),
      "spelling says nothing"
    )
  }

  private static let solution = """
    <ImportExportXml><SolutionManifest><UniqueName>Fuzz</UniqueName><Version>1.0</Version><Managed>1</Managed>\
    <Publisher><UniqueName>fuzz</UniqueName><CustomizationPrefix>fuz</CustomizationPrefix></Publisher>\
    <RootComponents/><MissingDependencies/></SolutionManifest></ImportExportXml>
    """

  /// A saved plan that reads is written and read again as the same.
  private func plan(_ bytes: [UInt8]) {
    guard let plan = try? ShapeCoder.shape(PlanShape.self, bytes),
      let once = try? ShapeCoder.json(plan)
    else { return }
    guard let again = try? ShapeCoder.shape(PlanShape.self, Array(once.utf8)),
      let twice = try? ShapeCoder.json(again)
    else { preconditionFailure("what was written can be read") }
    precondition(once == twice, "a plan is stable")
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
