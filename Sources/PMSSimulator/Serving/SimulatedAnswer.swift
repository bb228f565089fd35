import HTTPTypes
import NIOCore

/// An answer before it goes out: head and the pieces of its body.
///
/// A refusal is thrown as one.
struct SimulatedAnswer: Error {
    var status: HTTPResponse.Status
    var headers = HTTPFields()
    var pieces: [ByteBuffer]

    init(status: HTTPResponse.Status = .ok, type: String, _ pieces: [ByteBuffer]) {
        self.status = status
        self.pieces = pieces
        headers[.contentType] = type
    }

    init(status: HTTPResponse.Status = .ok, json pieces: [ByteBuffer]) {
        self.init(status: status, type: "application/json; charset=UTF-8", pieces)
    }

    init(status: HTTPResponse.Status = .ok, json: String) {
        self.init(status: status, json: [ByteBuffer(string: json)])
    }

    /// A page for people, as web servers answer on their own.
    init(status: HTTPResponse.Status, html: String) {
        self.init(status: status, type: "text/html; charset=UTF-8", [ByteBuffer(string: html)])
    }

    var byteCount: Int { pieces.reduce(0) { $0 + $1.readableBytes } }

    mutating func set(_ header: String, _ value: String) {
        guard let name = HTTPField.Name(header) else { return }
        headers[name] = value
    }

    /// The first half of the body, at least one byte short of the whole.
    var firstHalf: ByteBuffer {
        var whole = ByteBuffer()
        for piece in pieces { whole.writeImmutableBuffer(piece) }
        return whole.readSlice(length: whole.readableBytes / 2) ?? ByteBuffer()
    }
}
