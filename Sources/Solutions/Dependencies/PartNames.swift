internal import JSON
internal import XML

/// What a file of a component names; read once, when the file is.
///
/// Definitions are asked for their references many times in a plan, and files are the costly part of the answer.
enum PartNames: Hashable, Sendable {
  case process([ProcessName])
  case flow([Reference])
  /// By the column's logical name.
  case formulas([String: FormulaNames])
  case unreadable(String)

  /// A name in a process definition; a column without a table is one of the process's own.
  enum ProcessName: Hashable, Sendable {
    case entity(String)
    case attribute(of: String?, String, isCertain: Bool)
    case component(ComponentID)
  }

  /// - Returns: nil for files that name nothing.
  init?(path: String, content: [UInt8]) {
    if path.hasSuffix(".xaml") {
      self = Self.process(content)
    } else if path.hasSuffix(".json") {
      self = Self.flow(content)
    } else if path.hasSuffix(".yaml") {
      self = Self.formulas(content)
    } else {
      return nil
    }
  }

  private static func process(_ content: [UInt8]) -> PartNames {
    do {
      // The platform holds definitions as text, whatever encoding they declare.
      let tree = try XMLTree(content, isText: true)
      return .process(ProcessReader(tree).names)
    } catch {
      return .unreadable(error.line > 0 ? "line \(error.line): \(error.message)" : error.message)
    }
  }

  private static func flow(_ content: [UInt8]) -> PartNames {
    do {
      return .flow(FlowReader(try JSONDocument(content).root).references.found)
    } catch {
      return .unreadable(error.description)
    }
  }

  private static func formulas(_ content: [UInt8]) -> PartNames {
    do {
      return .formulas(try FormulaText(content).formulas.mapValues { FormulaNames($0) })
    } catch {
      return .unreadable(error.message)
    }
  }
}
