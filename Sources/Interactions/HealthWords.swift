/// What a text about health must not say, since it lies open on a lock screen.
enum HealthWords {
    /// Words of illnesses, states and treatments. Measurements are none: they say what was measured.
    static func diagnoses(in words: [String]) -> [String] {
        words.indices.compactMap { index in
            (1...longestGroup).lazy
                .filter { index + $0 <= words.count }
                .map { words[index..<index + $0].joined(separator: " ") }
                .first { illnesses.contains($0) }
        }
    }

    /// The address in a text: the site's own, or else the first words that have the form of one.
    static func address(in words: [String], of site: String) -> String? {
        let own = PlainWords(site).words.map(\.plain)
        if !own.isEmpty, contains(own, in: words) { return site }
        return words.indices.lazy.compactMap { streetAddress(words[$0...]) }.first
    }

    /// Whether the name stands there in full: two of its words or more, in any order.
    static func isNamed(_ name: String, in words: [String]) -> Bool {
        let names = Set(PlainWords(name).words.map(\.plain).filter { $0.count > 1 && !titles.contains($0) })
        return names.count > 1 && names.filter(words.contains).count > 1
    }

    /// `12 rue`, `12 bis, avenue`, `rue des`, `12 High Street`. "Sur place" and "en chemin" have no number.
    private static func streetAddress(_ words: ArraySlice<String>) -> String? {
        func first(_ count: Int) -> String { words.prefix(count).joined(separator: " ") }
        let next = Array(words.prefix(5))
        if next.count > 1, next[0] == "rue", articles.contains(next[1]) { return first(2) }
        guard let number = next.first, number.count <= 4, number.first?.isNumber == true else { return nil }
        let kind = next.count > 1 && additions.contains(next[1]) ? 2 : 1
        if next.count > kind, frenchStreets.contains(next[kind]) { return first(kind + 1) }
        return next.indices.dropFirst(2).prefix(2).first { englishStreets.contains(next[$0]) }.map {
            first($0 + 1)
        }
    }

    private static func contains(_ group: [String], in words: [String]) -> Bool {
        guard group.count <= words.count else { return false }
        return (0...words.count - group.count).contains { words[$0...].starts(with: group) }
    }

    private static let titles: Set<String> = ["mme", "mr", "mlle", "mrs", "ms", "dr", "madame", "monsieur"]
    private static let articles: Set<String> = ["de", "du", "des", "d", "la", "le"]
    private static let additions: Set<String> = ["bis", "ter", "quater", "b", "t"]
    private static let frenchStreets: Set<String> = [
        "rue", "avenue", "av", "ave", "boulevard", "bd", "bld", "allee", "allees", "place", "impasse",
        "chemin", "quai",
        "cours", "square", "route", "sentier", "esplanade", "faubourg", "residence", "lotissement", "villa",
        "hameau",
    ]
    private static let englishStreets: Set<String> = ["street", "road", "lane", "avenue"]

    private static let longestGroup = illnesses.map { $0.split(separator: " ").count }.max() ?? 1

    /// In French and English, without accents. Reviewed for words that texts need otherwise: "malaise" and "chute"
    /// say what happened, "tension" and "pouls" what was measured; they are not here.
    private static let illnesses: Set<String> = {
        let lists = """
            alzheimer, demence, dement, demente, senile, parkinson, parkinsonien, parkinsonienne, sclerose, avc
            accident vasculaire, infarctus, crise cardiaque, arret cardiaque, insuffisance, insuffisant cardiaque
            arythmie, fibrillation, tachycardie, bradycardie, hypertension, hypertendu, hypertendue, hypotension, angor
            embolie, phlebite, thrombose, anevrisme, diabete, diabetique, hypoglycemie, hyperglycemie, insuline
            cancer, cancereux, tumeur, metastase, metastases, leucemie, chimiotherapie, chimio, radiotherapie, dialyse
            epilepsie, epileptique, convulsions, depression, depressif, depressive, suicide, suicidaire, psychose
            psychotique, psychiatrique, psychiatrie, schizophrenie, schizophrene, bipolaire, autisme, autiste, delire
            confusion mentale, trouble cognitif, troubles cognitifs, asthme, asthmatique, bpco, pneumonie, bronchite
            apnee, covid, grippe, tuberculose, hepatite, cirrhose, vih, sida, seropositif, seropositive, infection
            septicemie, fracture, fracture du col, arthrose, osteoporose, incontinence, incontinent, incontinente
            escarre, escarres, denutrition, denutri, denutrie, deshydratation, deshydrate, deshydratee, anemie, maladie
            malade, diagnostic, pathologie, traitement, medicament, medicaments, ordonnance, alcoolisme, alcoolique
            toxicomanie, toxicomane, addiction, grossesse, enceinte, handicap, handicape, handicapee, hemiplegie
            tetraplegie, paraplegie, cecite, surdite
            dementia, demented, stroke, heart attack, heart failure, cardiac arrest, arrhythmia, tachycardia, bradycardia
            atrial fibrillation, hypotensive, hypertensive, embolism, thrombosis, aneurysm, diabetes, diabetic
            hypoglycaemia, hypoglycemia, hyperglycaemia, insulin, cancerous, tumour, tumor, leukaemia, leukemia
            chemotherapy, dialysis, epilepsy, epileptic, seizure, seizures, depressed, depressive disorder, suicidal
            psychosis, psychotic, psychiatric, schizophrenia, bipolar, autism, autistic, delirium, cognitive decline
            asthma, asthmatic, copd, pneumonia, bronchitis, apnoea, apnea, flu, influenza, tuberculosis, hepatitis
            cirrhosis, hiv, aids, sepsis, arthritis, osteoporosis, incontinence pads, bedsore, bedsores, malnutrition
            malnourished, dehydration, dehydrated, anaemia, anemia, disease, illness, diagnosis, diagnosed, treatment
            medication, prescription, alcoholism, alcoholic, drug addict, pregnancy, pregnant, disabled, disability
            paralysed, paralyzed
            """
        return Set(
            lists.split { $0 == "," || $0 == "\n" }.map { $0.split(separator: " ").joined(separator: " ") }
        )
    }()
}
