import TestSupport

/// A small directory as CSV tables.
enum DemoTables {
    static func write(to folder: TestFolder) throws {
        try folder.write("id,name,address\nS12,Lilas,12 rue des Lilas\n", to: "sites.csv")
        try folder.write("id,kind,site,name\nA7,elevator,S12,Ascenseur A\n", to: "assets.csv")
        try folder.write(
            "id,name,phone,language,site\nP1,Anna Martin,+33612345678,fr,\nP2,Bob Petit,,en,S12\n",
            to: "people.csv"
        )
        try folder.write("role,person,scope,rank\ntechnician-on-call,P1,,1\n", to: "relations.csv")
        try folder.write("Notes of the people who keep these tables.\n", to: "README.txt")
    }
}
