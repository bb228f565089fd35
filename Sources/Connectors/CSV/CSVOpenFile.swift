import ConnectorKit
import Foundation

/// A file open for reading, closed when it is let go of.
final class CSVOpenFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Throws: ``ConnectorError`` naming the path: `unavailable` where there is no such file, since an
    ///   export may be about to write it, `misconfigured` where it cannot be read.
    init(path: String) throws(ConnectorError) {
        self.path = path
        // A named pipe would make opening wait for a writer.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Self.failure(path: path, code: errno)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ConnectorError(
                .misconfigured,
                attempting: "reading \(path)",
                "expected a regular file, found something else of that name"
            )
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The state the open file is in now.
    func identity() throws(ConnectorError) -> CSVFileIdentity {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Self.failure(path: path, code: errno)
        }
        return CSVFileIdentity(status)
    }

    /// Up to that many bytes from that offset on; fewer only at the end of the file.
    func read(at offset: Int, count: Int) throws(ConnectorError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = 0
            while length < count {
                let got = pread(
                    descriptor,
                    buffer.baseAddress?.advanced(by: length),
                    count - length,
                    off_t(offset + length)
                )
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    break
                }
                if got == 0 { break }
                length += got
            }
        }
        guard failure == 0 else { throw Self.failure(path: path, code: failure) }
        return bytes
    }

    /// What an error of the system means for whoever looks after the folder.
    static func failure(path: String, code: Int32) -> ConnectorError {
        let message = String(cString: strerror(code))
        switch code {
        case ENOENT:
            let folder = (path as NSString).deletingLastPathComponent
            guard FileManager.default.fileExists(atPath: folder) else {
                return ConnectorError(
                    .misconfigured,
                    attempting: "reading \(path)",
                    "there is no folder \(folder)"
                )
            }
            return ConnectorError(
                .unavailable,
                attempting: "reading \(path)",
                "there is no such file; expected the PMS's export there"
            )
        case EACCES, EPERM, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG:
            return ConnectorError(.misconfigured, attempting: "reading \(path)", message)
        default:
            return ConnectorError(.unavailable, attempting: "reading \(path)", message)
        }
    }
}
