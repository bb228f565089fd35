import Foundation
import Operations

/// At the command line an error also names the command that helps.
extension OperationError: LocalizedError {
    package var errorDescription: String? {
        guard let command else { return description }
        return "\(description); see: \(command)"
    }
}
