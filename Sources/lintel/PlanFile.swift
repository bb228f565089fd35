import Foundation
import Operations

/// A plan as a file: it names people, so that only its owner may read it.
enum PlanFile {
    static func write(_ data: Data, to path: String) throws {
        let made = FileManager.default.createFile(
            atPath: path + ".new",
            contents: data,
            attributes: [.posixPermissions: 0o600]
        )
        guard made else { throw OperationError("the file \(path) cannot be written") }
        guard rename(path + ".new", path) == 0 else {
            throw OperationError("the file \(path) cannot be written")
        }
    }

    static func read(_ path: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw OperationError("there is no file \(path), or it cannot be read")
        }
        return data
    }
}
