import ConnectorKit
import Crypto
import DelimitedText
import Foundation
import LintelModel

extension CSVFileIndex {
    /// How much of a file is read at once, in bytes.
    private static let pieceBytes = 256 << 10

    /// Reads a file to its end, piece by piece, and compares it with what the manifest claims.
    ///
    /// `observer` is called between reading the file and checking that it stayed the same.
    ///
    /// - Throws: ``ConnectorError`` with the code `malformed` where the header is missing or wrong.
    init(
        of file: CSVFile,
        in open: CSVOpenFile,
        manifestIdentity: CSVFileIdentity?,
        claim: CSVManifest.Claim?,
        observer: () -> Void
    ) throws(ConnectorError) {
        self.file = file
        self.manifestIdentity = manifestIdentity
        identity = try open.identity()
        var failure: ConnectorError?
        do throws(DelimitedError) {
            var offset = 0
            var hash = claim?.sha256 == nil ? nil : SHA256()
            var reader = try DelimitedReader(
                source: { () throws(DelimitedError) -> [UInt8]? in
                    do throws(ConnectorError) {
                        let bytes = try open.read(at: offset, count: Self.pieceBytes)
                        offset += bytes.count
                        hash?.update(data: bytes)
                        return bytes.isEmpty ? nil : bytes
                    } catch {
                        failure = error
                        throw DelimitedError(.unreadable, line: 0, error.message)
                    }
                },
                columns: file.columns
            )
            header = reader.headerBytes
            guard var builder = CSVIndexBuilder(reader.header, of: file) else {
                throw DelimitedError(
                    .missingColumn,
                    line: reader.header.line,
                    "columns are missing"
                )
            }
            do throws(DelimitedError) {
                while let row = try reader.next() { builder.add(row) }
                if let claim {
                    builder.compare(with: claim, sha256: hash.map { $0.finalize().hexadecimal })
                }
            } catch {
                guard error.code != .unreadable else { throw error }
                builder.end(with: error)
            }
            rowCount = builder.rowCount
            dayFirstLine = builder.dayFirstLine
            observer()
            do throws(ConnectorError) {
                if try open.identity() != identity {
                    builder.note(.changed)
                } else if CSVFileIdentity(path: open.path) != identity {
                    builder.note(.replaced)
                }
            } catch {
                failure = error
            }
            (notes, properties) = builder.finish()
        } catch {
            throw failure
                ?? ConnectorError(
                    .malformed,
                    attempting: "reading \(open.path)",
                    error.description
                )
        }
        if let failure { throw failure }
    }
}

extension CSVManifest {
    /// The largest manifest that is read, in bytes.
    private static let largest = 1 << 20

    /// Reads the manifest at that path.
    init(path: String) throws(ConnectorError) {
        let bytes = try CSVOpenFile(path: path).read(at: 0, count: Self.largest)
        guard bytes.count < Self.largest else {
            throw ConnectorError(
                .malformed,
                attempting: "reading \(path)",
                "expected a list of two files, found more than \(Self.largest) bytes"
            )
        }
        try self.init(Data(bytes), path: path)
    }
}
