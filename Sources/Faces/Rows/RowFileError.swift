package import Solutions

/// A row file that is not what it should be.
package struct RowFileError: CodedError {
  package let path: String
  package let line: Int
  package let message: Prose

  package init(path: String, line: Int, message: Prose) {
    (self.path, self.line, self.message) = (path, line, message)
  }

  package var code: Failure.Code { .badRows }

  package var prose: Prose { "\(path):\(line): \(message)" }
}
