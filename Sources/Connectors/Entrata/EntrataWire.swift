import ConnectorKit
import Foundation

/// Entrata's answers as they are written, cut to what is read: no birth date, tax id or rent is decoded.
enum EntrataWire {
    /// Reads the value of `result`, with or without the wrapper `response`; nil where there is none.
    static func result<Result>(
        of body: Data,
        _ read: (inout JSONSkimmer) throws(JSONSkimmer.Failure) -> Result
    ) throws(JSONSkimmer.Failure) -> Result? {
        try JSONSkimmer.read(body) { skimmer throws(JSONSkimmer.Failure) in
            var result: Result?
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "result": result = try read(&skimmer)
                case "response":
                    guard try skimmer.kind() == .object else { return }
                    try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                        if key == "result" { result = try read(&skimmer) }
                    }
                default: break
                }
            }
            return result
        }
    }

    /// Reads the list of an operation from its `result`.
    static func list<Record>(
        of operation: EntrataOperation,
        in skimmer: inout JSONSkimmer,
        _ read: (inout JSONSkimmer) throws(JSONSkimmer.Failure) -> Record
    ) throws(JSONSkimmer.Failure) -> [Record] {
        var records: [Record] = []
        try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
            guard let outer = operation.listPath.first, key == outer,
                let inner = operation.listPath.last
            else { return }
            records = try skimmer.list(in: inner, read)
        }
        return records
    }

    struct Property {
        var id = ""
        var name = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "PropertyID": id = try skimmer.text()
                case "MarketingName": name = try skimmer.text()
                default: break
                }
            }
        }
    }

    /// A status of the pick list.
    struct StatusType {
        var name = ""

        init(from skimmer: inout JSONSkimmer) throws(JSONSkimmer.Failure) {
            try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                switch key {
                case "@attributes":
                    try skimmer.members { key, skimmer throws(JSONSkimmer.Failure) in
                        if key == "name" { name = try skimmer.text() }
                    }
                case "name": name = try skimmer.text()
                default: break
                }
            }
        }
    }
}
