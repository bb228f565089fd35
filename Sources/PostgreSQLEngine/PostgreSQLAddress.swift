import CLibPQ
import SQLEngine

/// Where a database is and how to reach it, read from a URL by libpq itself.
struct PostgreSQLAddress: Sendable {
    /// The connection options by libpq's names; a secret may be among them.
    private let options: [String: String]

    /// Reads `postgres://USER[:PASSWORD]@HOST:PORT/NAME` with libpq's query options, such as
    /// `?host=/run/postgresql` and `?sslmode=verify-full`.
    ///
    /// - Throws: ``SQLError`` with the code `refused`; it repeats nothing of the URL but its scheme.
    init(url: String) throws(SQLError) {
        let form = "expected postgres://USER[:PASSWORD]@HOST:PORT/NAME"
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw SQLError(.refused, "the database URL has another scheme: \(form)")
        }
        guard !url.utf8.contains(0) else {
            throw SQLError(.refused, "the database URL contains U+0000: \(form)")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = unsafe PQconninfoParse(url, &message) else {
            // The message of libpq may repeat a part of the password.
            unsafe PQfreemem(message)
            throw SQLError(.refused, "the database URL cannot be read: \(form)")
        }
        defer { unsafe PQconninfoFree(parsed) }
        var found: [String: String] = [:]
        var option = unsafe parsed
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe found[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        options = found
    }

    /// The address for people, without the password and the options.
    var summary: String {
        let user = options["user"].map { "\($0)@" } ?? ""
        let port = options["port"].map { ":\($0)" } ?? ""
        let name = options["dbname"] ?? ""
        let host = options["host"] ?? options["hostaddr"] ?? ""
        return host.hasPrefix("/")
            ? "postgres://\(user)\(port)/\(name)?host=\(host)"
            : "postgres://\(user)\(host)\(port)/\(name)"
    }

    /// What a connection is opened with: the URL's options and, where it says nothing, our own.
    var parameters: [(name: String, value: String)] {
        let defaults = [
            "application_name": "lintel",
            "connect_timeout": "10",  // seconds
            // A peer that is gone without a word is noticed within a minute, in the middle of a
            // statement too.
            "keepalives_idle": "30",  // seconds
            "tcp_user_timeout": "30000",  // milliseconds
        ]
        var all = defaults.merging(options) { _, given in given }
        all["client_encoding"] = "UTF8"
        return all.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}
