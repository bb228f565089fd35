import LintelModel
import Testing

@testable import WebConsole

@Suite("What a form sends")
struct FormTests {
    @Test("fields are read as browsers write them, in their order")
    func encoded() {
        let form = Form(
            encoded: "name=12+B&note=caf%C3%A9%20%26%20bar&row=a&row=b&empty=&bare&odd=%zz%4"
        )
        #expect(form["name"] == "12 B")
        #expect(form["note"] == "café & bar")
        #expect(form.all("row") == ["a", "b"])
        #expect(form["empty"] == "")
        #expect(form["bare"] == "")
        #expect(form["odd"] == "%zz%4")
        #expect(form["missing"] == nil)
        #expect(form.optional("empty") == nil)
    }

    @Test("what an address asks for is read, or refused saying what was expected")
    func asked() throws {
        enum Show: String, CaseIterable { case all, some }
        let form = Form(encoded: "show=some&page=12&days=&odd=1.5")
        #expect(try form.choice("show", of: Show.self) == .some)
        #expect(try form.choice("days", of: Show.self) == nil)
        #expect(try form.page() == 12)
        #expect(try form.number("days", in: 1...9) == nil)
        #expect(throws: Answer.Problem.self) { try form.choice("page", of: Show.self) }
        #expect(throws: Answer.Problem.self) { try form.number("odd", in: 1...9) }
        #expect(throws: Answer.Problem.self) { try form.number("page", in: 1...9) }
    }

    private static func multipart(_ parts: [String], boundary: String = "XyZ") -> [UInt8] {
        Array(
            (parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n").utf8
        )
    }

    @Test("a file and its fields are read, whatever bytes the file has")
    func multipart() throws {
        let file = "name\r\n\r\n--Xy 101\r\n"
        let bytes = Self.multipart([
            "Content-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken",
            "Content-Disposition: form-data; name=\"file\"; filename=\"my units.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n\(file)",
        ])
        let form = try #require(Form(multipart: bytes, boundary: "XyZ"))
        #expect(form["csrf"] == "token")
        #expect(form.files["file"] == Form.File(name: "my units.csv", bytes: Array(file.utf8)))
    }

    @Test("a file input that was left empty is no file")
    func noFile() throws {
        let bytes = Self.multipart([
            "Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n"
        ])
        let form = try #require(Form(multipart: bytes, boundary: "XyZ"))
        #expect(form.files.isEmpty)
    }

    @Test(
        "what ends too early or has no name is refused whole",
        arguments: [
            "", "--XyZ", "--XyZ\r\n", "text",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
            "--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XyZ--\r\n",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n--XyZ--\r\n",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n--XyZ\r\n"
                + "Content-Disposition: form-data; name=\"b\"\r\n\r\n2\r\n--XyZ--\r\n",
        ]
    )
    func malformed(text: String) {
        #expect(Form(multipart: Array(text.utf8), boundary: "XyZ") == nil)
    }

    @Test("a form of many parts is read at once, one of more than any page sends is refused")
    func manyParts() throws {
        func form(_ parts: Int) -> Form? {
            let part = "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
            let text = String(repeating: part, count: parts) + "--XyZ--\r\n"
            return Form(multipart: Array(text.utf8), boundary: "XyZ")
        }
        #expect(try #require(form(1_000)).all("a").count == 1_000)
        #expect(form(1_001) == nil)
        #expect(form(100_000) == nil)
    }
}

@Suite("Words and numbers on pages")
struct WordingTests {
    @Test("numbers have their noun and their groups")
    func counts() {
        #expect(Wording.count(1, "resident") == "1 resident")
        #expect(Wording.count(12_345, "resident") == "12,345 residents")
        #expect(Wording.count(0, "property", "properties") == "0 properties")
        #expect(Wording.grouped(-1_000_000) == "−1,000,000")
    }

    @Test("a day has its year only where it is not this one")
    func days() throws {
        let today = try #require(CivilDate(iso: "2026-11-23"))
        #expect(Wording.day(CivilDate(iso: "2026-03-03"), today: today) == "3 March")
        #expect(Wording.day(CivilDate(iso: "2025-12-31"), today: today) == "31 December 2025")
        #expect(Wording.day(nil, today: today) == "")
    }

    @Test(
        "a sentence that was kept has its days as pages show days, and its other words as they were",
        arguments: [
            (
                "the PMS says Current, move-in 2026-01-02, in A — 1",
                "the PMS says Current, move-in 2 January, in A — 1"
            ),
            ("(2025-12-31)", "(31 December 2025)"), ("until 2026-03-03.", "until 3 March."),
            ("of export-2026-03-03.csv", "of export-2026-03-03.csv"),
            ("2026-03-03.csv", "2026-03-03.csv"), ("lease 2026-13-03", "lease 2026-13-03"),
            ("at 2026-03-03T10:00:00Z", "at 2026-03-03T10:00:00Z"), ("", ""), ("...", "..."),
        ]
    )
    func spoken(kept: String, said: String) throws {
        let today = try #require(CivilDate(iso: "2026-11-23"))
        #expect(Wording.spoken(kept, today: today) == said)
    }

    @Test("a time says how long ago it was, in the property's zone")
    func times() throws {
        let clock = try #require(CivilClock(name: "America/New_York"))
        // 23 November 2026, 02:30 in New York.
        let now = Timestamp(milliseconds: 1_795_419_000_000)
        func ago(_ minutes: Int) -> String {
            Wording.time(now.adding(minutes: -minutes), now: now, clock)
        }
        #expect(ago(0) == "just now")
        #expect(ago(1) == "1 minute ago")
        #expect(ago(90) == "1 hour ago")
        #expect(ago(13 * 60) == "yesterday at 13:30")
        #expect(ago(49 * 60) == "21 November at 01:30")
        #expect(Wording.time(nil, now: now, clock) == "never")
    }

    @Test("a cookie brings a notice back as it was said")
    func notices() {
        let notice = Notice.done("A — 101 is mapped to “Loft”; 3 residents follow.")
        #expect(Notice(cookie: notice.cookie) == notice)
        #expect(Notice(cookie: "nonsense") == nil)
    }
}
