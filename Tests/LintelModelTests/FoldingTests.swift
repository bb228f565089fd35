import LintelModel
import Testing

@Suite("Folding of names and addresses")
struct FoldingTests {
    @Test(
        "Spellings of one name fold alike",
        arguments: [
            ["O'Brien-Núñez", "obrien nunez", "O’BRIEN–NÚÑEZ", "OBriénNuñez", " O'Brien  Nunez. "],
            ["St. John", "St John", "st.john", "ST\u{00A0}JOHN"],
            ["Müller", "Mu\u{0308}ller", "MULLER"],
            ["Groß", "GROSS", "gross"],
            ["Søren", "Soren"],
            ["Łukasz", "Lukasz"],
            ["Đặng", "Dang"],
            ["Æsa", "Aesa"],
            ["Œuvrard", "OEUVRARD"],
            ["ﬁnn", "Finn"],
            ["D`Angelo", "D'Angelo", "DʼAngelo", "D´Angelo"],
            ["İpek", "ipek"],
        ]
    )
    func alike(spellings: [String]) {
        #expect(Set(spellings.map(Folding.name)).count == 1)
    }

    @Test(
        "Different names fold apart",
        arguments: [("Ana", "Anna"), ("Li", "Lee"), ("王", "玉"), ("Иван", "Иваж"), ("Ann3", "Ann4")]
    )
    func apart(left: String, right: String) {
        #expect(Folding.name(left) != Folding.name(right))
    }

    @Test("First and last name do not run into each other")
    func keys() {
        #expect(PersonName.key("Ana", "Maria Diaz") != PersonName.key("Ana Maria", "Diaz"))
        #expect(PersonName.key("", "Acme") != PersonName.key("Acme", ""))
    }

    @Test("Addresses compare without case and surrounding space, and nothing else")
    func emails() {
        #expect(Folding.email(" Ana.Diaz@Example.COM\n") == "ana.diaz@example.com")
        #expect(Folding.email("ana.diaz@example.com") != Folding.email("anadiaz@example.com"))
        #expect(Folding.email("ana+1@example.com") != Folding.email("ana@example.com"))
    }
}
