import ArgumentParser
import ConnectorKit
import Foundation
import Operations

/// A new connection as somebody typed it: the vendor, a name, and the vendor's settings as options.
///
/// A secret is never typed but read from a file: `--api-key-file` for the field `api-key`.
struct TypedConnection {
    let vendor: VendorDescription
    let name: String
    private var options: [String: String] = [:]

    /// Reads the words after the command.
    ///
    /// - Throws: `ValidationError` that says what was expected.
    init(_ words: [String], vendors: [VendorDescription]) throws {
        guard let id = words.first, let vendor = vendors.first(where: { $0.id == id }) else {
            let known = vendors.map(\.id).joined(separator: ", ")
            throw ValidationError(
                words.isEmpty
                    ? "expected a vendor (\(known)) and a name"
                    : "unknown vendor \(words[0]); expected one of \(known)"
            )
        }
        self.vendor = vendor
        var names: [String] = []
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                names.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let option = String(parts.first ?? "")
            guard vendor.fields.contains(where: { Self.option(of: $0) == option }) else {
                let known = vendor.fields.map { "--\(Self.option(of: $0))" }
                throw ValidationError(
                    "\(id) has no setting --\(option); it has \(known.joined(separator: ", "))"
                )
            }
            guard options[option] == nil else { throw ValidationError("--\(option) comes twice") }
            if parts.count == 2 {
                options[option] = String(parts[1])
            } else if let value = rest.popFirst() {
                options[option] = value
            } else {
                throw ValidationError("--\(option) needs a value")
            }
        }
        guard let name = names.first, names.count == 1 else {
            throw ValidationError(
                names.isEmpty
                    ? "expected what to call the connection: lintel connection add \(id) NAME"
                    : "expected one name, found \(names.joined(separator: ", "))"
            )
        }
        self.name = name
    }

    /// The settings; with `demo`, what is not given is what the simulated PMS is reached with.
    ///
    /// - Throws: ``OperationError`` for a setting that is missing, a file that cannot be read and a
    ///   folder that is none.
    func settings(demo: Bool) throws -> ConnectionSettings {
        var typed: [String: String] = [:]
        for field in vendor.fields {
            typed[field.key] =
                if let value = options[Self.option(of: field)] {
                    if field.isSecret {
                        try secret(from: value).revealed
                    } else {
                        field.isFolder ? try Self.folder(value) : value
                    }
                } else {
                    demo ? field.demo : nil
                }
        }
        let (settings, missing) = vendor.settings(typed: typed)
        if let field = missing.first {
            throw OperationError(
                "--\(Self.option(of: field)) is missing. \(field.label): \(field.help)"
            )
        }
        return settings
    }

    /// The option a field is given with.
    static func option(of field: SettingField) -> String {
        field.isSecret ? "\(field.key)-file" : field.key
    }

    private static func folder(_ typed: String) throws -> String {
        let path = URL(fileURLWithPath: typed).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw OperationError("there is no folder \(path)") }
        return path
    }
}
