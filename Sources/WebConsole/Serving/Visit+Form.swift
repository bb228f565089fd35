import Crypto
import HTTPTypes
import Hummingbird
import Operations

import struct Foundation.Data

extension Visit {
    /// Reads the form that was sent, once it is sure that a page of the console sent it.
    ///
    /// - Throws: ``Answer/Problem`` where it is too long, not a form, or comes from elsewhere.
    func reading(_ request: Request, limit: Int) async throws -> Visit {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }),
            site != "same-origin", site != "none"
        {
            throw Answer.Problem.malformed(
                "This form was sent from another site. Open the page here and send it again."
            )
        }
        let type = request.headers[.contentType] ?? ""
        let bytes: [UInt8]
        do {
            bytes = Array(buffer: try await request.body.collect(upTo: limit))
        } catch {
            throw Answer.Problem.malformed(
                "What was sent is larger than \(Wording.grouped(limit / 1024)) KB, or did not arrive whole."
            )
        }
        let read: Form?
        if type.hasPrefix("multipart/form-data"), let boundary = Self.boundary(of: type) {
            read = Form(multipart: bytes, boundary: boundary)
        } else if type.hasPrefix("application/x-www-form-urlencoded") {
            read = Form(encoded: String(decoding: bytes, as: UTF8.self))
        } else {
            read = nil
        }
        guard let form = read else {
            throw Answer.Problem.malformed("What was sent is no form.")
        }
        guard form["csrf"] == csrf else {
            throw Answer.Problem.malformed(
                "This page was open too long, or somebody else signed in meanwhile: nothing was done. "
                    + "Go back, reload the page and send it again."
            )
        }
        var visit = self
        visit.form = form
        return visit
    }

    private static func boundary(of type: String) -> String? {
        guard let start = type.range(of: "boundary=") else { return nil }
        let value = type[start.upperBound...].prefix { $0 != ";" }
        return value.trimmingCharacters(in: ["\"", " "])
    }
}

extension BearerSecret {
    /// What a form must bring along, so that only a page shown to the secret's bearer can send it.
    var csrf: String {
        let key = SymmetricKey(data: Data(revealed.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("form".utf8), using: key)
        return Data(code).base64EncodedString()
    }
}

extension Notice {
    /// The notice as the value of a cookie.
    var cookie: String {
        Data("\(kind.rawValue) \(text)".utf8).base64EncodedString()
    }

    init?(cookie: String) {
        guard let data = Data(base64Encoded: cookie) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.init(kind: kind, text: String(parts[1]))
    }
}
