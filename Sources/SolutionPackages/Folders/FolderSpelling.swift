internal import XML

extension FolderReader {
  /// Whether two files of sources are the same but for how their XML is spelled.
  package func saysTheSame(_ one: [UInt8], _ other: [UInt8], path: String) -> Bool {
    guard one != other else { return true }
    guard path.lowercased().hasSuffix(".xml") else { return false }
    do throws(XMLError) {
      let trees = [
        try XMLTree(one, limits: reader.xmlLimits), try XMLTree(other, limits: reader.xmlLimits),
      ]
      return CanonicalWriter.bytes(of: XMLFragment(trees[0].root))
        == CanonicalWriter.bytes(of: XMLFragment(trees[1].root))
    } catch {
      // What cannot be read is replaced.
      return false
    }
  }
}
