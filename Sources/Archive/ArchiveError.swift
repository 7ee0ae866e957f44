/// Why an archive was refused.
package struct ArchiveError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    /// Not a zip or cabinet, or a damaged one.
    case unreadable
    case pathTraversal
    case absoluteName
    case link
    case duplicateName
    case encrypted
    /// Two places of the archive say different things, or nobody says what some bytes are.
    case disagreement
    /// Entries share bytes.
    case overlap
    /// Packed in a way that solutions are not.
    case method
    /// The content is not what was packed.
    case checksum
    /// An entry is not as long as the archive says.
    case lyingSize
    case tooLarge
    case tooManyEntries
    case nameTooLong
    case invalidName
    case tooDeep
  }

  package let reason: Reason
  /// The entry that is to blame, where one is.
  package let entry: String?
  package let message: String

  package init(_ reason: Reason, entry: String? = nil, _ message: String) {
    self.reason = reason
    self.entry = entry
    self.message = message
  }
}
