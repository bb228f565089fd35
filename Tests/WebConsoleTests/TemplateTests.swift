import Foundation
import Testing

@testable import WebConsole

@Suite("The templates of the console")
struct TemplateTests {
    @Test(
        "put what a PMS says into a page as text",
        arguments: [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            (#"" onfocus="alert(1)"#, "&quot; onfocus=&quot;alert(1)"),
            // A quotation mark with an accent upon it is one character to Swift and two to a browser.
            ("\"\u{301} onfocus=alert(1) x", "&quot;\u{301} onfocus=alert(1) x"),
            ("<\u{338}b>", "&lt;\u{338}b&gt;"), ("O'Brien & Söhne", "O&#39;Brien &amp; Söhne"),
        ]
    )
    func escaping(found: String, shown: String) throws {
        struct Model {
            let text: String
        }
        let sources = [
            "page": Array("<a title=\"{{text}}\">{{>part}}</a>".utf8),
            "part": Array("{{#text}}{{.}}{{/text}}".utf8),
        ]
        let page = try Templates(sources).render("page", Model(text: found))
        #expect(page == "<a title=\"\(shown)\">\(shown)</a>")
    }

    @Test(
        "none puts text into a page without escaping",
        arguments: ["{{" + "{text}}}", "{{&text}}"]
    )
    func unescaped(source: String) {
        #expect(throws: Templates.Failure.self) { try Templates(["page": Array(source.utf8)]) }
    }

    @Test("all are parsed, stand in the frame, and bring a token with every form they send")
    func forms() throws {
        _ = try Templates()
        for (name, bytes) in Templates.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            for form in text.components(separatedBy: "<form").dropFirst() {
                let head = form.prefix { $0 != ">" }
                guard head.contains("method=\"post\"") else { continue }
                let body = form.components(separatedBy: "</form>")[0]
                #expect(body.contains("name=\"csrf\" value=\"{{csrf}}\""), "a form of \(name)")
            }
            #expect(!text.contains(" style="), "\(name) has a style of its own")
            #expect(!text.contains("<style"), "\(name) has a style of its own")
            #expect(!text.contains("javascript:"), "\(name) has a script of its own")
        }
    }
}
