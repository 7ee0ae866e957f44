import Foundation
import SolutionPackages
import Solutions
import TestSupport
import Testing

/// Folders that teams keep, each with the zip that belongs to it.
enum Unpacked {
  static let root = Repository.root + "/../shared/unpacked"

  static let names = Repository.files(below: root).filter { $0.hasSuffix(".zip") }
    .map { String($0.dropLast(4)) }

  static func folder(_ name: String) throws -> SolutionFolder {
    SolutionFolder(
      files: try Repository.files(below: "\(root)/\(name)").map {
        SolutionFolder.File(path: $0, bytes: try Repository.bytes("\(root)/\(name)/\($0)"))
      }
    )
  }

  static func zip(_ name: String) throws -> [UInt8] { try Repository.bytes("\(root)/\(name).zip") }
}

@Suite(
  "Folders that teams keep",
  .enabled(if: !Unpacked.names.isEmpty, "the folders are not beside the checkout")
)
struct UnpackedTests {
  /// Why a file of a folder is not what we make of the zip.
  private struct Reason: Hashable {
    /// Any for nil.
    var folder: String?
    let path: String
    var isPrefix = true
    let why: String

    func holds(for file: String, of folder: String) -> Bool {
      (self.folder ?? folder) == folder
        && (isPrefix ? file.hasPrefix(path) : file.hasSuffix(path))
    }
  }

  /// XrmCIFrameworkSample was unpacked by a tool of 2017 and from another export.
  private static let old = "XrmCIFrameworkSample"

  private static let theirsAlone = [
    Reason(path: "_managed.xml", isPrefix: false, why: "of the managed package, which is not here"),
    Reason(path: "Resources/", why: "labels, copied out by /localize"),
    Reason(path: "CanvasApps/src/", why: "the canvas app in pieces, made by pac canvas unpack"),
    Reason(folder: "EmbedImageinEmailBody", path: "other/", why: "spelled in lower case"),
    Reason(folder: "EmbedImageinEmailBody", path: "workflows/", why: "spelled in lower case"),
    Reason(folder: old, path: "PluginAssemblies/", why: "not in this zip"),
    Reason(folder: old, path: "SdkMessageProcessingSteps/", why: "not in this zip"),
  ]

  private static let oursAlone = [
    Reason(folder: "EmbedImageinEmailBody", path: "Other/", why: "spelled in lower case there"),
    Reason(folder: "EmbedImageinEmailBody", path: "Workflows/", why: "spelled in lower case there"),
    Reason(folder: old, path: "WebResources/", why: "a map file points to the team's own sources"),
  ]

  private static let different = [
    Reason(
      folder: old,
      path: "Entities/",
      why: "no declaration of xsi, no element around forms and views, another export"
    ),
    Reason(folder: old, path: "WebResources/", why: "no declaration of xsi"),
    Reason(folder: old, path: "Other/", why: "no declaration of xsi, another export"),
    Reason(path: "Other/Solution.xml", why: "sources of both packages say 2 for what they are"),
  ]

  /// Those whose `Solution.xml` says that they are sources of both.
  private static let ofBoth: Set<String> = [
    "ALL_PROJECTS", "CONNECTIONS", "EmbedImageinEmailBody", "HealthcareHackathonAISolution",
    "JSONStringGenerator",
    "MailArchivePDF", "VARify", old,
  ]

  @Test("PF-A1 unpacking the zip gives the folder's files, and what differs has its reason")
  func unpacks() throws {
    var used: Set<Reason> = []
    for name in Unpacked.names {
      let theirs = try Unpacked.folder(name)
      let ours = try FolderReader().unpack((try Unpacked.zip(name), name))
      #expect((FolderReader().form(of: theirs) == .both) == Self.ofBoth.contains(name))
      var left = Dictionary(uniqueKeysWithValues: theirs.files.map { ($0.path, $0.bytes) })
      for file in ours.files {
        guard let other = left.removeValue(forKey: file.path) else {
          used.insert(try #require(Self.reason(Self.oursAlone, file.path, name)))
          continue
        }
        guard Self.text(file.bytes) != Self.text(other) else { continue }
        used.insert(try #require(Self.reason(Self.different, file.path, name)))
        guard file.path == "Other/Solution.xml", name != Self.old else { continue }
        #expect(
          Self.text(file.bytes)
            == Self.text(other).replacing("<Managed>2</Managed>", with: "<Managed>0</Managed>")
        )
      }
      for path in left.keys {
        used.insert(try #require(Self.reason(Self.theirsAlone, path, name)))
      }
    }
    #expect(used == Set(Self.theirsAlone + Self.oursAlone + Self.different))
  }

  private static func reason(_ reasons: [Reason], _ path: String, _ folder: String) -> Reason? {
    reasons.first { $0.holds(for: path, of: folder) }
  }

  /// Without what version control changes: how lines end.
  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  @Test(
    "PF-A1 packing the folder gives the zip, but for lines whose ends version control has changed",
    arguments: Unpacked.names.filter { $0 != old }
  )
  func packs(name: String) throws {
    let zip = try Unpacked.zip(name)
    let packed = try FolderReader().pack(try Unpacked.folder(name), isManaged: false, name: name)
    let (before, after) = (
      try PackageReader().read(zip, file: name), try PackageReader().read(packed.bytes, file: name)
    )
    #expect(before.components.map(\.id) == after.components.map(\.id))
    let files = (before.frame?.files ?? [:], after.frame?.files ?? [:])
    #expect(files.0.keys.sorted() == files.1.keys.sorted())
    var other: Set<String> = []
    for (path, part) in files.0 where files.1[path]?.digest != part.digest {
      other.insert(path)
      #expect(files.1[path].map { $0.bytes < part.bytes } == true)
    }
    // Everything else that differs are components that these files belong to.
    let components = pairs(before, after).filter { $0.definition != $1.definition }
    for (component, _) in components {
      let parts = component.definition.parts.map(\.path) + [component.location.file]
      #expect(parts.contains { other.contains($0) }, "\(component.name)")
    }
    let lines = (before.lost(in: after) + after.lost(in: before)).filter {
      !$0.hasPrefix("file ") && !$0.hasPrefix("component ")
    }
    #expect(lines == [])
    #expect(
      packed.leftOut.allSatisfy { $0.path.hasPrefix("Resources/") || $0.path.contains("/src/") }
    )
  }

  private func pairs(
    _ one: SolutionPackage,
    _ other: SolutionPackage
  ) -> [(Component, Component)] {
    Array(zip(one.components, other.components))
  }

  @Test("PF-1102 a folder that lacks what its map file points to is refused, each file by name")
  func mapped() throws {
    let folder = try Unpacked.folder(Self.old)
    do {
      _ = try FolderReader().pack(folder, name: "src")
      Issue.record("packed")
    } catch {
      #expect(error.finding.because.count == 4)
      #expect(error.finding.because.allSatisfy { $0.contains("its content is missing") })
    }
  }

  @Test("An app in pieces without its .msapp is refused with a clear word")
  func canvas() throws {
    let folder = try Unpacked.folder("JSONStringGenerator")
    let rest = folder.files.filter { !$0.path.hasSuffix(".msapp") }
    do {
      _ = try FolderReader().pack(SolutionFolder(files: rest), name: "src")
      Issue.record("packed")
    } catch {
      #expect(
        error.finding.message
          == "CanvasApps/src/sh_jsonstringgenerator_4d842: the canvas app is unpacked to sources, of which Strata makes no .msapp; make it with “pac canvas pack” as CanvasApps/sh_jsonstringgenerator_4d842_DocumentUri.msapp"
      )
    }
  }
}
