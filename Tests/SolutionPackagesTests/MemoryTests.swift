import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// What packages may take of memory (docs/decisions/083).
@Suite("Memory")
struct MemoryTests {
  private let flow = "Workflows/f-0A1B2C3D-0000-4000-8000-000000000001.json"

  private func problem(_ read: () throws -> SolutionPackage) -> String? {
    do {
      _ = try read()
      return nil
    } catch let error as PackageError {
      return error.finding.message
    } catch {
      return "\(error)"
    }
  }

  @Test("Packages of a run share one limit, and what goes above it is named with the limit")
  func shared() throws {
    let archive = PackageText("X 1.0 by A\ntable one").archive()
    let memory = MemoryBudget(limit: 1 << 20)
    let reader = PackageReader(memory: memory)
    var count = 0
    var told: String?
    while told == nil, count < 1_000 {
      told = problem { try reader.read(archive, file: "x.zip") }
      count += 1
    }
    #expect(count > 10 && count < 1_000)
    #expect(
      told?.hasSuffix("with it the packages of this run take more than 1 MB of memory") == true
    )
    #expect(memory.left >= 0)
    // Another run begins anew.
    #expect(problem { try PackageReader().read(archive, file: "x.zip") } == nil)
  }

  @Test("A part is refused before there is memory for it")
  func before() throws {
    let column = "column one.a nvarchar 100"
    let text =
      "X 1.0 by A\ntable one\n" + Array(repeating: column, count: 200).joined(separator: "\n")
    let reader = PackageReader(memory: MemoryBudget(limit: 150_000))
    let told = problem { try reader.read(PackageText(text).archive(), file: "x.zip") }
    #expect(told?.hasPrefix("cannot read ") == true)
  }

  @Test("A part that is too large to be read as a tree is refused with both sizes")
  func large() throws {
    var limits = PackageReader().xmlLimits
    limits.bytes = 100
    let reader = PackageReader(xmlLimits: limits)
    let told = problem {
      try reader.read(PackageText("X 1.0 by A\ntable one").archive(), file: "x.zip")
    }
    #expect(told?.hasPrefix("cannot read customizations.xml: it has ") == true)
    #expect(told?.hasSuffix("bytes, and 100 are read at most") == true)
  }

  @Test("A flow that is too large is hashed and not kept, and what it names is told as not read")
  func flows() throws {
    let text = """
      X 1.0 by A
      xml Workflows <Workflow WorkflowId="{0A1B2C3D-0000-4000-8000-000000000001}" Name="F">\
      <Category>5</Category><JsonFileName>/\(flow)</JsonFileName></Workflow>
      file \(flow) {"properties":{}}
      """
    let archive = PackageText(text).archive()
    let kept = try PackageReader().read(archive, file: "x.zip")
    let hashed = try PackageReader(bytesPerNamingPart: 5).read(archive, file: "x.zip")
    #expect(kept.components.map(\.definition) == hashed.components.map(\.definition))
    let parts = [kept, hashed].map {
      $0.components.flatMap(\.definition.parts).map { $0.content != nil }
    }
    #expect(parts == [[true], [false]])
  }
}
