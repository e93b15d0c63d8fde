import Foundation
import Measuring
import Models
import Units

extension Benchmark {
    /// Labelled hours in scripted scenarios, each without the home's history.
    static let scenarios = Benchmark(
        name: "scenarios",
        summary: "scripted hours that are labelled right or wrong; each miss with a reason"
    ) { options in
        let folder = RecordedData(options).folder
            .appendingPathComponent("local-only/water_leak_scenarios/scenarios")
        guard FileManager.default.fileExists(atPath: folder.path) else {
            say("there is no folder \(folder.path): the scenarios are left out")
            return
        }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var all = 0
        var right = 0
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            let name = file.deletingPathExtension().lastPathComponent
            for home in try HourlyUse.read(file) ?? [] {
                var watch = HomeWatch(tolerance: 0)
                for step in home.steps {
                    let found = watch.take(step)
                    let said = watch.isAnomalous(after: found, at: step)
                    guard let label = step.label else { continue }
                    all += 1
                    if said == label { right += 1 } else { miss(name, home.household, step, said: said) }
                }
            }
        }
        Figure(name: "scenarios, hours", value: Double(all), unit: "").report()
        Figure(
            name: "scenarios, hours judged right",
            value: Double(right),
            unit: "",
            goal: .atLeast(Double(all))
        )
        .report()
    }

    private static func miss(_ scenario: String, _ home: String, _ step: HourlyUse.Step, said: Bool) {
        let reason =
            said
            ? "said to be anomalous though labelled normal"
            : "less than \(Int(UnusualHour.priorLitres)) L in the hour, not three equal hours, no whole day without a still "
                + "hour, the counter not below its highest; and the file has no history that shows it as much for this home"
        print(
            """
            {"scenario":"\(scenario)","household":"\(home)","at":"\(Moment(seconds: Int64(step.from)))",\
            "litres":\(step.litres),"reason":"\(reason)"}
            """
        )
    }
}
