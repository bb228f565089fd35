import Foundation

/// First and last names of several languages, with the accents that real residents have.
enum NameList {
    struct Entry: Sendable {
        let text: String
        /// ASCII letters in lower case.
        let slug: String
    }

    static let domains = ["example.com", "example.org", "example.net"]

    static let first = entries(
        """
        Aaliyah,Aarav,Adaeze,Adrián,Agnieszka,Ahmed,Aiko,Aisha,Alejandra,Álvaro,Amara,Amélie,Ana,
        Anders,Andrea,Ángel,Anja,Anna,António,Anton,Arjun,Astrid,Axel,Beatriz,Benjamin,Bjørn,
        Björk,Bogdan,Camille,Carlos,Caroline,Catarina,Céline,Charlotte,Chiara,Chidi,Chloé,Christopher,
        Claire,Clément,Daniel,Dariusz,David,Deepa,Diego,Dmitri,Eleanor,Elena,Élodie,Elif,Emeka,Emil,
        Emily,Enrique,Esra,Esther,Ethan,Eva,Fátima,Fernando,Finn,Florian,François,Freya,Gabriel,
        Gaël,Grace,Grzegorz,Gülay,Hana,Hannah,Haruto,Héctor,Hélène,Henrik,Hiroshi,Hugo,Ibrahim,
        Inês,Ingrid,Isabel,Ivan,Jack,Jakub,James,Jamal,Jana,Javier,Jennifer,Jérôme,Jiří,João,Jonas,
        José,Julia,Jürgen,Kaito,Karolína,Kateryna,Katarzyna,Kenji,Kofi,Kwame,Lars,Laszlo,Laura,Léa,
        Leila,Liam,Linh,Lucía,Ludmila,Luis,Łukasz,Maja,Małgorzata,Marco,María,Marie,Marta,Mateus,
        Mehmet,Mei,Michael,Miguel,Minh,Mohammed,Monika,Nadia,Naomi,Natália,Nia,Nicolás,Nikolai,Noah,
        Noémie,Nuno,Olga,Oliver,Olivia,Omar,Oscar,Øyvind,Paolo,Patrick,Paul,Pedro,Petra,Pierre,Priya,
        Quentin,Rachel,Rafael,Ravi,Raúl,Renée,Robert,Rosa,Ryan,Sadia,Samuel,Sanjay,Sara,Seán,Sebastian,
        Siobhán,Sofía,Søren,Stéphane,Sven,Tadeusz,Tatiana,Thandiwe,Thomas,Tomás,Tuğba,Valentina,
        Véronique,Viktor,Violet,Wei,William,Xavier,Yan,Yasmin,Youssef,Yuki,Zainab,Zoë,Zuzana
        """
    )

    static let last = entries(
        """
        Abdullah,Adeyemi,Aguilar,Ahmadi,Almeida,Álvarez,Andersen,Anderson,Araújo,Bailey,Baker,Barbosa,
        Bauer,Becker,Bell,Bennett,Berg,Bianchi,Björnsson,Blanc,Boateng,Brown,Bürger,Campbell,Cardoso,
        Carter,Castañeda,Castillo,Chang,Chaudhary,Chen,Chevalier,Clark,Cohen,Collins,Conti,Cooper,Costa,
        Cruz,D'Angelo,Dąbrowski,Das,Davis,Delgado,Demir,Díaz,Dubois,Dupont,Dvořák,Edwards,Eriksson,
        Esposito,Estévez,Evans,Fernández,Ferrari,Fischer,Fitzgerald,Flores,Fournier,Fuentes,Gallagher,
        Garcés,García,Gauthier,Girard,Gómez,González,Grant,Green,Greco,Grün,Guerrero,Gupta,Gutiérrez,
        Haddad,Hall,Hansen,Harris,Hassan,Hernández,Hoffmann,Holm,Horváth,Huang,Hughes,Ibáñez,Ivanova,
        Iyer,Jackson,Jansen,Jiménez,Johansson,Johnson,Jones,Kaiser,Kaplan,Kaya,Keller,Kelly,Khan,Kim,
        King,Klein,Kovács,Kowalczyk,Kozłowska,Krüger,Kumar,Lambert,Larsen,Laurent,Le,Lee,Lefèvre,Lewis,
        Lindström,López,Lund,Łuczak,Maçedo,Magnússon,Maier,Malik,Marín,Martin,Martínez,Mazur,McCarthy,
        Mehta,Meléndez,Mendes,Meyer,Miller,Mitchell,Möller,Moore,Morales,Moreau,Moretti,Muñoz,Müller,
        Murphy,Nakamura,Navarro,Nelson,Nguyen,Nielsen,Nowak,Núñez,O'Brien,O'Connor,Okafor,Okonkwo,Olsen,
        Ortega,Öztürk,Park,Patel,Pavlović,Pelletier,Peña,Pereira,Pérez,Petrov,Phillips,Popescu,Quintero,
        Rahman,Ramírez,Rao,Reyes,Ricci,Rivera,Roberts,Robinson,Rodríguez,Romano,Rossi,Roux,Ruiz,Russo,
        Sánchez,Santos,Sato,Schäfer,Schmidt,Schneider,Schröder,Sharma,Silva,Şahin,Singh,Smith,Sørensen,
        Sousa,Stewart,Suzuki,Svoboda,Szabó,Takahashi,Tanaka,Taylor,Thompson,Torres,Tran,Turner,Vargas,
        Vásquez,Vega,Villanueva,Vogel,Wagner,Walker,Wang,Watanabe,Weber,Weiß,Williams,Wilson,Wójcik,
        Wright,Yamamoto,Yang,Yılmaz,Young,Zhang,Zieliński,Zimmermann
        """
    )

    static let propertyFirst = plain(
        """
        Maple,Juniper,Harbor,Willow,Cedar,Summit,Lakeside,Orchard,Granite,Riverside,Magnolia,Beacon,
        Prairie,Aspen,Canyon,Hawthorn,Meadow,Sycamore,Copper,Bayview,Linden,Quarry,Chestnut,Foxglove,
        Highland,Marina,Birch,Crescent,Laurel,Stonegate
        """
    )

    static let propertyLast = plain(
        """
        Court,Terrace,Commons,Place,Heights,Gardens,Lofts,Square,Crossing,Landing,Village,Park,Row,
        Yard,House,Point,Green,Station,Mews,Ridge
        """
    )

    static let cities = plain(
        "Springfield,Fairview,Georgetown,Clinton,Salem,Madison,Arlington,Ashland"
    )

    private static func plain(_ list: String) -> [String] {
        list.split { $0 == "," || $0.isNewline }.map(String.init)
    }

    private static func entries(_ list: String) -> [Entry] {
        plain(list).map { Entry(text: $0, slug: slug(of: $0)) }
    }

    private static func slug(of name: String) -> String {
        var slug = ""
        for scalar in name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z": slug.unicodeScalars.append(scalar)
            case "ß": slug += "ss"
            case "ø": slug += "o"
            case "ł": slug += "l"
            case "ı": slug += "i"
            default: break
            }
        }
        return slug
    }
}
