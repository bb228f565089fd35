import Foundation

/// The base address of a PMS, checked: where requests and credentials may go.
///
/// `https` to any host; plain `http` only to this machine (127.0.0.0/8, `::1`, `localhost`), since
/// everything else would carry credentials and residents in the clear.
package struct EndpointURL: Sendable, Equatable, CustomStringConvertible {
    /// The address without a trailing slash, query or fragment.
    package let text: String
    /// Host in lower case, without the brackets of an IPv6 address.
    package let host: String
    /// Whether the connection is encrypted.
    package let isEncrypted: Bool

    /// Checks an address as somebody typed it, surrounding space ignored.
    ///
    /// - Throws: ``ConnectorError`` with the code `misconfigured`, saying what was expected.
    package init(_ typed: String, attempting attempt: String) throws(ConnectorError) {
        func refusal(_ message: String) -> ConnectorError {
            ConnectorError(.misconfigured, attempting: attempt, message)
        }
        let trimmed = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let parts = URLComponents(string: trimmed), let scheme = parts.scheme?.lowercased(),
            let typedHost = parts.host, !typedHost.isEmpty
        else {
            throw refusal("expected an address such as https://apis.example.com")
        }
        guard parts.user == nil, parts.password == nil else {
            throw refusal("the address must not carry a user name or password")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw refusal("the address must end with its path, without ? or #")
        }
        let host = Self.bare(typedHost)
        switch scheme {
        case "https": isEncrypted = true
        case "http":
            guard Self.isLoopback(host) else {
                throw refusal(
                    "plain http to \(host) would send credentials and residents in the clear: "
                        + "use https (http is for loopback addresses only)"
                )
            }
            isEncrypted = false
        default: throw refusal("expected https, found \(scheme)")
        }
        self.host = host
        text = String(trimmed.reversed().drop { $0 == "/" }.reversed())
    }

    package var description: String { text }

    /// Whether a host, without brackets, names this machine and no other.
    package static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        guard octets.count == 4, octets[0] == "127" else { return false }
        return octets.allSatisfy { octet in
            guard let number = UInt8(octet) else { return false }
            return String(number) == octet
        }
    }

    private static func bare(_ host: String) -> String {
        var bare = Substring(host)
        if bare.first == "[", bare.last == "]" { bare = bare.dropFirst().dropLast() }
        return bare.lowercased()
    }
}
