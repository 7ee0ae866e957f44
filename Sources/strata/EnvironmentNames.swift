import Faces
import Solutions
import Yams

#if canImport(Glibc)
  import Glibc
#endif

/// Names of environments, so that `--env test` is one of many.
///
/// ```yaml
/// environments:
///   test: postgres://db.example/power?schema=test
///   mine: ./mine.strata
/// ```
enum EnvironmentNames {
  /// Read where STRATA_ENVIRONMENTS names no other, if it is there.
  static let file = "strata.environments.yaml"

  /// Addresses by their names; none where there is no such file.
  ///
  /// - Throws: `Failure`, with the line, for what is no such file.
  static func known() throws(Failure) -> [String: String] { try found.get() }

  /// What a word stands for, where it is a name; nil where it is a path or an address.
  static func address(of word: String) -> String? {
    guard isName(word), case .success(let names) = found else { return nil }
    return names[word]
  }

  /// - Throws: `Failure` where a word may be a name, and names cannot be read.
  static func requireReadable(for word: String) throws(Failure) {
    if isName(word) { _ = try known() }
  }

  /// Looked up once.
  private static let found: Result<[String: String], Failure> = {
    let named = getenv("STRATA_ENVIRONMENTS").map { String(cString: $0) } ?? ""
    guard !named.isEmpty || Files.isThere(file) else { return .success([:]) }
    let path = named.isEmpty ? file : named
    do {
      let text = String(decoding: try Files.bytes(of: path), as: UTF8.self)
      return .success(try parsed(text, path))
    } catch {
      return .failure(Failure(error))
    }
  }()

  /// Letters, digits, `-` and `_`: no path that anybody writes for a file looks like one.
  private static func isName(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.count <= 63
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" }
  }

  static func parsed(_ text: String, _ path: String) throws(Failure) -> [String: String] {
    guard text.utf8.count <= 1 << 20 else { throw wrong(path, nil, "it is longer than 1 MB") }
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw wrong(path, nil, "it is no YAML")
    }
    guard let root else { return [:] }
    guard let top = root.mapping, top.count == 1, let entries = top["environments"]?.mapping else {
      throw wrong(path, root, "it has to be “environments:” with names and addresses")
    }
    var names: [String: String] = [:]
    for (key, value) in entries {
      let name = key.scalar?.string ?? ""
      guard isName(name) else {
        throw wrong(
          path,
          key,
          "“\(Database.shown(name))” is no name: letters, digits, - and _ make one"
        )
      }
      guard let address = value.scalar?.string, !address.isEmpty else {
        throw wrong(
          path,
          value,
          "“\(name)” has to be a file or postgres://HOST/DATABASE?schema=NAME"
        )
      }
      guard names[name] == nil else { throw wrong(path, key, "“\(name)” stands there twice") }
      names[name] = place(address, beside: path)
    }
    return names
  }

  /// A file lies where the list says, whoever asks from where.
  private static func place(_ address: String, beside path: String) -> String {
    guard !Database.isOnServer(address), !address.hasPrefix("/"),
      let slash = path.lastIndex(of: "/")
    else { return address }
    return path[...slash] + address
  }

  private static func wrong(_ path: String, _ node: Node?, _ what: Prose) -> Failure {
    let place: Prose = node?.mark.map { "\(path):\($0.line)" } ?? "\(path)"
    return Failure(.unreadable, "cannot read \(place): \(what)")
  }
}
