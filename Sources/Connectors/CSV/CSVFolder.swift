import ConnectorKit
import Dispatch
import LintelModel
import Synchronization

/// The folder of a connection: finds and reads rows in its files.
///
/// Reading a file blocks, so all of it happens on a queue of the folder's own, one piece of work after the
/// other; of two fetches that find a new export, the second waits for the first to index it.
final class CSVFolder: Sendable {
    /// A moment in which files may change under the reader.
    enum Moment: Sendable {
        case indexed(CSVFile)
        case rowsRead
    }

    private let directory: String
    private let observer: @Sendable (Moment) -> Void
    private let queue = DispatchQueue(label: "lintel.csv-folder", qos: .utility)
    private let indexes = Mutex<[CSVFile: CSVFileIndex]>([:])

    /// A folder whose `observer` is called on the queue between reading files and checking that they
    /// stayed the same.
    init(directory: String, observer: @escaping @Sendable (Moment) -> Void = { _ in }) {
        self.directory = directory
        self.observer = observer
    }

    /// The properties that rows of either file name, in order of id.
    func properties() async throws(ConnectorError) -> [PMSProperty] {
        try await run { folder throws(ConnectorError) in
            var names: [PMSPropertyID: String] = [:]
            for file in CSVFile.allCases {
                let index = try folder.index(of: file)
                for note in index.notes where note == .changed || note == .replaced {
                    throw ConnectorError(
                        .unavailable,
                        attempting: "reading \(folder.location(of: file.name))",
                        note.text
                    )
                }
                for (id, rows) in index.properties where names[id] == nil || names[id] == id.text {
                    names[id] = rows.name
                }
            }
            return names.map { PMSProperty(id: $0.key, name: $0.value) }.sorted { $0.id < $1.id }
        }
    }

    /// What each file is found to be.
    func check() async throws(ConnectorError) -> [OperationCheck] {
        try await run { folder throws(ConnectorError) in
            CSVFile.allCases.map { file in
                do throws(ConnectorError) {
                    let index = try folder.index(of: file)
                    var detail =
                        "\(index.rowCount) \(index.rowCount == 1 ? "row" : "rows") of "
                        + "\(index.properties.count) "
                        + (index.properties.count == 1 ? "property" : "properties")
                    if let note = index.notes.first {
                        detail += "; incomplete: \(place(in: file, line: note.line)): \(note.text)"
                    }
                    return OperationCheck(operation: file.name, isAllowed: true, detail: detail)
                } catch {
                    return OperationCheck(
                        operation: file.name,
                        isAllowed: false,
                        detail: error.description
                    )
                }
            }
        }
    }

    /// The rows of one property, units before residents, at least one page of each.
    ///
    /// - Throws: ``ConnectorError`` where a file is missing or is not what it should be, or with the code
    ///   `forbidden` where the files name other properties and not this one.
    func pages(of property: PMSPropertyID) async throws(ConnectorError) -> [SnapshotPage] {
        try await run { folder throws(ConnectorError) in
            try folder.readPages(of: property)
        }
    }

    private func readPages(of property: PMSPropertyID) throws(ConnectorError) -> [SnapshotPage] {
        var readings: [(index: CSVFileIndex, file: CSVOpenFile, pages: [CSVPage])] = []
        for file in CSVFile.allCases {
            let index = try index(of: file)
            let open = try CSVOpenFile(path: location(of: file.name))
            var pages: [CSVPage] = []
            for runs in index.properties[property]?.pages ?? [] {
                pages.append(try CSVPage(of: index, runs: runs, in: open))
            }
            readings.append((index, open, pages))
        }
        let others = readings.map(\.index.properties.count).max() ?? 0
        if others > 0, readings.allSatisfy({ $0.index.properties[property] == nil }) {
            throw ConnectorError(
                .forbidden,
                attempting: "reading property \(property.text) in \(directory)",
                "no row of units.csv or residents.csv has this property_id; they name "
                    + "\(others) other properties"
            )
        }
        observer(.rowsRead)
        var pages: [SnapshotPage] = []
        for reading in readings {
            pages += try verified(reading.pages, of: reading.index, in: reading.file)
        }
        return pages
    }

    /// The pages of one file, after a look at whether it is still the file that was indexed.
    private func verified(
        _ pages: [CSVPage],
        of index: CSVFileIndex,
        in file: CSVOpenFile
    ) throws(ConnectorError) -> [SnapshotPage] {
        var pages = pages
        var notes = index.notes
        if try file.identity() != index.identity {
            // The index tells nothing about these bytes, which may even be of two states at once.
            pages = []
            if !notes.contains(.changed) { notes.append(.changed) }
        } else if CSVFileIdentity(path: file.path) != index.identity, !notes.contains(.replaced) {
            notes.append(.replaced)
        }
        if CSVFileIdentity(path: location(of: CSVManifest.fileName)) != index.manifestIdentity {
            notes.append(CSVNote(text: "\(CSVManifest.fileName) was replaced meanwhile"))
        }
        if pages.isEmpty { pages = [CSVPage(of: index)] }
        pages[0].preamble.notes = notes
        let modified = index.identity.modifiedSeconds
        return try pages.map { (page) throws(ConnectorError) in
            // Units stay true; who lives in them is as old as the file.
            try page.snapshotPage(modified: page.preamble.file.kind == .units ? nil : modified)
        }
    }

    /// The index of a file, made anew where the file or the manifest is another than it was.
    private func index(of file: CSVFile) throws(ConnectorError) -> CSVFileIndex {
        let path = location(of: file.name)
        let manifestPath = location(of: CSVManifest.fileName)
        let manifestIdentity = CSVFileIdentity(path: manifestPath)
        if let known = indexes.withLock({ $0[file] }),
            known.identity == CSVFileIdentity(path: path),
            known.manifestIdentity == manifestIdentity
        {
            return known
        }
        var claim: CSVManifest.Claim?
        if manifestIdentity != nil {
            claim = try CSVManifest(path: manifestPath).claim(for: file)
        }
        let open = try CSVOpenFile(path: path)
        let index = try CSVFileIndex(
            of: file,
            in: open,
            manifestIdentity: manifestIdentity,
            claim: claim,
            observer: { observer(.indexed(file)) }
        )
        indexes.withLock { $0[file] = index }
        return index
    }

    private func location(of name: String) -> String {
        directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }

    /// Does blocking work on the folder's queue.
    private func run<Value: Sendable>(
        _ work: @escaping @Sendable (CSVFolder) throws(ConnectorError) -> Value
    ) async throws(ConnectorError) -> Value {
        let result: Result<Value, ConnectorError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: Result { () throws(ConnectorError) in try work(self) }
                )
            }
        }
        return try result.get()
    }
}
