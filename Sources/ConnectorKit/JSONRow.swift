package import struct Foundation.Data

/// A record of a list that could be read, or the id of one that could not.
package enum JSONRow<Record> {
    case record(Record)
    /// The id is empty where not even that could be read.
    case unreadable(id: String)

    /// Reads the record that stands next; where it is malformed, its member `id`.
    package init(
        from skimmer: inout JSONSkimmer,
        id key: StaticString,
        _ read: (inout JSONSkimmer) throws(JSONSkimmer.Failure) -> Record
    ) throws(JSONSkimmer.Failure) {
        if let record = try skimmer.attempt(read) {
            self = .record(record)
            return
        }
        var id = ""
        let rest: Void? = try skimmer.attempt { skimmer throws(JSONSkimmer.Failure) in
            try skimmer.members { name, skimmer throws(JSONSkimmer.Failure) in
                guard name == key else { return }
                id = try skimmer.attempt { s throws(JSONSkimmer.Failure) in try s.text() } ?? ""
            }
        }
        if rest == nil { try skimmer.skip() }
        self = .unreadable(id: id)
    }
}

extension JSONSkimmer {
    /// The records of an answer whose list stands in the member `list`, or is the answer itself where
    /// that is nil.
    ///
    /// - Parameters:
    ///   - body: The whole answer.
    ///   - list: The name of the list.
    ///   - id: The member that holds a record's id.
    ///   - place: Where this is, for errors.
    ///   - read: Reads one record.
    /// - Returns: The records in order, those that are malformed by their ids.
    /// - Throws: ``ConnectorError`` where the answer as a whole is not what it should be.
    package static func records<Record>(
        of body: Data,
        list: StaticString?,
        id: StaticString,
        at place: String,
        _ read: (inout JSONSkimmer) throws(Failure) -> Record
    ) throws(ConnectorError) -> [JSONRow<Record>] {
        do throws(Failure) {
            return try JSONSkimmer.read(body) { skimmer throws(Failure) in
                var rows: [JSONRow<Record>] = []
                func readRows(_ skimmer: inout JSONSkimmer) throws(Failure) {
                    try skimmer.elements { skimmer throws(Failure) in
                        rows.append(try JSONRow(from: &skimmer, id: id, read))
                    }
                }
                if let list {
                    try skimmer.members { key, skimmer throws(Failure) in
                        if key == list { try readRows(&skimmer) }
                    }
                } else {
                    try readRows(&skimmer)
                }
                return rows
            }
        } catch {
            throw ConnectorError(error, attempting: place)
        }
    }
}
